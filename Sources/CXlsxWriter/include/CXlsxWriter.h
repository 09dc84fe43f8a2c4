#ifndef MUSTER_CXLSXWRITER_H
#define MUSTER_CXLSXWRITER_H
#include <stdbool.h>
#include <stddef.h>
#include <xlsxwriter.h>

/// A file in memory for a workbook, and the path under which the library can open it. The
/// descriptor, or -1 with the reason in errno.
int muster_book_memory(char *path, size_t size);

/// Whether something could not be written to the library's temporary files since the last call:
/// the library does not look, and would make a workbook of what there is.
bool muster_book_failed(void);

/// Closes and frees a workbook as `workbook_close` does; asks all the time whether to stop, and
/// then ends soon, with an error.
lxw_error muster_book_close(lxw_workbook *book, bool (*stops)(void *context), void *context);

/// Whether the last one closed by this thread was stopped.
bool muster_book_was_stopped(void);

/// Draws the last series of a column chart as a line over the columns. The series must be there
/// already; nothing may be added to the chart afterwards. False where memory is short.
bool muster_chart_line_over_columns(lxw_chart *chart);

/// Forgets these lines; after the workbook of their charts is closed.
void muster_chart_lines_end(void);

#endif
