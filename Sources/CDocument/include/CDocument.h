#ifndef MUSTER_CDOCUMENT_H
#define MUSTER_CDOCUMENT_H
#include <stdbool.h>
#include <stddef.h>

/// A package of parts (ZIP) that is being made in memory.
typedef struct muster_zip muster_zip;

/// NULL where there is no memory.
muster_zip *muster_zip_new(void);
/// Adds a part, which is copied, with a fixed date. False where there is no memory.
bool muster_zip_add(muster_zip *zip, const char *name, const void *bytes, size_t size);
/// Packs the parts, asking now and then whether to stop. The bytes are the caller's to free; NULL
/// where it was stopped or there is no memory. The package itself is gone afterwards.
unsigned char *muster_zip_finish(muster_zip *zip, bool (*stops)(void *context), void *context,
                                 size_t *size);
/// Forgets a package that is not finished.
void muster_zip_discard(muster_zip *zip);

/// What became of a picture.
typedef enum {
    MUSTER_PICTURE_DRAWN,
    MUSTER_PICTURE_NO_LIBRARY,  ///< librsvg or cairo is not on this machine
    MUSTER_PICTURE_FAILED,      ///< the drawing is faulty, or there is no memory
} muster_picture_outcome;

/// Draws SVG as a PNG of so many pixels on white. The libraries are opened when it is first asked
/// for. The bytes are the caller's to free.
muster_picture_outcome muster_picture(const char *svg, size_t length, int width, int height,
                                      unsigned char **png, size_t *size);

#endif
