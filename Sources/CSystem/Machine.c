#define _GNU_SOURCE
#include "CSystem.h"
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

void muster_fill_streams(void) {
    const int ways[] = { O_WRONLY, O_RDONLY, O_WRONLY };
    for (int stream = 0; stream < 3; stream++) {
        if (fcntl(stream, F_GETFD) != -1) continue;
        const int made = open("/dev/null", ways[stream]);
        if (made >= 0 && made != stream) {
            dup2(made, stream);
            close(made);
        }
    }
}

bool muster_has_descriptors(int count) {
    int made[64], wanted = count < 64 ? count : 64, got = 0;
    while (got < wanted) {
        made[got] = open("/dev/null", O_RDONLY | O_CLOEXEC);
        if (made[got] < 0) break;
        got++;
    }
    for (int i = 0; i < got; i++) close(made[i]);
    return got == wanted;
}

long muster_address_room(void) {
    struct rlimit limit;
    rlim_t bound = LONG_MAX;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
        unsigned long pages = 0;
        FILE *file = fopen("/proc/self/statm", "r");
        if (file) {
            if (fscanf(file, "%lu", &pages) != 1) pages = 0;
            fclose(file);
        }
        const rlim_t used = pages * (rlim_t)sysconf(_SC_PAGESIZE);
        const rlim_t room = limit.rlim_cur > used ? limit.rlim_cur - used : 0;
        if (room < bound) bound = room;
    }
    if (getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY
        && limit.rlim_cur < bound) bound = limit.rlim_cur;
    return (long)bound;
}

/* In both languages until it is known which one is wanted: memory may be out before. */
static char words[2][512] = {
    "错误：内存不足，已停止 · error: out of memory: stopped\n",
    "错误：系统不让再开线程，已停止 · error: no more threads can be started: stopped\n",
};

void muster_last_words(const char *memory, const char *threads) {
    snprintf(words[0], sizeof words[0], "%s", memory);
    snprintf(words[1], sizeof words[1], "%s", threads);
}

static _Noreturn void end(const char *text) {
    muster_unfinished_remove();
    size_t length = strlen(text);
    while (length > 0) {
        const ssize_t count = write(2, text, length);
        if (count <= 0) break;
        text += count;
        length -= (size_t)count;
    }
    _exit(3);
}

void muster_out_of_memory(void) { end(words[0]); }
void muster_out_of_threads(void) { end(words[1]); }
