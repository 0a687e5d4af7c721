internal import CSQLite
internal import CZstd

/// All that a book states: every row of every table, read through the table and again through each
/// of its indexes, and the schema. It shares no code with the program.
enum BookDump {
    struct Unreadable: Error { let message: String }

    /// The statements that read it all, from a book that is sound.
    static func statements(of path: String) throws -> [String] {
        let tables = try read(
            path, ["SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"])
        let indexes = try read(
            path,
            [
                """
                SELECT 'SELECT ' || group_concat(x.name, ', ') || ' FROM ' || s.tbl_name
                    || ' INDEXED BY ' || s.name || ' ORDER BY ' || group_concat(x.name, ', ')
                FROM sqlite_schema s, pragma_index_info(s.name) x
                WHERE s.type = 'index' GROUP BY s.name ORDER BY s.name
                """
            ])
        return ["SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name"]
            + ["PRAGMA application_id", "PRAGMA user_version", "PRAGMA encoding"]
            + tables.map { "SELECT * FROM \($0)" } + indexes
    }

    /// Values as text, a line each; BLOBs as their hexadecimal digits.
    static func read(_ path: String, _ statements: [String]) throws -> [String] {
        var connection: OpaquePointer?
        defer { sqlite3_close_v2(connection) }
        let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        guard sqlite3_open_v2("file:\(path)?immutable=1", &connection, flags, nil) == SQLITE_OK
        else { throw Unreadable(message: "cannot be opened") }
        var values: [String] = []
        for sql in statements {
            var statement: OpaquePointer?
            defer { sqlite3_finalize(statement) }
            guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
                throw Unreadable(message: sql)
            }
            while true {
                let code = sqlite3_step(statement)
                if code == SQLITE_DONE { break }
                guard code == SQLITE_ROW else { throw Unreadable(message: sql) }
                values += (0..<sqlite3_column_count(statement)).map { value(statement, $0) }
            }
        }
        return values
    }

    private static func value(_ statement: OpaquePointer?, _ column: Int32) -> String {
        guard sqlite3_column_type(statement, column) == SQLITE_BLOB else {
            return sqlite3_column_text(statement, column).map { String(cString: $0) } ?? "NULL"
        }
        let count = Int(sqlite3_column_bytes(statement, column))
        guard count > 0, let bytes = sqlite3_column_blob(statement, column) else { return "" }
        let digits = Array("0123456789abcdef".utf8)
        let text = plain(UnsafeRawBufferPointer(start: bytes, count: count))
            .flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// What a frame of zstd (RFC 8878) holds: some of its bits say nothing. Others as they are.
    private static func plain(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        guard bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) else { return Array(bytes) }
        let largest = 1 << 20
        let plain = [UInt8](unsafeUninitializedCapacity: largest) { buffer, count in
            let written = ZSTD_decompress(
                buffer.baseAddress, largest, bytes.baseAddress, bytes.count)
            count = ZSTD_isError(written) == 0 ? written : 0
        }
        return plain.isEmpty ? Array(bytes) : plain
    }
}
