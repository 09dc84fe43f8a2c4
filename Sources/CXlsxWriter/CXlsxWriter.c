#define _GNU_SOURCE
#include "CXlsxWriter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int muster_book_memory(char *path, size_t size) {
    const int descriptor = memfd_create("muster", MFD_CLOEXEC);
    if (descriptor < 0) return -1;
    const int length = snprintf(path, size, "/proc/self/fd/%d", descriptor);
    if (length > 0 && (size_t)length < size) return descriptor;
    errno = ENAMETOOLONG;
    return -1;
}

// The library draws one kind of series in a chart. A second kind is a chart of its own that
// takes over the last series while the chart's kinds are being written: until then the series
// belongs to the chart, so that its cells are cached with the others.
typedef struct overlay {
    lxw_chart *chart;
    lxw_chart *drawing;
    void (*write)(lxw_chart *);
    double minimum, maximum, thickness;
    char *name;
    uint32_t colour;
    struct overlay *next;
} overlay;

// The functions that the library calls get the chart and nothing else.
static _Thread_local overlay *overlays;

static overlay *overlay_of(const lxw_chart *chart) {
    for (overlay *found = overlays; found; found = found->next) {
        if (found->chart == chart) return found;
    }
    return NULL;
}

static overlay *add_overlay(lxw_chart *chart, uint8_t type) {
    overlay *added = calloc(1, sizeof *added);
    if (!added) return NULL;
    added->drawing = lxw_chart_new(type);
    if (!added->drawing) {
        free(added);
        return NULL;
    }
    added->chart = chart;
    added->write = chart->write_chart_type;
    added->next = overlays;
    overlays = added;
    return added;
}

static lxw_chart_series *take_last(lxw_chart *chart) {
    lxw_chart_series *series, *last = NULL;
    STAILQ_FOREACH(series, chart->series_list, list_pointers) last = series;
    if (last) STAILQ_REMOVE(chart->series_list, last, lxw_chart_series, list_pointers);
    return last;
}

static void give(lxw_chart *chart, lxw_chart_series *series) {
    STAILQ_INSERT_TAIL(chart->series_list, series, list_pointers);
}

static void write_line(lxw_chart *chart) {
    overlay *found = overlay_of(chart);
    if (!found) return;
    lxw_chart_series *last = take_last(chart);
    found->write(chart);
    if (!last) return;
    lxw_chart *line = found->drawing;
    give(line, last);
    line->file = chart->file;
    line->series_index = chart->series_index;
    line->axis_id_1 = chart->axis_id_1;
    line->axis_id_2 = chart->axis_id_2;
    line->write_chart_type(line);
    give(chart, take_last(line));
}

bool muster_chart_line_over_columns(lxw_chart *chart) {
    if (!add_overlay(chart, LXW_CHART_LINE)) return false;
    chart->write_chart_type = write_line;
    return true;
}

static size_t points(const lxw_chart_series *series) {
    const lxw_series_range *range = series->values;
    return range->last_row - range->first_row + 1;
}

static void write_escaped(FILE *file, const char *text) {
    for (; *text; text++) {
        switch (*text) {
        case '&': fputs("&amp;", file); break;
        case '<': fputs("&lt;", file); break;
        case '>': fputs("&gt;", file); break;
        default: fputc(*text, file);
        }
    }
}

// The marks: slices of one thickness that are stacked on the bars, which nobody sees, of the
// values to reach.
static void write_slices(const overlay *found, FILE *file, int index, size_t count) {
    fprintf(file, "<c:ser><c:idx val=\"%d\"/><c:order val=\"%d\"/><c:tx><c:v>", index, index);
    write_escaped(file, found->name);
    fprintf(file, "</c:v></c:tx><c:spPr><a:solidFill><a:srgbClr val=\"%06X\"/></a:solidFill>"
                  "<a:ln><a:noFill/></a:ln></c:spPr><c:invertIfNegative val=\"0\"/>"
                  "<c:val><c:numLit><c:formatCode>General</c:formatCode>"
                  "<c:ptCount val=\"%zu\"/>", found->colour, count);
    for (size_t point = 0; point < count; point++) {
        fprintf(file, "<c:pt idx=\"%zu\"><c:v>%.16g</c:v></c:pt>", point, found->thickness);
    }
    fputs("</c:numLit></c:val></c:ser>", file);
}

static void write_axes(const overlay *found, FILE *file, uint32_t category, uint32_t value) {
    fprintf(file, "<c:valAx><c:axId val=\"%u\"/><c:scaling><c:orientation val=\"minMax\"/>"
                  "<c:max val=\"%.16g\"/><c:min val=\"%.16g\"/></c:scaling><c:delete val=\"1\"/>"
                  "<c:axPos val=\"t\"/><c:crossAx val=\"%u\"/><c:crosses val=\"max\"/></c:valAx>",
            value, found->maximum, found->minimum, category);
    fprintf(file, "<c:catAx><c:axId val=\"%u\"/><c:scaling><c:orientation val=\"maxMin\"/>"
                  "</c:scaling><c:delete val=\"1\"/><c:axPos val=\"r\"/><c:crossAx val=\"%u\"/>"
                  "<c:crosses val=\"autoZero\"/></c:catAx>", category, value);
}

static void write_marks(lxw_chart *chart) {
    overlay *found = overlay_of(chart);
    if (!found) return;
    lxw_chart_series *last = take_last(chart);
    found->write(chart);
    if (!last) return;
    FILE *file = chart->file;
    const uint32_t category = chart->axis_id_1 + 2, value = chart->axis_id_2 + 2;
    const int index = chart->series_index;
    fputs("<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"stacked\"/>", file);
    // The library writes a series only within a chart of some kind: this one's opening and end
    // are left out by writing it aside.
    char *text = NULL;
    size_t size = 0;
    FILE *aside = open_memstream(&text, &size);
    if (aside) {
        lxw_chart *bars = found->drawing;
        give(bars, last);
        bars->file = aside;
        bars->series_index = chart->series_index;
        bars->axis_id_1 = category;
        bars->axis_id_2 = value;
        bars->write_chart_type(bars);
        fclose(aside);
        last = take_last(bars);
        const char *from = text ? strstr(text, "<c:ser>") : NULL;
        const char *end = from ? strstr(from, "</c:ser>") : NULL;
        if (end) fwrite(from, 1, (size_t)(end - from) + strlen("</c:ser>"), file);
        free(text);
    }
    write_slices(found, file, index + 1, points(last));
    fprintf(file, "<c:gapWidth val=\"0\"/><c:overlap val=\"100\"/><c:axId val=\"%u\"/>"
                  "<c:axId val=\"%u\"/></c:barChart>", category, value);
    write_axes(found, file, category, value);
    give(chart, last);
}

bool muster_chart_marks_over_bars(lxw_chart *chart, double minimum, double maximum,
                                  double thickness, const char *name, uint32_t colour) {
    char *kept = strdup(name);
    if (!kept) return false;
    overlay *added = add_overlay(chart, LXW_CHART_BAR_STACKED);
    if (!added) {
        free(kept);
        return false;
    }
    added->minimum = minimum;
    added->maximum = maximum;
    added->thickness = thickness;
    added->name = kept;
    added->colour = colour;
    chart->write_chart_type = write_marks;
    return true;
}

void muster_chart_overlays_end(void) {
    while (overlays) {
        overlay *first = overlays;
        overlays = first->next;
        lxw_chart_free(first->drawing);
        free(first->name);
        free(first);
    }
}
