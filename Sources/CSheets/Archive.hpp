#pragma once
#include "Book.hpp"
#include <expat.h>
#include <zip.h>

namespace sheets {

/// An open zip archive, of which no more is unpacked than the limits allow.
class Archive {
public:
    /// Takes the descriptor.
    Archive(int descriptor, muster_book &book, Watch &watch);
    ~Archive() { if (zip) zip_discard(zip); }
    Archive(const Archive &) = delete;
    Archive &operator=(const Archive &) = delete;

    bool is_open() const { return zip != nullptr; }
    bool has(const std::string &name) const { return place(name) >= 0; }
    /// Bytes that all parts say they unpack to.
    uint64_t said_size() const;

    /// Hands out the bytes of a part, block by block, until `take` is false. False with a fault.
    template <typename Take> bool read(const std::string &name, Take take) {
        zip_file_t *file = open(name);
        if (!file) return false;
        std::vector<char> block(block_size);
        bool is_fine = true;
        while (is_fine) {
            const zip_int64_t got = zip_fread(file, block.data(), block.size());
            if (got < 0) is_fine = book.fail(MUSTER_SHEETS_DAMAGED, name);
            else is_fine = count(static_cast<uint64_t>(got))
                && take(block.data(), static_cast<size_t>(got));
            if (got <= 0) break;
        }
        zip_fclose(file);
        return is_fine;
    }

private:
    static constexpr size_t block_size = 1 << 16;
    muster_book &book;
    Watch &watch;
    zip_t *zip = nullptr;
    uint64_t packed = 0;
    uint64_t unpacked = 0;

    zip_int64_t place(const std::string &name) const;
    zip_file_t *open(const std::string &name);
    bool count(uint64_t more);
};

/// The name of an element or attribute without its prefix: whose it is, its place says.
inline const char *local(const char *name) {
    const char *colon = std::strrchr(name, ':');
    return colon ? colon + 1 : name;
}

/// The attribute's value, or null.
inline const char *attribute(const char **attributes, const char *name) {
    for (; *attributes; attributes += 2) {
        if (!std::strcmp(local(attributes[0]), name)) return attributes[1];
    }
    return nullptr;
}

inline bool is_yes(const char *value) {
    return value && (!std::strcmp(value, "1") || !std::strcmp(value, "true"));
}

/// A part of a workbook, read as it is unpacked. What its elements mean, subclasses say: each
/// element is given a number (`other` where it and all in it mean nothing), by which those inside
/// it are told.
class Part {
public:
    static constexpr uint8_t outside = 0, other = 255;

    Part(muster_book &book, std::string name) : book(book), name(std::move(name)) {}
    virtual ~Part() = default;
    /// False with a fault.
    bool read(Archive &archive);

protected:
    muster_book &book;
    const std::string name;
    /// What stands in elements for which `keeps` was true.
    std::string text;
    /// The next text is kept, from its element's beginning.
    bool keeps = false;

    /// Where a sheet's reading is, from 1; 0 before the first, and in other parts.
    uint32_t at_row = 0, at_column = 0;

    /// What an element inside `parent` is.
    virtual uint8_t begin(uint8_t parent, const char *element, const char **attributes) = 0;
    virtual void end(uint8_t element) { (void)element; }
    /// Ends the reading with a fault.
    void fail(muster_sheets_status status, std::string_view detail = {});
    bool has_failed() const { return book.fault.status != MUSTER_SHEETS_FINE; }
    void keep() { keeps = true; text.clear(); }

private:
    XML_Parser parser = nullptr;
    std::vector<uint8_t> inside;

    static void on_start(void *self, const char *element, const char **attributes);
    static void on_end(void *self, const char *element);
    static void on_text(void *self, const char *bytes, int count);
    static void on_declaration(void *self, const char *, const char *, const char *, int);
    bool feed(const char *bytes, size_t count, uint64_t fed);
};

} // namespace sheets
