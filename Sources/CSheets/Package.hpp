#pragma once
#include "Archive.hpp"

namespace sheets {

/// Reads a part as the cells of the book's last sheet. False with a fault.
/// - styles: how each style shows a number; texts: the number of each shared text.
/// - counts_anew: whether the file says that its formulas are still to be worked out, so that a
///   zero is none that anybody saw.
bool read_sheet(Archive &archive, muster_book &book, const std::string &part,
                const std::vector<Shown> &styles, const std::vector<uint32_t> &texts,
                bool counts_anew);

/// With what stands for characters that XML cannot hold (`_x000D_`) put back.
std::string unescaped(const std::string &text);

/// Puts a unit of UTF-16 behind a text; a half that finds no other is U+FFFD. `lead` is what is
/// kept between calls.
void append_unit(std::string &text, char16_t unit, char16_t &lead);

/// The book's fault, with the sheet that was being read.
void tell(const muster_book &book, muster_sheets_fault *fault);

} // namespace sheets
