// The records of an .xls (MS-XLS), and what their data are made of.
#include "Biff.hpp"

using namespace sheets;

[[noreturn]] static void cut_off() { throw Fault{MUSTER_SHEETS_DAMAGED, "Workbook"}; }

bool RecordFlow::header(uint16_t &id, size_t &length) const {
    if (bytes.size() - at < 4) return false;
    id = static_cast<uint16_t>(bytes[at] | bytes[at + 1] << 8);
    length = static_cast<size_t>(bytes[at + 2] | bytes[at + 3] << 8);
    return true;
}

bool RecordFlow::next(Record &record) {
    size_t length = 0;
    if (at > bytes.size() || !header(record.id, length)) return false;
    record.pieces.clear();
    uint16_t id = 0x3C;
    do {
        if (bytes.size() - at - 4 < length) cut_off();
        record.pieces.emplace_back(bytes.data() + at + 4, length);
        at += 4 + length;
    } while (header(id, length) && id == 0x3C);
    return true;
}

/// Goes to the piece in which the next byte stands; false behind the last.
bool RecordReader::settle() {
    while (piece < record.pieces.size() && at == record.pieces[piece].second) {
        piece += 1;
        at = 0;
    }
    return piece < record.pieces.size();
}

uint8_t RecordReader::byte() {
    if (!settle()) cut_off();
    return record.pieces[piece].first[at++];
}

uint16_t RecordReader::half() {
    const uint8_t low = byte();
    return static_cast<uint16_t>(low | byte() << 8);
}

uint32_t RecordReader::word() {
    const uint16_t low = half();
    return low | static_cast<uint32_t>(half()) << 16;
}

double RecordReader::number() {
    const uint64_t low = word();
    const uint64_t bits = low | static_cast<uint64_t>(word()) << 32;
    double value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

void RecordReader::skip(size_t bytes) {
    while (bytes > 0) {
        if (!settle()) cut_off();
        const size_t some = std::min(bytes, record.pieces[piece].second - at);
        at += some;
        bytes -= some;
    }
}

size_t RecordReader::left() const {
    size_t sum = 0;
    for (size_t index = piece; index < record.pieces.size(); ++index) {
        sum += record.pieces[index].second - (index == piece ? at : 0);
    }
    return sum;
}

std::string RecordReader::characters(size_t units, bool is_wide) {
    std::string result;
    char16_t lead = 0;
    while (units > 0) {
        if (piece < record.pieces.size() && at == record.pieces[piece].second) {
            if (!settle()) cut_off();
            is_wide = byte() & 1;
        }
        const uint8_t low = byte();
        append_unit(result, static_cast<char16_t>(is_wide ? low | byte() << 8 : low), lead);
        units -= 1;
    }
    return result;
}

std::string RecordReader::text(size_t units) {
    const uint8_t marks = byte();
    const size_t runs = marks & 8 ? half() : 0;
    const size_t extra = marks & 4 ? word() : 0;
    std::string result = characters(units, marks & 1);
    skip(4 * runs + extra);
    return result;
}

const char *sheets::error_text(uint8_t code) {
    switch (code) {
    case 0x00: return "#NULL!";
    case 0x07: return "#DIV/0!";
    case 0x0F: return "#VALUE!";
    case 0x17: return "#REF!";
    case 0x1D: return "#NAME?";
    case 0x24: return "#NUM!";
    default: return "#N/A";
    }
}

double sheets::unpacked(uint32_t packed) {
    double value;
    if (packed & 2) {
        value = static_cast<int32_t>(packed) >> 2;
    } else {
        const uint64_t bits = static_cast<uint64_t>(packed & ~3u) << 32;
        std::memcpy(&value, &bits, sizeof value);
    }
    return packed & 1 ? value / 100 : value;
}
