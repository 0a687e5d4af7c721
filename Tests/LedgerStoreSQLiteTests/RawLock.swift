internal import CSQLite

/// A connection that holds the write lock of a book.
final class RawLock {
    private let connection: OpaquePointer

    /// - Returns: `nil` if the lock is not to be had.
    init?(path: String) {
        var pointer: OpaquePointer?
        guard sqlite3_open_v2(path, &pointer, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK,
            let pointer,
            sqlite3_exec(pointer, "BEGIN IMMEDIATE", nil, nil, nil) == SQLITE_OK
        else { return nil }
        connection = pointer
    }

    func release() { sqlite3_exec(connection, "ROLLBACK", nil, nil, nil) }

    deinit { sqlite3_close_v2(connection) }
}
