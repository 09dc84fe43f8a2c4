#define _GNU_SOURCE
#include "CMemory.h"
#include "CSystem.h"
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define MUSTER_SANITIZED
#endif
#endif

#ifndef MUSTER_SANITIZED
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static void *had(void *memory, size_t size) {
    if (!memory && size > 0) muster_out_of_memory();
    return memory;
}

void *malloc(size_t size) { return had(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
    return had(__libc_calloc(count, size), count && size);
}

void *realloc(void *memory, size_t size) { return had(__libc_realloc(memory, size), size); }

void *aligned_alloc(size_t alignment, size_t size) {
    return had(__libc_memalign(alignment, size), size);
}

void *memalign(size_t alignment, size_t size) {
    return had(__libc_memalign(alignment, size), size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    *memory = had(__libc_memalign(alignment, size), size);
    return 0;
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *),
                   void *argument) {
    static int (*next)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    if (!next) *(void **)&next = dlsym(RTLD_NEXT, "pthread_create");
    const int fault = next ? next(thread, attributes, start, argument) : ENOSYS;
    if (fault == EAGAIN || fault == ENOMEM) muster_out_of_threads();
    return fault;
}
#endif
