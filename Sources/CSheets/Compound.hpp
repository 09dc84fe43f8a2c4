#pragma once
#include "Book.hpp"

namespace sheets {

/// A file of OLE2 (MS-CFB): streams by name, in chains of sectors. Every number of the file is
/// checked before it is used, and every chain is as long as the file at the most.
class Compound {
public:
    Compound(const uint8_t *bytes, size_t count);

    bool has(std::string_view name) const;
    /// The bytes of a stream; throws a Fault where a chain leads nowhere.
    std::vector<uint8_t> stream(std::string_view name) const;

private:
    struct Entry { std::string name; uint8_t kind; uint32_t first; uint64_t size; };

    const uint8_t *bytes;
    size_t count;
    size_t sector = 512, mini = 64;
    uint64_t shortest = 4096;
    std::vector<uint32_t> table, mini_table;
    std::vector<uint8_t> minis;
    std::vector<Entry> entries;

    uint32_t word(size_t at) const;
    std::vector<uint8_t> chain(uint32_t first) const;
    std::vector<uint8_t> mini_chain(uint32_t first) const;
    const Entry *entry(std::string_view name) const;
    void read_table();
    void read_entries(uint32_t first);
};

} // namespace sheets
