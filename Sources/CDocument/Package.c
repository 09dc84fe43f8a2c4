// Packages of parts, over libzip.
#include "CDocument.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct muster_zip {
    zip_t *archive;
    zip_source_t *source;
    bool (*stops)(void *);
    void *context;
};

muster_zip *muster_zip_new(void) {
    muster_zip *zip = calloc(1, sizeof *zip);
    if (!zip) return NULL;
    zip->source = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (zip->source) zip->archive = zip_open_from_source(zip->source, ZIP_TRUNCATE, NULL);
    if (!zip->archive) {
        if (zip->source) zip_source_free(zip->source);
        free(zip);
        return NULL;
    }
    // The archive has one reference and lets go of it; the bytes are read afterwards.
    zip_source_keep(zip->source);
    return zip;
}

bool muster_zip_add(muster_zip *zip, const char *name, const void *bytes, size_t size) {
    void *copy = malloc(size ? size : 1);
    if (!copy) return false;
    if (size) memcpy(copy, bytes, size);
    zip_source_t *part = zip_source_buffer(zip->archive, copy, size, 1);
    if (!part) {
        free(copy);
        return false;
    }
    const zip_int64_t index = zip_file_add(zip->archive, name, part, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(part);
        return false;
    }
    // 1 January 1980, the first day there is: the same parts are the same bytes.
    return zip_file_set_dostime(zip->archive, (zip_uint64_t)index, 0, 0x21, 0) == 0;
}

static int asks(zip_t *archive, void *context) {
    (void)archive;
    const muster_zip *zip = context;
    return zip->stops(zip->context);
}

static unsigned char *contents(zip_source_t *source, size_t *size) {
    zip_stat_t status;
    if (zip_source_stat(source, &status) != 0 || zip_source_open(source) != 0) return NULL;
    unsigned char *bytes = malloc(status.size ? status.size : 1);
    if (bytes && zip_source_read(source, bytes, status.size) != (zip_int64_t)status.size) {
        free(bytes);
        bytes = NULL;
    }
    zip_source_close(source);
    *size = status.size;
    return bytes;
}

unsigned char *muster_zip_finish(muster_zip *zip, bool (*stops)(void *), void *context,
                                 size_t *size) {
    zip->stops = stops;
    zip->context = context;
    zip_register_cancel_callback_with_state(zip->archive, asks, NULL, zip);
    unsigned char *bytes = NULL;
    if (zip_close(zip->archive) == 0) {
        bytes = contents(zip->source, size);
    } else {
        zip_discard(zip->archive);
    }
    zip_source_free(zip->source);
    free(zip);
    return bytes;
}

void muster_zip_discard(muster_zip *zip) {
    zip_discard(zip->archive);
    zip_source_free(zip->source);
    free(zip);
}
