#pragma once
#include <sqlite3.h>

// Variadic functions and cast macros of SQLite are not imported into Swift.

/// Forbids writes that could damage the file by plain SQL, such as `PRAGMA writable_schema`.
static inline int csqlite_set_defensive(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

static inline int csqlite_is_defensive(sqlite3 *connection) {
    int on = 0;
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, -1, &on);
    return on;
}

/// Gives text to SQLite, which copies it.
static inline void csqlite_result_text(sqlite3_context *context, const char *text, int count) {
    sqlite3_result_text(context, text, count, SQLITE_TRANSIENT);
}

/// Binds text, which SQLite copies; an empty one is no NULL.
static inline int csqlite_bind_text(
    sqlite3_stmt *statement, int place, const char *text, int count) {
    return sqlite3_bind_text(statement, place, text ? text : "", count, SQLITE_TRANSIENT);
}

/// Binds bytes, which SQLite copies; none are an empty BLOB, no NULL.
static inline int csqlite_bind_blob(
    sqlite3_stmt *statement, int place, const void *bytes, int count) {
    return sqlite3_bind_blob(statement, place, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

/// The `errno` of the last failure to read or write the log or the file of the main database; 0 if
/// there was none. `sqlite3_system_errno` stays 0 when a write at COMMIT fails.
static inline int csqlite_last_errno(sqlite3 *connection) {
    sqlite3_file *log = 0;
    int error = 0;
    if (sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK
        && log && log->pMethods) {
        log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &error);
    }
    if (!error) sqlite3_file_control(connection, "main", SQLITE_FCNTL_LAST_ERRNO, &error);
    return error;
}
