#ifndef MUSTER_CREADLINE_H
#define MUSTER_CREADLINE_H
#include <stdbool.h>
#include <stddef.h>

/// What the line editor asks of its owner while a line is being read.
typedef struct {
    /// Whether an interrupt (Ctrl-C) is waiting to be seen.
    bool (*interrupted)(void);
    /// Completes `line` at the byte offset `cursor`. NULL, or an array in the manner of
    /// rl_completion_matches, of texts that replace everything before the cursor: the longest
    /// common one, the candidates, NULL; array and texts from malloc, readline frees them.
    char **(*complete)(const char *line, int cursor);
    /// Shows the candidates of the last `complete` in a window of that size, page by page; what it
    /// gives back, from malloc or NULL, is written behind.
    char *(*candidates)(int rows, int columns);
    /// What may follow `line`, whose end the cursor stands at, in a window of that width, and in
    /// `*shown` as much of it as finds room. Both from malloc; NULL where nothing is suggested.
    char *(*suggest)(const char *line, int columns, char **shown);
} muster_line_hooks;

/// Makes the character type locale a UTF-8 one: the environment's where it is, else C.UTF-8, which
/// is then put into LC_ALL for whatever reads it later. False where the system has neither.
bool muster_utf8_locale(void);

/// Sets readline up. Once, after muster_utf8_locale and before any other call.
void muster_line_setup(const char *name, const muster_line_hooks *hooks);

/// How reading a line ended.
typedef enum { MUSTER_LINE, MUSTER_LINE_INTERRUPTED, MUSTER_LINE_END } muster_line_outcome;

/// Reads one line; embedded newlines are pasted ones. `*line` is from malloc, or NULL.
muster_line_outcome muster_line_read(const char *prompt, char **line);

/// Bytes typed while something else read the keyboard: the next lines are read from them first.
void muster_line_push(const unsigned char *bytes, size_t count);
/// Whether a signal waits for the line that is being read.
bool muster_line_signalled(void);
/// How many of them are left.
size_t muster_line_pushed(void);

void muster_history_add(const char *text);
/// Drops entry `index` from 0, the oldest.
void muster_history_drop(int index);
/// Reads a history file. 0, or errno.
int muster_history_read(const char *path);
/// Appends the newest entry to a file that exists. 0, or errno.
int muster_history_append(const char *path);
/// Keeps at most so many entries in memory.
void muster_history_limit(int entries);
int muster_history_count(void);
/// Entry `index` from 0, the oldest; NULL where there is none. Valid until the next change.
const char *muster_history_entry(int index);
/// The newest entry that begins so and goes on in the same line. NULL and valid as `muster_history_entry`.
const char *muster_history_match(const char *beginning);

/// The size of the terminal behind a descriptor; 0 × 0 where it is none or does not say.
void muster_terminal_size(int descriptor, int *rows, int *columns);
/// Installs a handler for SIGINT that lets blocked reads return.
void muster_on_interrupt(void (*handler)(int));
void muster_ignore_broken_pipes(void);

#endif
