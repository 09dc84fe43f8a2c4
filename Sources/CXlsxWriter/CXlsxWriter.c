#define _GNU_SOURCE
#include "CXlsxWriter.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>

int muster_book_memory(char *path, size_t size) {
    const int descriptor = memfd_create("muster", MFD_CLOEXEC);
    if (descriptor < 0) return -1;
    const int length = snprintf(path, size, "/proc/self/fd/%d", descriptor);
    if (length > 0 && (size_t)length < size) return descriptor;
    errno = ENAMETOOLONG;
    return -1;
}

static _Thread_local bool has_failed;

bool muster_book_failed(void) {
    const bool failed = has_failed;
    has_failed = false;
    return failed;
}

// In place of the C library's, which forgets what went wrong: the library writes its parts to
// temporary files and rewinds each once it is whole.
void rewind(FILE *file) {
    if (fflush(file) != 0 || ferror(file)) has_failed = true;
    fseek(file, 0, SEEK_SET);
    clearerr(file);
}

static _Thread_local bool (*asks)(void *);
static _Thread_local void *asked;
static _Thread_local bool is_stopped;

lxw_error muster_book_close(lxw_workbook *book, bool (*stops)(void *), void *context) {
    asks = stops;
    asked = context;
    is_stopped = false;
    const lxw_error error = workbook_close(book);
    asks = NULL;
    return is_stopped ? LXW_ERROR_FEATURE_NOT_SUPPORTED : error;
}

bool muster_book_was_stopped(void) { return is_stopped; }

// In place of the C library's too: the library packs its parts, which takes seconds where there
// are millions of cells, by reading them bit by bit. Once it is to stop they have no more to read.
size_t fread(void *restrict to, size_t size, size_t count, FILE *restrict file) {
    if (asks && !is_stopped) is_stopped = asks(asked);
    if (asks && is_stopped) return 0;
    flockfile(file);
    const size_t got = fread_unlocked(to, size, count, file);
    funlockfile(file);
    return got;
}

// The library draws one kind of series in a chart. A line over columns is a chart of its own
// that takes over the last series while the kinds are being written: until then the series
// belongs to the chart, so that its cells are cached with the others.
typedef struct line {
    lxw_chart *chart;
    lxw_chart *drawing;
    void (*write_columns)(lxw_chart *);
    struct line *next;
} line;

// The functions that the library calls get the chart and nothing else.
static _Thread_local line *lines;

static lxw_chart_series *take_last(lxw_chart *chart) {
    lxw_chart_series *series, *last = NULL;
    STAILQ_FOREACH(series, chart->series_list, list_pointers) last = series;
    if (last) STAILQ_REMOVE(chart->series_list, last, lxw_chart_series, list_pointers);
    return last;
}

static void give(lxw_chart *chart, lxw_chart_series *series) {
    if (series) STAILQ_INSERT_TAIL(chart->series_list, series, list_pointers);
}

static void write_with_line(lxw_chart *chart) {
    const line *found = lines;
    while (found && found->chart != chart) found = found->next;
    if (!found) return;
    lxw_chart_series *last = take_last(chart);
    found->write_columns(chart);
    lxw_chart *drawing = found->drawing;
    give(drawing, last);
    drawing->file = chart->file;
    drawing->series_index = chart->series_index;
    drawing->axis_id_1 = chart->axis_id_1;
    drawing->axis_id_2 = chart->axis_id_2;
    drawing->write_chart_type(drawing);
    give(chart, take_last(drawing));
}

bool muster_chart_line_over_columns(lxw_chart *chart) {
    line *added = calloc(1, sizeof *added);
    lxw_chart *drawing = added ? lxw_chart_new(LXW_CHART_LINE) : NULL;
    if (!drawing) {
        free(added);
        return false;
    }
    *added = (line){chart, drawing, chart->write_chart_type, lines};
    lines = added;
    chart->write_chart_type = write_with_line;
    return true;
}

void muster_chart_lines_end(void) {
    while (lines) {
        line *first = lines;
        lines = first->next;
        lxw_chart_free(first->drawing);
        free(first);
    }
}
