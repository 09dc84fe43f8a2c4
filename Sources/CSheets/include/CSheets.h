#ifndef MUSTER_CSHEETS_H
#define MUSTER_CSHEETS_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A workbook that was read: sheets of cells and the texts that they share.
typedef struct muster_book muster_book;

/// What stands in a cell, and what its payload is then. Cells without anything are not kept.
typedef enum {
    MUSTER_CELL_TEXT,      ///< a text's number
    MUSTER_CELL_NUMBER,    ///< the bits of a double
    MUSTER_CELL_DIGITS,    ///< a text's number: a whole number of more digits than a double keeps
    MUSTER_CELL_DAY,       ///< days since 1970-01-01 (upper half), milliseconds of it (lower half)
    MUSTER_CELL_BOOLEAN,   ///< 0 or 1
    MUSTER_CELL_ERROR,     ///< a text's number: `#N/A`
    MUSTER_CELL_UNVALUED,  ///< nothing: a formula whose value the file does not keep
} muster_cell_kind;

/// Why a workbook cannot be read. The details, where there are any, are in brackets.
typedef enum {
    MUSTER_SHEETS_FINE,
    MUSTER_SHEETS_CANCELLED,
    MUSTER_SHEETS_UNREADABLE,     ///< the system says so (errno)
    MUSTER_SHEETS_DAMAGED,        ///< the container is cut off or wrong (the part)
    MUSTER_SHEETS_ENCRYPTED,
    MUSTER_SHEETS_FOREIGN,        ///< another kind of file (docx pptx xlsb ods doc ppt zip ole)
    MUSTER_SHEETS_OLD,            ///< a workbook of Excel 95 or before
    MUSTER_SHEETS_MISSING_PART,   ///< (the part)
    MUSTER_SHEETS_EXTERNAL_PART,  ///< a part that is to be had elsewhere (its address)
    MUSTER_SHEETS_NOT_XML,        ///< (the part)
    MUSTER_SHEETS_DECLARATIONS,   ///< a document type or entities (the part)
    MUSTER_SHEETS_DEPTH,          ///< (the part)
    MUSTER_SHEETS_UNPACKED,       ///< more bytes than may be unpacked
    MUSTER_SHEETS_RATIO,          ///< unpacks to more than any honest file
    MUSTER_SHEETS_ENTRIES,
    MUSTER_SHEETS_SHEETS,
    MUSTER_SHEETS_CELLS,
    MUSTER_SHEETS_COLUMNS,
    MUSTER_SHEETS_TEXTS,          ///< more bytes of text in all
    MUSTER_SHEETS_LONG_TEXT,      ///< in one cell, name or piece of XML
    MUSTER_SHEETS_MERGES,
    MUSTER_SHEETS_STYLES,
    MUSTER_SHEETS_NUMBER,         ///< no number where there should be one (what stands there)
    MUSTER_SHEETS_RANGE,          ///< a number too large (what stands there)
    MUSTER_SHEETS_PLACE,          ///< a cell, row or area in no place (what stands there)
    MUSTER_SHEETS_ORDER,          ///< a row or cell that does not come behind the one before
    MUSTER_SHEETS_INDEX,          ///< refers to a text or style that there is not
} muster_sheets_status;

typedef struct {
    muster_sheets_status status;
    int code;             ///< errno
    bool has_sheet;
    char sheet[512];      ///< its name
    uint32_t row;         ///< from 1; 0 where no row is meant
    uint32_t column;      ///< from 1; 0 where no column is meant
    char detail[256];     ///< UTF-8, cut where it is longer
} muster_sheets_fault;

/// How much of anything there may be.
typedef struct {
    uint64_t unpacked_bytes;
    uint64_t ratio;        ///< bytes unpacked for one packed
    uint64_t ratio_from;   ///< bytes unpacked from which the ratio is looked at
    uint64_t entries;
    uint64_t sheets;
    uint64_t cells;
    uint64_t columns;
    uint64_t text_bytes;
    uint64_t long_text;    ///< bytes of one text
    uint64_t merges;
    uint64_t styles;
    uint64_t depth;
    bool names_only;       ///< what the sheets are called is read, and no cell
} muster_sheets_limits;

/// Asked now and then with the bytes read so far and in all; false to stop.
typedef bool (*muster_sheets_watch)(void *context, uint64_t done, uint64_t total);

/// A merged area: rows from 1, columns from 0, the last ones included.
typedef struct {
    uint32_t top, bottom;
    uint32_t left, right;
} muster_merge;

/// The cells of a sheet, row by row. What is pointed to lives as long as the book, or until the
/// sheet is released.
typedef struct {
    const char *name;
    size_t name_length;
    bool is_hidden;
    size_t row_count;
    const uint32_t *numbers;     ///< of each row, from 1
    const uint8_t *hidden_rows;  ///< 1 for a hidden one
    const uint64_t *starts;      ///< of each row's cells, and their end
    size_t cell_count;
    const uint16_t *columns;     ///< of each cell, from 0
    const uint8_t *kinds;
    const uint64_t *payloads;
    size_t merge_count;
    const muster_merge *merges;
} muster_sheet_view;

/// Reads an .xlsx from an open file; the descriptor is the reader's from here on. NULL with a
/// fault where it cannot be read.
muster_book *muster_book_read_xlsx(int descriptor, const muster_sheets_limits *limits,
                                   muster_sheets_watch watch, void *context,
                                   muster_sheets_fault *fault);
/// The same for an .xls, whose bytes are given.
muster_book *muster_book_read_xls(const uint8_t *bytes, size_t count,
                                  const muster_sheets_limits *limits, muster_sheets_watch watch,
                                  void *context, muster_sheets_fault *fault);
void muster_book_free(muster_book *book);

size_t muster_book_sheet_count(const muster_book *book);
muster_sheet_view muster_book_sheet(const muster_book *book, size_t index);
/// Frees what a view of the sheet points to.
void muster_book_release_sheet(muster_book *book, size_t index);
/// The bytes of all texts, UTF-8, and how many texts there are: the offset of each stands in
/// `offsets`, and behind them the end of the last.
const char *muster_book_texts(const muster_book *book, const uint32_t **offsets, size_t *count);

/// The first fifteen digits of a finite number above 0, correctly rounded and without zeros at
/// their end (but for whole numbers below 10^15), and how many of them stand behind the point:
/// fewer than none for a number that ends in zeros.
void muster_fifteen_digits(double number, int64_t *digits, int *places);

#ifdef __cplusplus
}
#endif
#endif
