#ifndef MUSTER_CPOSTGRES_H
#define MUSTER_CPOSTGRES_H
#include <stdbool.h>
#include <stdint.h>

// PostgreSQL's client library behind functions of the same meaning (its manual, "libpq"). It is
// opened when `muster_pq_open` is called and not before: whoever does not ask for a database needs
// neither the library nor the time that it takes to load.

typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
typedef struct pg_cancel PGcancel;

/// Opens the library of that name. NULL where it is open, else why it is not; the text is kept
/// until the next call. Nothing else here may be called before.
const char *muster_pq_open(const char *name);

enum { MUSTER_PQ_POLL_FAILED = 0, MUSTER_PQ_POLL_READING = 1, MUSTER_PQ_POLL_WRITING = 2,
       MUSTER_PQ_POLL_OK = 3 };
enum { MUSTER_PQ_COMMAND_OK = 1, MUSTER_PQ_TUPLES_OK = 2, MUSTER_PQ_COPY_OUT = 3,
       MUSTER_PQ_COPY_IN = 4, MUSTER_PQ_FATAL_ERROR = 7 };

/// Begins to connect to what a URL names; the other settings go before what it says. Errors of
/// connecting bear their SQLSTATE ("FATAL:  28P01: …"). NULL where there is no memory.
PGconn *muster_pq_start(const char *url, const char *application);
int muster_pq_poll(PGconn *connection);
/// From here on messages are plain, and notices go nowhere.
void muster_pq_settle(PGconn *connection);
/// What a URL sets: the value of a keyword, which the caller frees; NULL where it sets none.
/// `is_sound` is false where it is no URL.
char *muster_pq_url_value(const char *url, const char *keyword, bool *is_sound);
void muster_pq_finish(PGconn *connection);
bool muster_pq_is_bad(PGconn *connection);
int muster_pq_socket(PGconn *connection);
const char *muster_pq_error(PGconn *connection);
bool muster_pq_needs_password(PGconn *connection);
int muster_pq_version(PGconn *connection);
const char *muster_pq_parameter(PGconn *connection, const char *name);

/// Sends a statement with its values as texts (NULL for none) of the types with these numbers;
/// the result comes in binary form.
bool muster_pq_send(PGconn *connection, const char *statement, int count, const uint32_t *types,
                    const char *const *values);
int muster_pq_flush(PGconn *connection);
bool muster_pq_consume(PGconn *connection);
bool muster_pq_is_busy(PGconn *connection);
PGresult *muster_pq_result(PGconn *connection);
/// Asks the server to give up what it is doing.
bool muster_pq_cancel(PGconn *connection);
bool muster_pq_put_copy(PGconn *connection, const uint8_t *bytes, int count);
/// Ends a copy: well, or as failed where a reason is given.
bool muster_pq_end_copy(PGconn *connection, const char *reason);

int muster_pq_result_status(const PGresult *result);
/// SQLSTATE is 'C', the message 'M'; NULL where there is none.
const char *muster_pq_result_field(const PGresult *result, char field);
int muster_pq_row_count(const PGresult *result);
int muster_pq_column_count(const PGresult *result);
uint32_t muster_pq_column_type(const PGresult *result, int column);
/// A value's bytes; NULL for none.
const uint8_t *muster_pq_value(const PGresult *result, int row, int column, int *count);
void muster_pq_clear(PGresult *result);

#endif
