#define _GNU_SOURCE
#include "CSystem.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { unused, filling, noted };
enum { room = 64 };

static struct {
    atomic_int state;
    int folder;
    bool is_folder;
    char name[256];
} unfinished[room];

int muster_unfinished_note(int folder, const char *name, bool is_folder) {
    if (strlen(name) >= sizeof unfinished[0].name) return -1;
    for (int i = 0; i < room; i++) {
        int expected = unused;
        if (!atomic_compare_exchange_strong(&unfinished[i].state, &expected, filling)) continue;
        unfinished[i].folder = folder;
        unfinished[i].is_folder = is_folder;
        strcpy(unfinished[i].name, name);
        atomic_store(&unfinished[i].state, noted);
        return i;
    }
    return -1;
}

void muster_unfinished_forget(int note) {
    if (note >= 0 && note < room) atomic_store(&unfinished[note].state, unused);
}

void muster_unfinished_remove(void) {
    const int reason = errno;
    // Files before the folders that they stand in.
    for (int folders = 0; folders < 2; folders++) {
        for (int i = 0; i < room; i++) {
            if (atomic_load(&unfinished[i].state) != noted
                || unfinished[i].is_folder != (folders == 1)) continue;
            unlinkat(unfinished[i].folder, unfinished[i].name, folders ? AT_REMOVEDIR : 0);
        }
    }
    errno = reason;
}

static void end(int number) {
    muster_unfinished_remove();
    signal(number, SIG_DFL);
    raise(number);
}

void muster_heed_signals(void) {
    const int ending[] = { SIGTERM, SIGHUP };
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        struct sigaction action;
        if (sigaction(ending[i], NULL, &action) != 0 || action.sa_handler == SIG_IGN) continue;
        memset(&action, 0, sizeof action);
        action.sa_handler = end;
        sigaction(ending[i], &action, NULL);
    }
    signal(SIGXFSZ, SIG_IGN);
}

int muster_held_folder(int above, const char *path) {
    return openat(above, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

int muster_new_file(int folder, const char *name, mode_t mode) {
    return openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
}

int muster_rename_new(int folder, const char *from, int other, const char *to) {
    if (renameat2(folder, from, other, to, RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS) return -1;
    // A file system that knows no such renaming: a second name is never given over another; and a
    // folder is never renamed onto one that holds anything, nor onto a file.
    if (linkat(folder, from, other, to, 0) == 0) return unlinkat(folder, from, 0);
    if (errno != EPERM) return -1;
    if (faccessat(other, to, F_OK, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return -1;
    }
    return renameat(folder, from, other, to);
}

int muster_rename_exchange(int folder, const char *from, int other, const char *to) {
    return renameat2(folder, from, other, to, RENAME_EXCHANGE);
}
