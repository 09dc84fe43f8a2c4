#define _GNU_SOURCE
#include "CReadline.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

static muster_line_hooks hooks;

bool muster_utf8_locale(void) {
    if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) return true;
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!setlocale(LC_CTYPE, names[i])) continue;
        // readline reads the environment itself when it starts.
        setenv("LC_ALL", names[i], 1);
        return true;
    }
    return false;
}

// What may follow the line, as it was drawn last, and whether it stands on the screen.
static char *suggested;
static bool is_suggested;

// The cursor stands at the line's end, where it was left.
static void clear_suggestion(void) {
    if (is_suggested) fputs("\033[J", rl_outstream);
    is_suggested = false;
}

// Only where a key is waited for at the end of an ordinary line.
static bool may_suggest(void) {
    const unsigned long other = RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_SEARCH
        | RL_STATE_NUMERICARG | RL_STATE_MACROINPUT | RL_STATE_INPUTPENDING | RL_STATE_DONE;
    struct pollfd input = {.fd = fileno(rl_instream), .events = POLLIN};
    return rl_point == rl_end && !RL_ISSTATE(other)
        && muster_line_pushed() == 0 && poll(&input, 1, 0) <= 0;
}

// Behind what readline draws, in grey; the terminal itself remembers where the cursor stood, and
// never breaks the line for it.
static void redisplay(void) {
    clear_suggestion();
    rl_redisplay();
    free(suggested);
    suggested = NULL;
    if (!may_suggest()) return;
    int rows = 0, columns = 0;
    rl_get_screen_size(&rows, &columns);
    char *shown = NULL;
    suggested = hooks.suggest(rl_line_buffer, columns, &shown);
    if (suggested && shown) {
        fprintf(rl_outstream, "\0337\033[?7l\033[90m%s\033[0m\033[?7h\0338", shown);
        is_suggested = true;
    }
    free(shown);
    fflush(rl_outstream);
}

// At the line's end there is nothing to go forward to but what is suggested.
static int forward_or_take(int count, int key) {
    if (!suggested || rl_point != rl_end) return rl_forward_char(count, key);
    return rl_insert_text(suggested) > 0 ? 0 : 1;
}

static int end_or_take(int count, int key) {
    if (!suggested || rl_point != rl_end) return rl_end_of_line(count, key);
    return rl_insert_text(suggested) > 0 ? 0 : 1;
}

// Whatever the user's keys for it are.
static void rebind(rl_command_func_t *former, rl_command_func_t *function) {
    char **keys = rl_invoking_keyseqs(former);
    for (char **key = keys; key && *key; key++) {
        rl_bind_keyseq(*key, function);
        free(*key);
    }
    free(keys);
}

static bool is_marked;

// Behind the text, so that what is printed next stands below all its lines.
static void mark_interrupt(void) {
    is_marked = true;
    rl_point = rl_end;
    rl_redisplay();
    fputs("^C", rl_outstream);
}

// What was typed while something else read the keyboard, to be read before all else.
static unsigned char *pushed;
static size_t pushed_count, pushed_place;

void muster_line_push(const unsigned char *bytes, size_t count) {
    const size_t left = pushed_count - pushed_place;
    unsigned char *all = malloc(left + count);
    if (!all) return;
    if (left) memcpy(all, pushed + pushed_place, left);
    if (count) memcpy(all + left, bytes, count);
    free(pushed);
    pushed = all;
    pushed_count = left + count;
    pushed_place = 0;
}

bool muster_line_signalled(void) { return rl_pending_signal() != 0; }

size_t muster_line_pushed(void) { return pushed_count - pushed_place; }

// Readline's own rl_getc goes back to waiting after a signal, whatever rl_signal_event_hook
// does; only what reads the byte can end the line without a jump out of a handler. READERR
// does so in every state, an unfinished search or paste included.
static int read_byte(FILE *stream) {
    if (pushed_place < pushed_count) {
        clear_suggestion();
        return pushed[pushed_place++];
    }
    const int input = fileno(stream);
    sigset_t held, usual;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGWINCH);
    sigaddset(&held, SIGTSTP);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    for (;;) {
        // Held back until ppoll lets them in: none can slip in between the look and the wait.
        pthread_sigmask(SIG_BLOCK, &held, &usual);
        int ready = -1;
        bool waiting = rl_pending_signal() != 0 || hooks.interrupted();
        if (!waiting) {
            struct pollfd wanted = {.fd = input, .events = POLLIN};
            ready = ppoll(&wanted, 1, NULL, &usual);
            waiting = ready < 0 && errno == EINTR;
        }
        pthread_sigmask(SIG_SETMASK, &usual, NULL);
        clear_suggestion();
        if (waiting) {
            const int pending = rl_pending_signal();
            // With a function of ours a changed window would not be drawn anew as a whole.
            rl_redisplay_function = rl_redisplay;
            rl_check_signals();
            rl_redisplay_function = redisplay;
            // Back from Ctrl-Z: the line stands above the shell's.
            if (pending == SIGTSTP) rl_forced_update_display();
            if (!hooks.interrupted()) {
                redisplay();
                continue;
            }
            if (!is_marked) mark_interrupt();
            return READERR;
        }
        if (ready < 0) return READERR;
        unsigned char byte;
        ssize_t count = read(input, &byte, 1);
        if (count == 1) return byte;
        if (count == 0) return EOF;
        if (errno != EINTR && errno != EAGAIN) return READERR;
    }
}

// With no word breaks readline hands over the whole line before the cursor as one word, and
// the completer decides where what it completes begins.
static char *no_word_breaks(void) { return ""; }

static char **attempt(const char *text, int start, int end) {
    (void)text;
    (void)start;
    rl_attempted_completion_over = 1;
    rl_completion_append_character = 0;
    return hooks.complete(rl_line_buffer, end);
}

static void show_candidates(char **matches, int count, int longest) {
    (void)matches;
    (void)count;
    (void)longest;
    int rows = 0, columns = 0;
    rl_get_screen_size(&rows, &columns);
    rl_crlf();
    fflush(rl_outstream);
    char *text = hooks.candidates(rows, columns);
    if (text) fputs(text, rl_outstream);
    free(text);
    rl_on_new_line();
    rl_forced_update_display();
}

static bool terminal_marks_pastes(void) {
    const char *terminal = getenv("TERM"), *setting = rl_variable_value("enable-bracketed-paste");
    return setting && strcmp(setting, "on") == 0 && terminal && strncmp(terminal, "linux", 5) != 0;
}

// In a terminal that does not mark pastes, a tab with more input right behind it comes from one:
// it is text.
static int complete_or_insert(int count, int key) {
    struct pollfd input = {.fd = fileno(rl_instream), .events = POLLIN};
    if (!terminal_marks_pastes() && poll(&input, 1, 0) > 0) return rl_insert(count, '\t');
    return rl_complete(count, key);
}

// Readline ends a line that it gives up with a line break in some terminals and not in others:
// never, so that muster_line_read can do it always.
static void leave_terminal(void) {
    rl_eof_found = 0;
    rl_deprep_terminal();
}

void muster_line_setup(const char *name, const muster_line_hooks *given) {
    hooks = *given;
    rl_readline_name = strdup(name);
    rl_change_environment = 0;
    rl_catch_signals = 1;
    rl_catch_sigwinch = 1;
    rl_instream = stdin;
    rl_outstream = isatty(STDOUT_FILENO) ? stdout : stderr;
    rl_getc_function = read_byte;
    rl_deprep_term_function = leave_terminal;
    rl_completion_word_break_hook = no_word_breaks;
    rl_completer_word_break_characters = "";
    rl_attempted_completion_function = attempt;
    rl_completion_display_matches_hook = show_candidates;
    rl_sort_completion_matches = 0;
    rl_variable_bind("enable-bracketed-paste", "on");
    rl_variable_bind("show-all-if-ambiguous", "on");
    rl_variable_bind("bell-style", "none");
    rl_variable_bind("echo-control-characters", "off");
    rl_add_defun("muster-complete", complete_or_insert, -1);
    // The user's inputrc is read here and has the last word on all of the above.
    rl_initialize();
    if (rl_function_of_keyseq("\t", NULL, NULL) == rl_complete)
        rl_bind_key('\t', complete_or_insert);
    rebind(rl_forward_char, forward_or_take);
    rebind(rl_end_of_line, end_or_take);
    // Only now: with a function of ours readline would not ask what the terminal can do.
    rl_redisplay_function = redisplay;
    using_history();
    history_write_timestamps = 1;
    history_comment_char = '#';
}

muster_line_outcome muster_line_read(const char *prompt, char **line) {
    // The window may have changed while a query ran.
    rl_reset_screen_size();
    is_marked = false;
    *line = readline(prompt);
    if (*line) return MUSTER_LINE;
    fputc('\n', rl_outstream);
    fflush(rl_outstream);
    return hooks.interrupted() ? MUSTER_LINE_INTERRUPTED : MUSTER_LINE_END;
}

void muster_history_add(const char *text) { add_history(text); }

void muster_history_drop(int index) {
    HIST_ENTRY *entry = remove_history(index);
    if (entry) free_history_entry(entry);
}

int muster_history_read(const char *path) {
    int fault = read_history(path);
    using_history();
    return fault;
}

int muster_history_append(const char *path) { return append_history(1, path); }

void muster_history_limit(int entries) { stifle_history(entries); }

int muster_history_count(void) { return history_length; }

const char *muster_history_entry(int index) {
    HIST_ENTRY *entry = history_get(history_base + index);
    return entry ? entry->line : NULL;
}

const char *muster_history_match(const char *beginning) {
    const size_t length = strlen(beginning);
    for (int index = history_length - 1; index >= 0; index--) {
        const char *line = muster_history_entry(index);
        if (line && strncmp(line, beginning, length) == 0 && line[length]
            && line[length] != '\n') return line;
    }
    return NULL;
}

void muster_terminal_size(int descriptor, int *rows, int *columns) {
    struct winsize size;
    *rows = *columns = 0;
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return;
    *rows = size.ws_row;
    *columns = size.ws_col;
}

void muster_on_interrupt(void (*handler)(int)) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
}

void muster_ignore_broken_pipes(void) { signal(SIGPIPE, SIG_IGN); }
