internal import FoundationEssentials
internal import GRDB
internal import Hashing

/// Goes through a projected table by key and compares each row with the one that is expected.
///
/// A class because its cursor moves on.
final class TableWalk {
    private let table: ProjectedTable
    private let rows: RowCursor

    init(_ db: Database, _ table: ProjectedTable) throws {
        self.table = table
        rows = try Row.fetchCursor(db, sql: table.selection)
    }

    /// The next stored row; text as its bytes.
    func next() throws -> [DatabaseValue]? {
        try rows.next().map { row in Array(row.databaseValues) }
    }

    /// - Returns: In words how the next stored row differs from `expected`; `nil` if it does not.
    func difference(expecting expected: [DatabaseValue]) throws -> String? {
        guard let stored = try next() else { return "\(name(of: expected)): the row is missing" }
        return difference(stored: stored, expected: expected)
    }

    func difference(stored: [DatabaseValue], expected: [DatabaseValue]) -> String? {
        let key = expected.prefix(table.keyCount).map(\.textAsBytes)
        guard stored.prefix(table.keyCount).elementsEqual(key) else {
            return "\(name(of: expected)): the table has '\(name(of: stored))' in its place"
        }
        for (column, (found, wanted)) in zip(table.columns, zip(stored, expected))
        where found != wanted.textAsBytes {
            return "\(name(of: expected)): \(column.name) is stored as "
                + "'\(Self.words(found, column.type))', "
                + "computed from the records it is '\(Self.words(wanted, column.type))'"
        }
        return nil
    }

    /// - Returns: In words a stored row that nothing accounts for; `nil` at the end of the table.
    func surplus() throws -> String? {
        guard let stored = try next() else { return nil }
        return "\(name(of: stored)): no record accounts for the row"
    }

    /// The table and the key of a row.
    private func name(of row: [DatabaseValue]) -> String {
        let key = zip(table.columns, row).prefix(table.keyCount).map { column, value in
            Self.words(value, column.type)
        }
        return "\(table.name) \(key.joined(separator: " "))"
    }

    private static func words(_ value: DatabaseValue, _ type: ProjectedTable.ColumnType) -> String {
        switch value.storage {
        case .null: return "nothing"
        case .int64(let number): return String(number)
        case .double(let number): return "\(number)"
        case .string(let text): return text
        case .blob(let data):
            guard type != .text else { return String(decoding: data, as: UTF8.self) }
            let digest = SHA256Digest(bytes: [UInt8](data))
            return digest?.hexadecimal ?? "\(data.count) bytes"
        }
    }
}

extension DatabaseValue {
    /// Text as a BLOB, for a comparison byte by byte.
    fileprivate var textAsBytes: DatabaseValue {
        guard case .string(let text) = storage else { return self }
        return Array(text.utf8).databaseBlob
    }
}
