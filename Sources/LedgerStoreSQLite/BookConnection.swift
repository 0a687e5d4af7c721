internal import CSQLite
internal import GRDB
internal import LedgerStore
internal import Schemas

/// How the product connects to a book: settings, and the proof that they hold.
///
/// GRDB needs the authorizer of its connections for itself, so that DDL is not denied on them.
/// Instead no SQL of a caller reaches one, `DEFENSIVE` is on, and a writer compares the schema
/// before it writes. SQL of users runs on a handle of its own: see `ReadOnlyQuery`.
struct BookConnection {
    let file: BookFile
    let lockTimeout: Duration

    /// Writes the schema into an empty file.
    func initialise() throws(LedgerStoreError) {
        try LedgerStoreError.translating {
            let queue = try DatabaseQueue(path: file.path, configuration: Configuration())
            try queue.write { try $0.execute(sql: BookSchema.sql) }
            try queue.close()
        }
    }

    /// A connection that may write.
    ///
    /// - Throws: `notABook`, `notWritable`, `corrupt` if the schema is not that of `book.sql`.
    func openForWriting() throws(LedgerStoreError) -> DatabaseQueue {
        var configuration = self.configuration
        configuration.prepareDatabase { db in
            try Self.checkIdentity(db)
            guard let connection = db.sqliteConnection,
                sqlite3_db_readonly(connection, "main") == 0
            else {
                throw LedgerStoreError.notWritable
            }
            try Self.apply(Self.writerSettings + Self.settings, to: db)
            if let difference = try SchemaComparison.firstDifference(db) {
                throw LedgerStoreError.corrupt(difference)
            }
        }
        return try open(file.path, configuration)
    }

    /// A connection that only reads.
    func openForReading() throws(LedgerStoreError) -> DatabaseQueue {
        var configuration = self.configuration
        configuration.readonly = true
        configuration.prepareDatabase { db in
            try Self.checkIdentity(db)
            try Self.apply(Self.settings, to: db)
        }
        return try open(file.nameForReading, configuration)
    }

    private var configuration: Configuration {
        var configuration = Configuration()
        let (seconds, attoseconds) = lockTimeout.components
        let milliseconds = Int128(seconds) * 1_000 + Int128(attoseconds) / 1_000_000_000_000_000
        configuration.prepareDatabase { db in
            guard let connection = db.sqliteConnection else {
                throw LedgerStoreError.failed("the connection is closed")
            }
            sqlite3_busy_timeout(connection, Int32(clamping: milliseconds))
            try Self.check(DecimalSum.register(on: connection), "decimal_sum")
            try Self.check(csqlite_set_defensive(connection), "DEFENSIVE")
            guard csqlite_is_defensive(connection) == 1 else {
                throw LedgerStoreError.failed("DEFENSIVE is off")
            }
        }
        return configuration
    }

    private func open(
        _ name: String, _ configuration: Configuration
    ) throws(LedgerStoreError) -> DatabaseQueue {
        try LedgerStoreError.translating {
            try DatabaseQueue(path: name, configuration: configuration)
        }
    }

    /// A setting, and what it reads as when it holds.
    private struct Setting {
        let name: String
        let value: String
        let reading: String
    }

    private static let writerSettings = [
        Setting(name: "journal_mode", value: "WAL", reading: "wal"),
        // What is erased must not be found in the file.
        Setting(name: "secure_delete", value: "ON", reading: "1"),
        // A statement that a trigger may refuse notes the pages it changes, in a file unless told
        // otherwise: that was 22 writes an entry.
        Setting(name: "temp_store", value: "MEMORY", reading: "2"),
    ]
    private static let settings = [
        Setting(name: "synchronous", value: "FULL", reading: "2"),
        Setting(name: "foreign_keys", value: "ON", reading: "1"),
        Setting(name: "recursive_triggers", value: "ON", reading: "1"),
        Setting(name: "trusted_schema", value: "OFF", reading: "0"),
        Setting(name: "cell_size_check", value: "ON", reading: "1"),
    ]

    private static func apply(_ settings: [Setting], to db: Database) throws {
        for setting in settings {
            try db.execute(sql: "PRAGMA \(setting.name) = \(setting.value)")
            let reading = try String.fetchOne(db, sql: "PRAGMA \(setting.name)")
            guard reading == setting.reading else {
                throw LedgerStoreError.failed(
                    "PRAGMA \(setting.name) is '\(reading ?? "")', not '\(setting.reading)'")
            }
        }
    }

    /// Looks who the file says it is, before anything is written to it.
    private static func checkIdentity(_ db: Database) throws {
        let reference = try SchemaComparison.reference()
        let identity = try SchemaComparison.Identity(db)
        guard identity.applicationID == reference.identity.applicationID else {
            throw LedgerStoreError.notABook("it is a database of another program")
        }
        guard identity.version == reference.identity.version else {
            throw LedgerStoreError.notABook(
                "its schema has version \(identity.version), "
                    + "this program reads \(reference.identity.version)")
        }
    }

    private static func check(_ code: Int32, _ what: String) throws {
        guard code == SQLITE_OK else { throw LedgerStoreError(code: code, message: what) }
    }
}
