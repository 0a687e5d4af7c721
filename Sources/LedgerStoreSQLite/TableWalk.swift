internal import CSQLite
internal import GRDB
internal import Glibc
internal import Hashing
internal import LedgerStore

/// Goes through a projected table by key and compares each row with the one that is expected.
///
/// It reads through the C interface of SQLite, on the connection of GRDB, so that a row which is
/// as expected is not copied. A class because it moves on and owns the statement, which `deinit`
/// releases; the pointer does not leave this file.
final class TableWalk {
    private let table: ProjectedTable
    private let statement: OpaquePointer

    init(_ db: Database, _ table: ProjectedTable) throws {
        var statement: OpaquePointer?
        guard let connection = db.sqliteConnection else {
            throw LedgerStoreError.failed("the connection is closed")
        }
        let code = sqlite3_prepare_v2(connection, table.selection, -1, &statement, nil)
        guard code == SQLITE_OK, let statement else {
            throw LedgerStoreError(code: code, message: "reading '\(table.name)'")
        }
        self.table = table
        self.statement = statement
    }

    deinit { sqlite3_finalize(statement) }

    /// - Returns: In words how the next stored row differs from `expected`; `nil` if it does not.
    func difference(expecting expected: [ColumnValue]) throws -> String? {
        guard try step() else { return "\(name(of: expected)): the row is missing" }
        guard let place = expected.indices.first(where: { !holds(expected[$0], at: Int32($0)) })
        else { return nil }
        let stored = row()
        guard place >= table.keyCount else {
            return "\(name(of: expected)): the table has '\(name(of: stored))' in its place"
        }
        let column = table.columns[place]
        let (found, wanted) = (Self.words(stored[place]), Self.words(expected[place]))
        return "\(name(of: expected)): \(column) is stored as '\(found)', "
            + "computed from the records it is '\(wanted)'"
    }

    /// - Returns: In words a stored row that nothing accounts for; `nil` at the end of the table.
    func surplus() throws -> String? {
        try step() ? "\(name(of: row())): no record accounts for the row" : nil
    }

    private func step() throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw LedgerStoreError(code: code, message: "reading '\(table.name)'")
        }
    }

    /// Texts are compared byte by byte, so that no two are taken for one.
    private func holds(_ value: ColumnValue, at column: Int32) -> Bool {
        let type = sqlite3_column_type(statement, column)
        switch value {
        case .null: return type == SQLITE_NULL
        case .integer(let number):
            return type == SQLITE_INTEGER
                && sqlite3_column_int64(statement, column) == Int64(number)
        case .text(var text):
            return type == SQLITE_TEXT
                && text.withUTF8 { holds(UnsafeRawBufferPointer($0), at: column) }
        case .bytes(let bytes):
            return type == SQLITE_BLOB && bytes.withUnsafeBytes { holds($0, at: column) }
        }
    }

    private func holds(_ bytes: UnsafeRawBufferPointer, at column: Int32) -> Bool {
        let stored = sqlite3_column_blob(statement, column)
        guard sqlite3_column_bytes(statement, column) == bytes.count else { return false }
        guard let stored, let start = bytes.baseAddress, bytes.count > 0 else {
            return bytes.isEmpty
        }
        return memcmp(stored, start, bytes.count) == 0
    }

    /// The stored row; text that is no UTF-8 is repaired, for a message.
    private func row() -> [ColumnValue] {
        (0..<Int32(table.columns.count)).map { column in
            switch sqlite3_column_type(statement, column) {
            case SQLITE_INTEGER: .integer(Int(sqlite3_column_int64(statement, column)))
            case SQLITE_NULL: .null
            case SQLITE_TEXT: .text(String(decoding: bytes(at: column), as: UTF8.self))
            case _: .bytes(Array(bytes(at: column)))
            }
        }
    }

    private func bytes(at column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(
            start: start, count: start == nil ? 0 : Int(sqlite3_column_bytes(statement, column)))
    }

    /// The table and the key of a row.
    private func name(of row: [ColumnValue]) -> String {
        let key = row.prefix(table.keyCount).map(Self.words)
        return "\(table.name) \(key.joined(separator: " "))"
    }

    private static func words(_ value: ColumnValue) -> String {
        switch value {
        case .null: return "nothing"
        case .integer(let number): return String(number)
        case .text(let text): return text
        case .bytes(let bytes):
            return SHA256Digest(bytes: bytes)?.hexadecimal ?? "\(bytes.count) bytes"
        }
    }
}
