#include "CPostgres.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char *keyword, *variable, *compiled, *value, *label, *character;
    int size;
} Option;

// Declared as libpq-fe.h does; nothing of it has changed since version 9.
#define FUNCTIONS(X) \
    X(PGconn *, PQconnectStartParams, (const char *const *, const char *const *, int)) \
    X(int, PQconnectPoll, (PGconn *)) \
    X(int, PQsetErrorVerbosity, (PGconn *, int)) \
    X(void *, PQsetNoticeProcessor, (PGconn *, void (*)(void *, const char *), void *)) \
    X(Option *, PQconninfoParse, (const char *, char **)) \
    X(void, PQconninfoFree, (Option *)) \
    X(void, PQfreemem, (void *)) \
    X(void, PQfinish, (PGconn *)) \
    X(int, PQstatus, (const PGconn *)) \
    X(int, PQsocket, (const PGconn *)) \
    X(char *, PQerrorMessage, (const PGconn *)) \
    X(int, PQconnectionNeedsPassword, (const PGconn *)) \
    X(int, PQserverVersion, (const PGconn *)) \
    X(const char *, PQparameterStatus, (const PGconn *, const char *)) \
    X(int, PQsendQueryParams, (PGconn *, const char *, int, const uint32_t *, \
                               const char *const *, const int *, const int *, int)) \
    X(int, PQflush, (PGconn *)) \
    X(int, PQconsumeInput, (PGconn *)) \
    X(int, PQisBusy, (PGconn *)) \
    X(PGresult *, PQgetResult, (PGconn *)) \
    X(PGcancel *, PQgetCancel, (PGconn *)) \
    X(int, PQcancel, (PGcancel *, char *, int)) \
    X(void, PQfreeCancel, (PGcancel *)) \
    X(int, PQputCopyData, (PGconn *, const char *, int)) \
    X(int, PQputCopyEnd, (PGconn *, const char *)) \
    X(int, PQresultStatus, (const PGresult *)) \
    X(char *, PQresultErrorField, (const PGresult *, int)) \
    X(int, PQntuples, (const PGresult *)) \
    X(int, PQnfields, (const PGresult *)) \
    X(uint32_t, PQftype, (const PGresult *, int)) \
    X(int, PQgetisnull, (const PGresult *, int, int)) \
    X(int, PQgetlength, (const PGresult *, int, int)) \
    X(char *, PQgetvalue, (const PGresult *, int, int)) \
    X(void, PQclear, (PGresult *))

#define POINTER(type, name, arguments) type (*name) arguments;
static struct { FUNCTIONS(POINTER) } pq;
static pthread_mutex_t opening = PTHREAD_MUTEX_INITIALIZER;

const char *muster_pq_open(const char *name) {
    static char fault[300];
    const char *said = NULL;
    pthread_mutex_lock(&opening);
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        said = dlerror();
    } else if (pq.PQclear == NULL) {
#define FIND(type, function, arguments) \
        if (said == NULL && (*(void **)&pq.function = dlsym(library, #function)) == NULL) \
            said = dlerror();
        FUNCTIONS(FIND)
        if (said != NULL) memset(&pq, 0, sizeof pq);
    }
    if (said != NULL) {
        snprintf(fault, sizeof fault, "%s", said);
        said = fault;
    }
    pthread_mutex_unlock(&opening);
    return said;
}

static void ignore(void *unused, const char *message) {
    (void)unused;
    (void)message;
}

PGconn *muster_pq_start(const char *url, const char *application) {
    // What stands behind the URL goes before what it says.
    const char *keywords[] = {"fallback_application_name", "dbname", "client_encoding", NULL};
    const char *values[] = {application, url, "UTF8", NULL};
    PGconn *connection = pq.PQconnectStartParams(keywords, values, 1);
    if (connection != NULL) {
        pq.PQsetErrorVerbosity(connection, 2);
        pq.PQsetNoticeProcessor(connection, ignore, NULL);
    }
    return connection;
}

int muster_pq_poll(PGconn *connection) { return pq.PQconnectPoll(connection); }

void muster_pq_settle(PGconn *connection) { pq.PQsetErrorVerbosity(connection, 1); }

char *muster_pq_url_value(const char *url, const char *keyword, bool *is_sound) {
    char *said = NULL, *found = NULL;
    Option *options = pq.PQconninfoParse(url, &said);
    *is_sound = options != NULL;
    for (Option *option = options; option != NULL && option->keyword != NULL; option++)
        if (strcmp(option->keyword, keyword) == 0 && option->value != NULL)
            found = strdup(option->value);
    if (options != NULL) pq.PQconninfoFree(options);
    if (said != NULL) pq.PQfreemem(said);
    return found;
}

void muster_pq_finish(PGconn *connection) { pq.PQfinish(connection); }

bool muster_pq_is_bad(PGconn *connection) { return pq.PQstatus(connection) == 1; }

int muster_pq_socket(PGconn *connection) { return pq.PQsocket(connection); }

const char *muster_pq_error(PGconn *connection) { return pq.PQerrorMessage(connection); }

bool muster_pq_needs_password(PGconn *connection) {
    return pq.PQconnectionNeedsPassword(connection) != 0;
}

int muster_pq_version(PGconn *connection) { return pq.PQserverVersion(connection); }

const char *muster_pq_parameter(PGconn *connection, const char *name) {
    return pq.PQparameterStatus(connection, name);
}

bool muster_pq_send(PGconn *connection, const char *statement, int count, const uint32_t *types,
                    const char *const *values) {
    return pq.PQsendQueryParams(connection, statement, count, types, values, NULL, NULL, 1) != 0;
}

int muster_pq_flush(PGconn *connection) { return pq.PQflush(connection); }

bool muster_pq_consume(PGconn *connection) { return pq.PQconsumeInput(connection) != 0; }

bool muster_pq_is_busy(PGconn *connection) { return pq.PQisBusy(connection) != 0; }

PGresult *muster_pq_result(PGconn *connection) { return pq.PQgetResult(connection); }

bool muster_pq_cancel(PGconn *connection) {
    PGcancel *cancel = pq.PQgetCancel(connection);
    if (cancel == NULL) return false;
    char fault[256];
    bool is_asked = pq.PQcancel(cancel, fault, sizeof fault) != 0;
    pq.PQfreeCancel(cancel);
    return is_asked;
}

bool muster_pq_put_copy(PGconn *connection, const uint8_t *bytes, int count) {
    return pq.PQputCopyData(connection, (const char *)bytes, count) == 1;
}

bool muster_pq_end_copy(PGconn *connection, const char *reason) {
    return pq.PQputCopyEnd(connection, reason) == 1;
}

int muster_pq_result_status(const PGresult *result) { return pq.PQresultStatus(result); }

const char *muster_pq_result_field(const PGresult *result, char field) {
    return pq.PQresultErrorField(result, field);
}

int muster_pq_row_count(const PGresult *result) { return pq.PQntuples(result); }

int muster_pq_column_count(const PGresult *result) { return pq.PQnfields(result); }

uint32_t muster_pq_column_type(const PGresult *result, int column) {
    return pq.PQftype(result, column);
}

const uint8_t *muster_pq_value(const PGresult *result, int row, int column, int *count) {
    if (pq.PQgetisnull(result, row, column)) return NULL;
    *count = pq.PQgetlength(result, row, column);
    return (const uint8_t *)pq.PQgetvalue(result, row, column);
}

void muster_pq_clear(PGresult *result) { pq.PQclear(result); }
