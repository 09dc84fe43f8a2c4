#ifndef MUSTER_CMEMORY_H
#define MUSTER_CMEMORY_H
// Linked into the program, nothing of it is called: the C library's own functions for memory and
// threads, for everything that is loaded, with the one difference that where there is none to be
// had the program says so and ends (see `muster_last_words`). Whoever asks has no other way out:
// a trap, an exception that nobody catches, or a wait without end.
#endif
