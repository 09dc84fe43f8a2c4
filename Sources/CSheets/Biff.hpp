#pragma once
#include "Compound.hpp"
#include "Package.hpp"

namespace sheets {

/// The records that are read (MS-XLS 2.3).
enum : uint16_t {
    FORMULA = 0x06, END = 0x0A, DATE_MODE = 0x22, FILE_PASS = 0x2F, BOUND_SHEET = 0x85,
    MUL_RK = 0xBD, RICH_LABEL = 0xD6, XF = 0xE0, MERGES = 0xE5, TEXTS = 0xFC, LABEL_TEXT = 0xFD,
    NUMBER = 0x203, LABEL = 0x204, BOOL_ERROR = 0x205, STRING = 0x207, ROW = 0x208, RK = 0x27E,
    FORMAT = 0x41E, BEGIN = 0x809,
};

/// `#N/A` and its kin by the number that stands for them.
const char *error_text(uint8_t code);

/// A number in 30 bits: a whole one or the upper half of a double, either in hundredths or not.
double unpacked(uint32_t packed);

/// Where a record's data stand, and those of the CONTINUE records behind it.
struct Record {
    uint16_t id;
    std::vector<std::pair<const uint8_t *, size_t>> pieces;
};

/// Reads a record's data over its pieces; throws a Fault behind their end.
class RecordReader {
public:
    explicit RecordReader(const Record &record) : record(record) {}

    uint8_t byte();
    uint16_t half();
    uint32_t word();
    double number();
    void skip(size_t bytes);
    /// So many units of text, of one byte or two each; where the text goes on in another piece,
    /// that begins with how it is written there.
    std::string characters(size_t units, bool is_wide);
    /// A text with its marks before it and what belongs to its looks behind it.
    std::string text(size_t units);
    size_t left() const;

private:
    const Record &record;
    size_t piece = 0, at = 0;
    bool settle();
};

/// The records of a stream, one after the other.
class RecordFlow {
public:
    RecordFlow(const std::vector<uint8_t> &bytes, size_t at) : bytes(bytes), at(at) {}
    /// False at the end; throws a Fault where the stream is cut off.
    bool next(Record &record);
    size_t place() const { return at; }

private:
    const std::vector<uint8_t> &bytes;
    size_t at;
    bool header(uint16_t &id, size_t &length) const;
};

} // namespace sheets
