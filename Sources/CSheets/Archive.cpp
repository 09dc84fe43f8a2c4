// The parts of a workbook, unpacked and read block by block.
#include "Archive.hpp"
#include <cerrno>
#include <unistd.h>

using namespace sheets;

Archive::Archive(int descriptor, muster_book &book, Watch &watch) : book(book), watch(watch) {
    const off_t size = lseek(descriptor, 0, SEEK_END);
    packed = size > 0 ? static_cast<uint64_t>(size) : 0;
    lseek(descriptor, 0, SEEK_SET);
    int code = 0;
    zip = zip_fdopen(descriptor, 0, &code);
    if (!zip) {
        close(descriptor);
        book.fail(MUSTER_SHEETS_DAMAGED);
        return;
    }
    if (static_cast<uint64_t>(zip_get_num_entries(zip, 0)) > book.limits.entries) {
        book.fail(MUSTER_SHEETS_ENTRIES);
        zip_discard(zip);
        zip = nullptr;
    }
}

/// Names of parts are told without regard to case, exact ones first.
zip_int64_t Archive::place(const std::string &name) const {
    const zip_int64_t exact = zip_name_locate(zip, name.c_str(), ZIP_FL_ENC_RAW);
    return exact >= 0 ? exact : zip_name_locate(zip, name.c_str(), ZIP_FL_NOCASE);
}

uint64_t Archive::said_size() const {
    uint64_t sum = 0;
    for (zip_int64_t index = 0; index < zip_get_num_entries(zip, 0); ++index) {
        zip_stat_t status;
        if (!zip_stat_index(zip, static_cast<zip_uint64_t>(index), 0, &status)
            && status.valid & ZIP_STAT_SIZE && status.size < (uint64_t{1} << 40)) {
            sum += status.size;
        }
    }
    return sum;
}

zip_file_t *Archive::open(const std::string &name) {
    const zip_int64_t index = place(name);
    if (index < 0) {
        book.fail(MUSTER_SHEETS_MISSING_PART, name);
        return nullptr;
    }
    zip_stat_t status;
    if (!zip_stat_index(zip, static_cast<zip_uint64_t>(index), 0, &status)
        && status.valid & ZIP_STAT_ENCRYPTION_METHOD && status.encryption_method != ZIP_EM_NONE) {
        book.fail(MUSTER_SHEETS_ENCRYPTED, name);
        return nullptr;
    }
    zip_file_t *file = zip_fopen_index(zip, static_cast<zip_uint64_t>(index), 0);
    if (!file) book.fail(MUSTER_SHEETS_DAMAGED, name);
    return file;
}

bool Archive::count(uint64_t more) {
    unpacked += more;
    if (unpacked > book.limits.unpacked_bytes) return book.fail(MUSTER_SHEETS_UNPACKED);
    if (unpacked > book.limits.ratio_from && unpacked / (packed + 1) > book.limits.ratio) {
        return book.fail(MUSTER_SHEETS_RATIO);
    }
    return watch.go_on(more) || book.fail(MUSTER_SHEETS_CANCELLED);
}

// MARK: parts

void Part::fail(muster_sheets_status status, std::string_view detail) {
    book.fail(status, detail, at_row, at_column);
    if (parser) XML_StopParser(parser, XML_FALSE);
}

void Part::on_start(void *self, const char *element, const char **attributes) {
    auto &part = *static_cast<Part *>(self);
    if (part.has_failed()) return;
    if (part.inside.size() >= part.book.limits.depth) {
        return part.fail(MUSTER_SHEETS_DEPTH, part.name);
    }
    const uint8_t parent = part.inside.empty() ? outside : part.inside.back();
    part.inside.push_back(parent == other ? other
                                          : part.begin(parent, local(element), attributes));
}

void Part::on_end(void *self, const char *) {
    auto &part = *static_cast<Part *>(self);
    if (part.has_failed() || part.inside.empty()) return;
    const uint8_t element = part.inside.back();
    part.inside.pop_back();
    if (element != other) part.end(element);
}

void Part::on_text(void *self, const char *bytes, int count) {
    auto &part = *static_cast<Part *>(self);
    if (!part.keeps || part.inside.empty() || part.inside.back() == other) return;
    const auto more = static_cast<size_t>(count);
    if (part.text.size() + more > part.book.limits.long_text) {
        return part.fail(MUSTER_SHEETS_LONG_TEXT, part.name);
    }
    part.text.append(bytes, more);
}

void Part::on_declaration(void *self, const char *, const char *, const char *, int) {
    auto &part = *static_cast<Part *>(self);
    part.fail(MUSTER_SHEETS_DECLARATIONS, part.name);
}

/// A piece of XML that is not at an end yet is kept by the parser, and read again with every
/// block: it must not become long.
bool Part::feed(const char *bytes, size_t count, uint64_t fed) {
    const auto status = XML_Parse(parser, bytes, static_cast<int>(count), count == 0);
    if (has_failed()) return false;
    if (status != XML_STATUS_OK) return book.fail(MUSTER_SHEETS_NOT_XML, name, at_row, at_column);
    const auto at = XML_GetCurrentByteIndex(parser);
    if (at >= 0 && fed - static_cast<uint64_t>(at) > book.limits.long_text + (1 << 17)) {
        return book.fail(MUSTER_SHEETS_LONG_TEXT, name, at_row, at_column);
    }
    return true;
}

bool Part::read(Archive &archive) {
    parser = XML_ParserCreate(nullptr);
    if (!parser) return book.fail(MUSTER_SHEETS_UNREADABLE);
    XML_SetUserData(parser, this);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    XML_SetStartDoctypeDeclHandler(parser, on_declaration);
    uint64_t fed = 0;
    const bool is_fine = archive.read(name, [&](const char *bytes, size_t count) {
        fed += count;
        return feed(bytes, count, fed);
    });
    XML_ParserFree(parser);
    parser = nullptr;
    return is_fine;
}
