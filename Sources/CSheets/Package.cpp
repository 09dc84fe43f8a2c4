// An .xlsx: which parts there are, what they are to each other, texts and styles.
#include "Package.hpp"
#include <cstdlib>

using namespace sheets;

namespace {

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The part that a target means, seen from the folder of another.
std::string resolved(const std::string &folder, const std::string &target) {
    std::string path = !target.empty() && target[0] == '/' ? target.substr(1) : folder + target;
    std::replace(path.begin(), path.end(), '\\', '/');
    std::vector<std::string> steps;
    for (size_t at = 0; at <= path.size();) {
        const size_t end = std::min(path.find('/', at), path.size());
        const std::string step = path.substr(at, end - at);
        if (step == "..") {
            if (!steps.empty()) steps.pop_back();
        } else if (!step.empty() && step != ".") {
            steps.push_back(step);
        }
        at = end + 1;
    }
    std::string result;
    for (const auto &step : steps) result += (result.empty() ? "" : "/") + step;
    return result;
}

std::string folder_of(const std::string &part) {
    const size_t slash = part.rfind('/');
    return slash == std::string::npos ? "" : part.substr(0, slash + 1);
}

struct Relation {
    std::string id, type, target;
    bool is_external;
};

/// What a part refers to.
class Relations : public Part {
public:
    std::vector<Relation> all;

    Relations(muster_book &book, const std::string &part)
        : Part(book, folder_of(part) + "_rels/" + part.substr(folder_of(part).size()) + ".rels"),
          folder(folder_of(part)) {}

    const Relation *of(std::string_view type) const {
        for (const auto &relation : all) {
            if (ends_with(relation.type, type)) return &relation;
        }
        return nullptr;
    }

protected:
    uint8_t begin(uint8_t parent, const char *element, const char **attributes) override {
        if (parent == outside) return 1;
        if (parent != 1 || std::strcmp(element, "Relationship")) return other;
        const char *id = attribute(attributes, "Id"), *type = attribute(attributes, "Type");
        const char *target = attribute(attributes, "Target");
        const char *mode = attribute(attributes, "TargetMode");
        if (!id || !type || !target) return other;
        if (all.size() >= book.limits.entries) fail(MUSTER_SHEETS_ENTRIES);
        const bool is_external = mode && !std::strcmp(mode, "External");
        all.push_back({id, type, is_external ? target : resolved(folder, target), is_external});
        return other;
    }

private:
    const std::string folder;
};

/// The sheets in the order of the workbook, and how it counts days.
class WorkbookPart : public Part {
public:
    struct Entry { std::string name, relation; bool is_hidden; };
    std::vector<Entry> sheets;
    bool counts_anew = false;

    using Part::Part;

protected:
    enum : uint8_t { workbook = 1, list };

    uint8_t begin(uint8_t parent, const char *element, const char **attributes) override {
        if (parent == outside) return !std::strcmp(element, "workbook") ? uint8_t{workbook} : other;
        if (parent == workbook) {
            if (!std::strcmp(element, "sheets")) return list;
            if (!std::strcmp(element, "workbookPr")) {
                book.counts_from_1904 = is_yes(attribute(attributes, "date1904"));
            } else if (!std::strcmp(element, "calcPr")) {
                counts_anew = is_yes(attribute(attributes, "fullCalcOnLoad"));
            }
            return other;
        }
        if (parent == list && !std::strcmp(element, "sheet")) {
            const char *name = attribute(attributes, "name");
            const char *id = attribute(attributes, "id");
            const char *state = attribute(attributes, "state");
            if (sheets.size() >= book.limits.sheets) fail(MUSTER_SHEETS_SHEETS);
            if (name && book.has_room(name, 0, 0)) {
                sheets.push_back({name, id ? id : "", state && std::strcmp(state, "visible")});
            }
        }
        return other;
    }
};

/// How each style shows a number.
class StylesPart : public Part {
public:
    std::vector<Shown> styles;

    using Part::Part;

protected:
    enum : uint8_t { sheet = 1, formats, cells };

    uint8_t begin(uint8_t parent, const char *element, const char **attributes) override {
        if (parent == outside) return sheet;
        if (parent == sheet) {
            if (!std::strcmp(element, "numFmts")) return formats;
            return !std::strcmp(element, "cellXfs") ? uint8_t{cells} : other;
        }
        const char *number = attribute(attributes, "numFmtId");
        const auto id = number ? static_cast<unsigned>(std::strtoul(number, nullptr, 10)) : 0;
        if (codes.size() + styles.size() >= book.limits.styles) fail(MUSTER_SHEETS_STYLES);
        if (parent == formats && !std::strcmp(element, "numFmt")) {
            const char *code = attribute(attributes, "formatCode");
            codes.emplace_back(id, shown_by_code(code ? code : ""));
        } else if (parent == cells && !std::strcmp(element, "xf")) {
            if (!is_sorted) sort();
            const auto found = std::lower_bound(
                codes.begin(), codes.end(), id,
                [](const auto &code, unsigned wanted) { return code.first < wanted; });
            styles.push_back(found != codes.end() && found->first == id
                             ? found->second : shown_by_number(id));
        }
        return other;
    }

private:
    std::vector<std::pair<unsigned, Shown>> codes;
    bool is_sorted = false;

    void sort() {
        std::stable_sort(codes.begin(), codes.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
        is_sorted = true;
    }
};

/// The texts that cells refer to by number; what is said of their sound is left out.
class SharedTexts : public Part {
public:
    std::vector<uint32_t> numbers;

    using Part::Part;

protected:
    enum : uint8_t { table = 1, item, run, piece };

    uint8_t begin(uint8_t parent, const char *element, const char **) override {
        if (parent == outside) return table;
        if (parent == table && !std::strcmp(element, "si")) {
            text.clear();
            return item;
        }
        if (parent == item && !std::strcmp(element, "r")) return run;
        if ((parent == item || parent == run) && !std::strcmp(element, "t")) {
            keeps = true;
            return piece;
        }
        return other;
    }

    void end(uint8_t element) override {
        if (element == piece) keeps = false;
        if (element != item) return;
        const std::string whole = unescaped(text);
        if (!book.has_room(whole, 0, 0)) return fail(MUSTER_SHEETS_TEXTS);
        numbers.push_back(book.texts.intern(whole));
    }
};

} // namespace

/// What an archive that is no .xlsx is.
static const char *other_kind(const Archive &archive, const std::string &main) {
    if (ends_with(main, ".bin")) return "xlsb";
    if (main.rfind("word/", 0) == 0) return "docx";
    if (main.rfind("ppt/", 0) == 0) return "pptx";
    if (archive.has("mimetype") && archive.has("content.xml")) return "ods";
    return "zip";
}

static bool read_package(Archive &archive, muster_book &book) {
    Relations top(book, "");
    if (!archive.has("_rels/.rels")) {
        return book.fail(MUSTER_SHEETS_FOREIGN, other_kind(archive, ""));
    }
    if (!top.read(archive)) return false;
    const Relation *main = top.of("/officeDocument");
    if (!main || main->is_external || main->target.rfind("word/", 0) == 0
        || main->target.rfind("ppt/", 0) == 0 || ends_with(main->target, ".bin")) {
        return book.fail(MUSTER_SHEETS_FOREIGN, other_kind(archive, main ? main->target : ""));
    }
    WorkbookPart workbook(book, main->target);
    Relations relations(book, main->target);
    if (!workbook.read(archive) || !relations.read(archive)) return false;
    const bool has_cells = !book.limits.names_only;
    std::vector<Shown> styles;
    std::vector<uint32_t> texts;
    if (const Relation *found = relations.of("/styles");
        has_cells && found && archive.has(found->target)) {
        StylesPart part(book, found->target);
        if (!part.read(archive)) return false;
        styles = std::move(part.styles);
    }
    if (const Relation *found = relations.of("/sharedStrings"); has_cells && found) {
        if (found->is_external) return book.fail(MUSTER_SHEETS_EXTERNAL_PART, found->target);
        SharedTexts part(book, found->target);
        if (!part.read(archive)) return false;
        texts = std::move(part.numbers);
    }
    for (const auto &entry : workbook.sheets) {
        const auto found = std::find_if(
            relations.all.begin(), relations.all.end(),
            [&](const Relation &relation) { return relation.id == entry.relation; });
        if (found == relations.all.end()) {
            return book.fail(MUSTER_SHEETS_MISSING_PART, entry.name);
        }
        // A sheet that is nothing but a chart has no cells.
        if (!ends_with(found->type, "/worksheet")) continue;
        book.all.emplace_back();
        book.all.back().name = entry.name;
        book.all.back().is_hidden = entry.is_hidden;
        if (found->is_external) return book.fail(MUSTER_SHEETS_EXTERNAL_PART, found->target);
        if (!has_cells) {
            book.all.back().starts.push_back(0);
        } else if (!read_sheet(archive, book, found->target, styles, texts, workbook.counts_anew)) {
            return false;
        }
    }
    return true;
}

muster_book *muster_book_read_xlsx(int descriptor, const muster_sheets_limits *limits,
                                   muster_sheets_watch ask, void *context,
                                   muster_sheets_fault *fault) {
    auto *book = new muster_book(*limits);
    Watch watch{ask, context};
    Archive archive(descriptor, *book, watch);
    if (archive.is_open()) {
        watch.total = archive.said_size();
        if (read_package(archive, *book)) return book;
    }
    tell(*book, fault);
    delete book;
    return nullptr;
}
