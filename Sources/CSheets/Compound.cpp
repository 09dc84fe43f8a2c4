// The streams of an OLE2 file.
#include "Compound.hpp"

using namespace sheets;

constexpr uint32_t highest_sector = 0xFFFFFFFA, end_of_chain = 0xFFFFFFFE;

[[noreturn]] static void damaged(const char *what) { throw Fault{MUSTER_SHEETS_DAMAGED, what}; }

uint32_t Compound::word(size_t at) const {
    if (at > count || count - at < 4) damaged("OLE2");
    return bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16
        | static_cast<uint32_t>(bytes[at + 3]) << 24;
}

Compound::Compound(const uint8_t *bytes, size_t count) : bytes(bytes), count(count) {
    if (count < 512) damaged("OLE2");
    const uint32_t shift = word(30) & 0xFFFF, mini_shift = word(32) & 0xFFFF;
    if ((shift != 9 && shift != 12) || mini_shift > 9 || mini_shift < 6) damaged("OLE2");
    sector = size_t{1} << shift;
    mini = size_t{1} << mini_shift;
    shortest = word(56);
    read_table();
    read_entries(word(48));
    const std::vector<uint8_t> packed = chain(word(60));
    for (size_t at = 0; at + 4 <= packed.size(); at += 4) {
        mini_table.push_back(packed[at] | packed[at + 1] << 8 | packed[at + 2] << 16
                             | static_cast<uint32_t>(packed[at + 3]) << 24);
    }
    if (!entries.empty()) minis = chain(entries[0].first);
}

/// Which sector follows which: stands in sectors that the header and a chain behind it list.
void Compound::read_table() {
    std::vector<uint32_t> parts;
    for (size_t index = 0; index < 109; ++index) parts.push_back(word(76 + 4 * index));
    const size_t most = count / sector + 1;
    uint32_t next = word(68);
    for (size_t steps = 0; next < highest_sector; ++steps) {
        const uint64_t at = (uint64_t{next} + 1) * sector;
        if (steps > most || at + sector > count) damaged("OLE2");
        for (size_t index = 0; index + 1 < sector / 4; ++index) {
            parts.push_back(word(at + 4 * index));
        }
        next = word(at + sector - 4);
    }
    for (const uint32_t part : parts) {
        if (part >= highest_sector) continue;
        const uint64_t at = (uint64_t{part} + 1) * sector;
        if (at >= count || table.size() > most + sector) damaged("OLE2");
        for (size_t index = 0; index < sector / 4 && at + 4 * index + 4 <= count; ++index) {
            table.push_back(word(at + 4 * index));
        }
    }
}

std::vector<uint8_t> Compound::chain(uint32_t first) const {
    std::vector<uint8_t> result;
    while (first < highest_sector) {
        const uint64_t at = (uint64_t{first} + 1) * sector;
        if (at >= count || first >= table.size() || result.size() > count) damaged("OLE2");
        result.insert(result.end(), bytes + at, bytes + std::min<uint64_t>(at + sector, count));
        first = table[first];
    }
    if (first != end_of_chain && first != 0xFFFFFFFF) damaged("OLE2");
    return result;
}

std::vector<uint8_t> Compound::mini_chain(uint32_t first) const {
    std::vector<uint8_t> result;
    while (first < highest_sector) {
        const uint64_t at = uint64_t{first} * mini;
        if (at + mini > minis.size() || first >= mini_table.size()
            || result.size() > minis.size()) damaged("OLE2");
        result.insert(result.end(), minis.begin() + static_cast<ptrdiff_t>(at),
                      minis.begin() + static_cast<ptrdiff_t>(at + mini));
        first = mini_table[first];
    }
    return result;
}

void Compound::read_entries(uint32_t first) {
    const std::vector<uint8_t> list = chain(first);
    for (size_t at = 0; at + 128 <= list.size(); at += 128) {
        const uint8_t *entry = list.data() + at;
        Entry found{"", entry[66], 0, 0};
        const size_t length = std::min<size_t>(entry[64] | entry[65] << 8, 64);
        // Only names in ASCII are looked for.
        for (size_t unit = 0; unit + 2 < length; unit += 2) {
            found.name += static_cast<char>(entry[unit + 1] ? 0x7F : entry[unit]);
        }
        found.first = entry[116] | entry[117] << 8 | entry[118] << 16
            | static_cast<uint32_t>(entry[119]) << 24;
        found.size = entry[120] | entry[121] << 8 | entry[122] << 16
            | static_cast<uint64_t>(entry[123]) << 24;
        entries.push_back(std::move(found));
    }
}

const Compound::Entry *Compound::entry(std::string_view name) const {
    for (const auto &entry : entries) {
        if (entry.kind == 2 && entry.name == name) return &entry;
    }
    return nullptr;
}

bool Compound::has(std::string_view name) const { return entry(name) != nullptr; }

std::vector<uint8_t> Compound::stream(std::string_view name) const {
    const Entry *found = entry(name);
    if (!found) damaged("OLE2");
    auto result = found->size < shortest ? mini_chain(found->first) : chain(found->first);
    if (result.size() < found->size) damaged("OLE2");
    result.resize(found->size);
    return result;
}
