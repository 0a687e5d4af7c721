internal import CSQLite
internal import Glibc
internal import LedgerStore

/// One SELECT that a user wrote, run on a raw handle that can do nothing else: opened read-only,
/// `query_only`, and with an authorizer that allows reading tables and calling functions.
///
/// GRDB's connections cannot serve for it, since GRDB needs their authorizer. All pointers of
/// SQLite stay in this file.
struct ReadOnlyQuery {
    let sql: String
    let rowLimit: Int
    let timeLimit: Duration

    /// Text and hexadecimal digits of one result, in bytes; also of one value.
    private static let sizeLimit = 64 << 20

    func run(
        on name: String
    ) throws(LedgerStoreError) -> (columns: [String], rows: [[String?]]) {
        let handle = try Handle(opening: name, deadline: Deadline(after: timeLimit))
        return try rows(of: handle.prepare(sql), on: handle)
    }

    private func rows(
        of statement: PreparedStatement, on handle: Handle
    ) throws(LedgerStoreError) -> (columns: [String], rows: [[String?]]) {
        let columns = statement.columns
        var rows: [[String?]] = []
        var size = 0
        while true {
            let code = statement.step()
            if code == SQLITE_DONE { return (columns, rows) }
            guard code == SQLITE_ROW else { throw handle.refusal(code) }
            guard rows.count < rowLimit else {
                throw .invalid("the query gives more than \(rowLimit) rows: add a LIMIT")
            }
            let row = statement.row
            size += row.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
            guard size <= Self.sizeLimit else {
                throw .invalid("the query gives more than \(Self.sizeLimit >> 20) MiB")
            }
            rows.append(row)
        }
    }

    /// When a statement is to be stopped. A class because SQLite keeps a pointer to it.
    private final class Deadline {
        let instant: ContinuousClock.Instant

        init(after limit: Duration) { instant = ContinuousClock.now + limit }
    }

    /// A class so that the connection is closed once, after its last statement.
    private final class Handle {
        private let connection: OpaquePointer
        /// Kept because SQLite holds it unretained.
        private let deadline: Deadline

        init(opening name: String, deadline: Deadline) throws(LedgerStoreError) {
            var pointer: OpaquePointer?
            let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_FULLMUTEX
            let code = sqlite3_open_v2(name, &pointer, flags, nil)
            guard code == SQLITE_OK, let pointer else {
                sqlite3_close_v2(pointer)
                throw LedgerStoreError(code: code, message: "the book cannot be opened to read")
            }
            connection = pointer
            self.deadline = deadline
            for setup in [
                sqlite3_busy_timeout(pointer, 5_000),
                sqlite3_exec(pointer, "PRAGMA query_only = ON", nil, nil, nil),
                sqlite3_exec(pointer, "PRAGMA trusted_schema = OFF", nil, nil, nil),
                sqlite3_exec(pointer, "PRAGMA temp_store = MEMORY", nil, nil, nil),
                csqlite_set_defensive(pointer), DecimalSum.register(on: pointer),
                sqlite3_set_authorizer(pointer, ReadOnlyQuery.authorizer, nil),
            ] where setup != SQLITE_OK {
                throw LedgerStoreError(code: setup, message: "the reader cannot be set up")
            }
            sqlite3_limit(pointer, SQLITE_LIMIT_LENGTH, Int32(ReadOnlyQuery.sizeLimit))
            sqlite3_limit(pointer, SQLITE_LIMIT_ATTACHED, 0)
            sqlite3_progress_handler(
                pointer, 10_000,
                { context in
                    guard let context else { return 1 }
                    let deadline = Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue()
                    return ContinuousClock.now < deadline.instant ? 0 : 1
                }, Unmanaged.passUnretained(deadline).toOpaque())
        }

        deinit { sqlite3_close_v2(connection) }

        /// - Throws: `invalid` unless there is exactly one statement, and one that only reads.
        func prepare(_ sql: String) throws(LedgerStoreError) -> PreparedStatement {
            guard !sql.utf8.contains(0) else { throw .invalid("the query holds a NUL") }
            var code = SQLITE_OK
            var pointers: [OpaquePointer?] = []
            sql.withCString { text in
                var rest: UnsafePointer<CChar>? = text
                while let next = rest, next.pointee != 0, pointers.count < 2, code == SQLITE_OK {
                    var pointer: OpaquePointer?
                    code = sqlite3_prepare_v2(connection, next, -1, &pointer, &rest)
                    if pointer != nil { pointers.append(pointer) }
                }
            }
            guard code == SQLITE_OK, pointers.count == 1, let pointer = pointers[0] else {
                for pointer in pointers { sqlite3_finalize(pointer) }
                guard code == SQLITE_OK else { throw refusal(code) }
                throw .invalid("a query is one statement")
            }
            return PreparedStatement(pointer: pointer, handle: self)
        }

        /// What a result code other than success means to the person who wrote the query.
        func refusal(_ code: Int32) -> LedgerStoreError {
            let message = String(cString: sqlite3_errmsg(connection))
            switch code & 0xff {
            case SQLITE_AUTH, SQLITE_READONLY, SQLITE_SCHEMA:
                return
                    .invalid("a query only reads tables: \(message)")
            case SQLITE_INTERRUPT: return .invalid("the query takes too long")
            case SQLITE_ERROR, SQLITE_RANGE, SQLITE_TOOBIG: return .invalid(message)
            case _: return LedgerStoreError(code: code, message: message)
            }
        }
    }

    /// Allows SELECT, reading columns, functions that stay within the database, and recursion.
    private static let authorizer:
        @convention(c) (
            UnsafeMutableRawPointer?, Int32, UnsafePointer<CChar>?, UnsafePointer<CChar>?,
            UnsafePointer<CChar>?, UnsafePointer<CChar>?
        ) -> Int32 = { _, action, _, name, _, _ in
            switch action {
            case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: return SQLITE_OK
            case SQLITE_FUNCTION:
                guard let name else { return SQLITE_DENY }
                let isDenied =
                    strcasecmp(name, "load_extension") == 0
                    || strcasecmp(name, "fts3_tokenizer") == 0
                return isDenied ? SQLITE_DENY : SQLITE_OK
            case _: return SQLITE_DENY
            }
        }

    /// A class so that the statement is finalised once.
    private final class PreparedStatement {
        private let pointer: OpaquePointer

        /// Kept open, with its deadline, for as long as the statement can run.
        private let handle: Handle

        init(pointer: OpaquePointer, handle: Handle) {
            self.pointer = pointer
            self.handle = handle
        }

        deinit { sqlite3_finalize(pointer) }

        var columns: [String] {
            (0..<sqlite3_column_count(pointer)).map { index in
                sqlite3_column_name(pointer, index).map { String(cString: $0) } ?? ""
            }
        }

        func step() -> Int32 { sqlite3_step(pointer) }

        var row: [String?] { (0..<sqlite3_column_count(pointer)).map(text) }

        private func text(at index: Int32) -> String? {
            switch sqlite3_column_type(pointer, index) {
            case SQLITE_NULL: return nil
            case SQLITE_BLOB:
                let count = Int(sqlite3_column_bytes(pointer, index))
                let bytes = UnsafeRawBufferPointer(
                    start: sqlite3_column_blob(pointer, index), count: count)
                return Hexadecimal.text(bytes)
            case _:
                return sqlite3_column_text(pointer, index).map { String(cString: $0) }
            }
        }
    }
}

private enum Hexadecimal {
    static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
