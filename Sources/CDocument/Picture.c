// Pictures, over librsvg and cairo, opened when the first is asked for.
#include "CDocument.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

typedef struct { double x, y, width, height; } Rectangle;
typedef int (*Writer)(void *context, const unsigned char *bytes, unsigned int size);

// Declared as librsvg (2.46 and later), cairo and GObject declare them.
static void *(*handle_new)(const unsigned char *, size_t, void **);
static int (*handle_render)(void *, void *, const Rectangle *, void **);
static void (*unref)(void *);
static void *(*surface_new)(int, int, int);
static void *(*cairo_new)(void *);
static void (*set_colour)(void *, double, double, double);
static void (*paint)(void *);
static int (*status_of)(void *);
static int (*write_png)(void *, Writer, void *);
static void (*cairo_end)(void *);
static void (*surface_end)(void *);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_open;

static bool find(void *library, const char *name, void *function) {
    void *found = dlsym(library, name);
    memcpy(function, &found, sizeof found);
    return found != NULL;
}

static void open_libraries(void) {
    void *object = dlopen("libgobject-2.0.so.0", RTLD_NOW | RTLD_LOCAL);
    void *cairo = dlopen("libcairo.so.2", RTLD_NOW | RTLD_LOCAL);
    void *svg = dlopen("librsvg-2.so.2", RTLD_NOW | RTLD_LOCAL);
    is_open = object && cairo && svg
        && find(svg, "rsvg_handle_new_from_data", &handle_new)
        && find(svg, "rsvg_handle_render_document", &handle_render)
        && find(object, "g_object_unref", &unref)
        && find(cairo, "cairo_image_surface_create", &surface_new)
        && find(cairo, "cairo_create", &cairo_new)
        && find(cairo, "cairo_set_source_rgb", &set_colour)
        && find(cairo, "cairo_paint", &paint)
        && find(cairo, "cairo_status", &status_of)
        && find(cairo, "cairo_surface_write_to_png_stream", &write_png)
        && find(cairo, "cairo_destroy", &cairo_end)
        && find(cairo, "cairo_surface_destroy", &surface_end);
}

typedef struct { unsigned char *bytes; size_t size, room; } Buffer;

/// 0 where it was kept, else cairo's CAIRO_STATUS_WRITE_ERROR.
static int append(void *context, const unsigned char *bytes, unsigned int size) {
    Buffer *buffer = context;
    if (buffer->size + size > buffer->room) {
        const size_t room = (buffer->size + size) * 2;
        unsigned char *grown = realloc(buffer->bytes, room);
        if (!grown) return 11;
        buffer->bytes = grown;
        buffer->room = room;
    }
    memcpy(buffer->bytes + buffer->size, bytes, size);
    buffer->size += size;
    return 0;
}

muster_picture_outcome muster_picture(const char *svg, size_t length, int width, int height,
                                      unsigned char **png, size_t *size) {
    pthread_once(&once, open_libraries);
    if (!is_open) return MUSTER_PICTURE_NO_LIBRARY;
    void *handle = handle_new((const unsigned char *)svg, length, NULL);
    if (!handle) return MUSTER_PICTURE_FAILED;
    // 1 is CAIRO_FORMAT_RGB24: no part of it is transparent.
    void *surface = surface_new(1, width, height);
    void *cairo = cairo_new(surface);
    set_colour(cairo, 1, 1, 1);
    paint(cairo);
    const Rectangle whole = {0, 0, width, height};
    Buffer buffer = {NULL, 0, 0};
    const bool is_drawn = handle_render(handle, cairo, &whole, NULL) && status_of(cairo) == 0
        && write_png(surface, append, &buffer) == 0;
    cairo_end(cairo);
    surface_end(surface);
    unref(handle);
    if (!is_drawn) {
        free(buffer.bytes);
        return MUSTER_PICTURE_FAILED;
    }
    *png = buffer.bytes;
    *size = buffer.size;
    return MUSTER_PICTURE_DRAWN;
}
