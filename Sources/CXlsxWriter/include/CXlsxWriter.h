#ifndef MUSTER_CXLSXWRITER_H
#define MUSTER_CXLSXWRITER_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <xlsxwriter.h>

/// A file in memory for a workbook, and the path under which the library can open it. The
/// descriptor, or -1 with the reason in errno.
int muster_book_memory(char *path, size_t size);

/// Draws the last series of a column chart as a line over the columns. The series must be there
/// already; nothing may be added to the chart afterwards. False where memory is short.
bool muster_chart_line_over_columns(lxw_chart *chart);

/// Draws the last series of a bar chart as marks across the bars, one a category, which join to
/// a line where neighbours are equal. `minimum` and `maximum` are those of the value axis, and
/// must be set on it too; `thickness` is in its units; `name` stands in the legend for the marks.
/// As above otherwise.
bool muster_chart_marks_over_bars(lxw_chart *chart, double minimum, double maximum,
                                  double thickness, const char *name, uint32_t colour);

/// Forgets the two kinds above; after the workbook is closed.
void muster_chart_overlays_end(void);

#endif
