#ifndef MUSTER_CSYSTEM_H
#define MUSTER_CSYSTEM_H
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/// Notes a file or folder that is not finished, by its folder's descriptor (kept open until it is
/// forgotten) and its name there: the program's end takes it away. Returns a number for
/// `muster_unfinished_forget`, or -1 where there is no more room.
int muster_unfinished_note(int folder, const char *name, bool is_folder);
void muster_unfinished_forget(int note);
/// Takes away all that is noted. Safe in a signal handler.
void muster_unfinished_remove(void);

/// From here on TERM and HUP take away what is unfinished before they end the program (one that
/// is ignored, as under nohup, stays so), and a file that may not grow further is an error of
/// write(2) and no signal.
void muster_heed_signals(void);

/// Holds a folder, which need not be readable. A descriptor, or -1 with errno.
int muster_held_folder(int above, const char *path);
/// Makes a new file in a folder, to be written. A descriptor, or -1 with errno.
int muster_new_file(int folder, const char *name, mode_t mode);
/// Renames within a folder, or onto another, what must not take the place of anything: EEXIST where
/// something stands there. 0, or -1 with errno.
int muster_rename_new(int folder, const char *from, int other, const char *to);

/// Has two names within folders change places. 0, or -1 with errno.
int muster_rename_exchange(int folder, const char *from, int other, const char *to);

/// Opens what stands for a missing standard stream (descriptors 0, 1, 2), so that no file that is
/// opened later takes its number: reading the first and writing the second is EBADF, as before;
/// what goes to the third is lost.
void muster_fill_streams(void);
/// Whether so many more files could be opened at once.
bool muster_has_descriptors(int count);
/// Bytes that the process may still map; LONG_MAX where nothing bounds it.
long muster_address_room(void);

/// What is said, on standard error, before the program ends with 3 because it got no memory or
/// no thread (see CMemory). The texts are kept.
void muster_last_words(const char *memory, const char *threads);
/// Takes away what is unfinished, says that, and ends the program with 3.
_Noreturn void muster_out_of_memory(void);
_Noreturn void muster_out_of_threads(void);

#endif
