internal import CSQLite

/// A book as any program with SQLite sees it: no guard of ours, the pragmas that SQLite comes with.
package struct RawSQL {
    package struct Failure: Error {
        package let message: String
    }

    private let path: String

    package init(path: String) { self.path = path }

    /// Runs statements as the owner of the file can: the triggers are dropped before, and put
    /// back as they were, so that nothing of the schema gives the attack away.
    ///
    /// - Throws: `Failure` with the message of SQLite.
    package func runWithoutTriggers(_ statements: [String]) throws {
        let triggers = try rows(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        try run(
            ["PRAGMA ignore_check_constraints = ON"] + triggers.map { "DROP TRIGGER \($0[0])" }
                + statements + triggers.map { $0[1] })
    }

    /// - Throws: `Failure` with the message of SQLite.
    package func run(_ statements: [String]) throws {
        try withConnection { connection in
            for sql in statements {
                guard sqlite3_exec(connection, sql, nil, nil, nil) == SQLITE_OK else {
                    throw Failure(message: "\(String(cString: sqlite3_errmsg(connection))): \(sql)")
                }
            }
        }
    }

    /// All values as text; NULL is the empty text.
    ///
    /// - Throws: `Failure` with the message of SQLite.
    package func rows(_ sql: String) throws -> [[String]] {
        try withConnection { connection in
            var statement: OpaquePointer?
            defer { sqlite3_finalize(statement) }
            guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
                throw Failure(message: "\(String(cString: sqlite3_errmsg(connection))): \(sql)")
            }
            var rows: [[String]] = []
            while sqlite3_step(statement) == SQLITE_ROW {
                rows.append(
                    (0..<sqlite3_column_count(statement)).map { index in
                        sqlite3_column_text(statement, index).map { String(cString: $0) } ?? ""
                    })
            }
            return rows
        }
    }

    private func withConnection<Value>(_ work: (OpaquePointer) throws -> Value) throws -> Value {
        var connection: OpaquePointer?
        defer { sqlite3_close_v2(connection) }
        guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK,
            let connection
        else { throw Failure(message: "the book cannot be opened") }
        sqlite3_busy_timeout(connection, 5_000)
        return try work(connection)
    }
}
