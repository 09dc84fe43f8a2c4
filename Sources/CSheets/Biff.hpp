#pragma once
#include "Compound.hpp"
#include "Package.hpp"

namespace sheets {

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
