internal import CSQLite
internal import FoundationEssentials
internal import GRDB

/// Runs a statement of GRDB's connection through the C interface: for the rows of a batch, where
/// GRDB's preparation of each set of arguments would cost as much as SQLite's work.
enum RawExecution {
    /// - Parameter values: One for each parameter, in order.
    /// - Throws: `DatabaseError`, as GRDB does.
    static func run(_ statement: Statement, _ values: [ColumnValue], on db: Database) throws {
        let handle = statement.sqliteStatement
        sqlite3_reset(handle)
        for (index, value) in values.enumerated() {
            try check(bind(value, to: CInt(index + 1), of: handle), SQLITE_OK, statement, db)
        }
        let code = sqlite3_step(handle)
        defer { sqlite3_reset(handle) }
        try check(code, SQLITE_DONE, statement, db)
    }

    private static func bind(
        _ value: ColumnValue, to place: CInt, of handle: OpaquePointer
    ) -> CInt {
        switch value {
        case .null: return sqlite3_bind_null(handle, place)
        case .integer(let integer): return sqlite3_bind_int64(handle, place, Int64(integer))
        case .text(var text):
            return text.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    csqlite_bind_text(handle, place, $0.baseAddress, CInt($0.count))
                }
            }
        case .bytes(let bytes):
            return bytes.withUnsafeBytes {
                csqlite_bind_blob(handle, place, $0.baseAddress, CInt($0.count))
            }
        }
    }

    private static func check(
        _ code: CInt, _ expected: CInt, _ statement: Statement, _ db: Database
    ) throws {
        guard code != expected else { return }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: db.sqliteConnection.map { String(cString: sqlite3_errmsg($0)) },
            sql: statement.sql)
    }
}
