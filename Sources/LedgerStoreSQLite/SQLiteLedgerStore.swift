package import AuditTrail
internal import CSQLite
internal import GRDB
package import Hashing
package import Inventory
package import LedgerCore
package import LedgerStore

/// A book in one SQLite file. No type of the database and no SQL of a caller crosses it, except
/// by `query`, which reads on a connection of its own.
///
/// Copies share one connection, whose work is done one piece after the other.
package struct SQLiteLedgerStore: LedgerStore {
    /// As it was given.
    package let path: String
    package let isReadOnly: Bool
    private let queue: DatabaseQueue
    /// SQLite counts the changes of a schema; the one of this number was compared.
    private let schemaVersion: Int?

    private init(
        path: String, queue: DatabaseQueue, isReadOnly: Bool
    ) throws(LedgerStoreError) {
        self.path = path
        self.queue = queue
        self.isReadOnly = isReadOnly
        schemaVersion =
            try isReadOnly
            ? nil
            : LedgerStoreError.translating {
                try queue.read { try SchemaComparison.version($0) }
            }
    }

    /// Makes an empty book, readable and writable by its owner only (mode 0600).
    ///
    /// - Parameter lockTimeout: How long a write waits for another writer before `locked`.
    /// - Throws: `exists`, `notWritable`, `diskFull`.
    package static func create(
        at path: String, lockTimeout: Duration = .seconds(5)
    ) throws(LedgerStoreError) -> SQLiteLedgerStore {
        let file = BookFile(path: path)
        try file.create()
        do throws(LedgerStoreError) {
            try BookConnection(file: file, lockTimeout: lockTimeout).initialise()
            return try open(at: path, lockTimeout: lockTimeout)
        } catch {
            file.remove()
            throw error
        }
    }

    /// Opens a book for reading and appending.
    ///
    /// - Throws: `missing`, `notABook`, `notWritable`, `corrupt` if a table or guard of the
    ///   schema is missing or changed: `openReadOnly` still opens such a book.
    package static func open(
        at path: String, lockTimeout: Duration = .seconds(5)
    ) throws(LedgerStoreError) -> SQLiteLedgerStore {
        let file = BookFile(path: path)
        try file.check()
        let queue = try BookConnection(file: file, lockTimeout: lockTimeout).openForWriting()
        return try SQLiteLedgerStore(path: path, queue: queue, isReadOnly: false)
    }

    /// Opens a book for reading; an append throws `notWritable`.
    ///
    /// - Throws: `missing`, `notABook`.
    package static func openReadOnly(
        at path: String, lockTimeout: Duration = .seconds(5)
    ) throws(LedgerStoreError) -> SQLiteLedgerStore {
        let file = BookFile(path: path)
        try file.check()
        let queue = try BookConnection(file: file, lockTimeout: lockTimeout).openForReading()
        return try SQLiteLedgerStore(path: path, queue: queue, isReadOnly: true)
    }

    /// Copies a book into a new file (mode 0600) by the backup interface of SQLite, as of one
    /// moment, while others may write to it.
    ///
    /// - Throws: `missing`, `notABook`, `exists`, `diskFull`, `notWritable`. Nothing is left of a
    ///   copy that failed.
    package static func backup(
        of path: String, to copy: String, lockTimeout: Duration = .seconds(5)
    ) throws(LedgerStoreError) {
        try BookFile(path: path).check()
        let file = BookFile(path: copy)
        try file.create()
        do throws(LedgerStoreError) {
            let source = try BookConnection(file: BookFile(path: path), lockTimeout: lockTimeout)
                .openForReading()
            try LedgerStoreError.translating {
                let target = try DatabaseQueue(path: file.path)
                try source.backup(to: target)
                try target.close()
                try source.close()
            }
            try file.synchronise()
        } catch {
            file.remove()
            throw error
        }
    }

    /// Removes a copy that turned out to be none.
    package static func remove(_ copy: String) { BookFile(path: copy).remove() }

    /// Closes the connection; nothing can be asked afterwards.
    package func close() throws(LedgerStoreError) {
        try LedgerStoreError.translating { try queue.close() }
    }

    @discardableResult
    package func append(
        _ batch: RecordBatch, then next: () throws(LedgerStoreError) -> RecordBody?
    ) throws(LedgerStoreError) -> TreeHead {
        var erases = batch.bodies.contains { $0.kind == .erasure }
        let head = try writing { db in
            let preparation = try BatchPreparation(batch, after: StoredText.end(of: db))
            return try BatchWriter(db).write(
                batch.bodies,
                then: { () throws(LedgerStoreError) in
                    let body = try next()
                    if body?.kind == .erasure { erases = true }
                    return body
                }, preparation
            ).head
        }
        // The log beside the file holds what was erased until it is emptied. Where a reader keeps
        // it from that, it is emptied when the last connection closes.
        if erases {
            _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        }
        return head
    }

    /// A connection of its own: it sees the book as it was before.
    package func reader() throws(LedgerStoreError) -> any LedgerStore {
        try Self.openReadOnly(at: path)
    }

    package func head() throws(LedgerStoreError) -> TreeHead {
        try reading { try StoredText.end(of: $0).head }
    }

    package func records(
        _ selection: RecordSelection
    ) throws(LedgerStoreError) -> [StoredRecord] {
        try reading { try BookReader(db: $0).records(selection) }
    }

    package func readRecords(
        _ selection: RecordSelection, _ body: (LedgerRecord) -> Void
    ) throws(LedgerStoreError) {
        try reading { try BookReader(db: $0).readRecords(selection, body) }
    }

    package func trialBalance(
        in period: ReportingPeriod?
    ) throws(LedgerStoreError) -> TrialBalance {
        try reading { try BookReader(db: $0).trialBalance(in: period) }
    }

    package func entries(_ selection: EntrySelection) throws(LedgerStoreError) -> [BookedEntry] {
        try reading { try BookReader(db: $0).entries(selection) }
    }

    package func readEvidence(
        _ digest: SHA256Digest, _ body: ([UInt8]) -> Void
    ) throws(LedgerStoreError) -> Bool {
        try reading { try BookReader(db: $0).readEvidence(digest, body) }
    }

    package func chunk(_ digest: SHA256Digest) throws(LedgerStoreError) -> [UInt8]? {
        try reading { try BookReader(db: $0).chunk(digest) }
    }

    package func excerpt(
        _ commitment: SHA256Digest, of home: SHA256Digest
    ) throws(LedgerStoreError) -> ExcerptOpening? {
        try reading { try BookReader(db: $0).excerpt(commitment, of: home) }
    }

    package func readExcerpts(_ body: (ExcerptOpening) -> Void) throws(LedgerStoreError) {
        try reading { try BookReader(db: $0).readExcerpts(body) }
    }

    package func leafHashes() throws(LedgerStoreError) -> [SHA256Digest] {
        try reading { try BookReader(db: $0).leafHashes() }
    }

    package func checkpoints() throws(LedgerStoreError) -> [StoredCheckpoint] {
        try reading { try BookReader(db: $0).checkpoints() }
    }

    package func keep(
        _ checkpoint: StoredCheckpoint, after count: Int
    ) throws(LedgerStoreError) {
        try writing { try BatchWriter.keep(checkpoint, after: count, in: $0) }
    }

    package func recordBytes(_ numbers: Range<Int>) throws(LedgerStoreError) -> [[UInt8]] {
        try reading { try BookReader(db: $0).recordBytes(numbers) }
    }

    package func entryCounts(
        in period: ReportingPeriod, from first: RecordNumber
    ) throws(LedgerStoreError) -> [String: Int] {
        try reading { try BookReader(db: $0).entryCounts(in: period, from: first) }
    }

    package func factorTurnovers(
        _ rules: Set<String>, in period: ReportingPeriod
    ) throws(LedgerStoreError) -> [FactorTurnover] {
        try reading { try BookReader(db: $0).factorTurnovers(rules, in: period) }
    }

    package func firstProjectionDifference() throws(LedgerStoreError) -> String? {
        try reading { try ProjectionCheck(db: $0).firstDifference() }
    }

    /// Reads on a connection of its own, so that others can ask meanwhile.
    package func projectionDifference(
        from leaves: [HashedRecord], documents: [SHA256Digest: Int]
    ) throws(LedgerStoreError) -> String? {
        let connection = BookConnection(file: BookFile(path: path), lockTimeout: .seconds(5))
        let reader = try connection.openForReading()
        return try LedgerStoreError.translating {
            defer { try? reader.close() }
            return try reader.read {
                try ProjectionCheck(db: $0).firstDifference(from: leaves, documents: documents)
            }
        }
    }

    /// Runs one SELECT on a connection that can only read.
    ///
    /// - Parameters:
    ///   - rowLimit: A result with more rows is refused, never cut.
    ///   - timeLimit: A statement that takes longer is stopped.
    /// - Returns: NULL as `nil`, BLOBs in hexadecimal digits, all else as its text.
    /// - Throws: `invalid` with the reason for a statement that is refused.
    package func query(
        _ sql: String, rowLimit: Int, timeLimit: Duration = .seconds(10)
    ) throws(LedgerStoreError) -> (columns: [String], rows: [[String?]]) {
        let query = ReadOnlyQuery(sql: sql, rowLimit: rowLimit, timeLimit: timeLimit)
        return try query.run(on: BookFile(path: path).nameForReading)
    }

    /// One transaction, whole or not at all.
    ///
    /// - Throws: `corrupt` where a guard or a table was changed while the book was open.
    private func writing<Result>(
        _ work: (Database) throws -> Result
    ) throws(LedgerStoreError) -> Result {
        guard !isReadOnly else { throw .notWritable }
        return try LedgerStoreError.translating(systemError: { systemError }) {
            // GRDB begins the transaction of a write as BEGIN IMMEDIATE.
            try queue.write { db in
                if try SchemaComparison.version(db) != schemaVersion,
                    let difference = try SchemaComparison.firstDifference(db)
                {
                    throw LedgerStoreError.corrupt(difference)
                }
                return try work(db)
            }
        }
    }

    /// All reads of one call see one state of the book.
    ///
    /// GRDB's own read forbids writes by a PRAGMA before and after it, and each makes SQLite
    /// prepare all its statements anew; what is asked here is SELECT alone.
    private func reading<Result>(
        _ work: (Database) throws -> Result
    ) throws(LedgerStoreError) -> Result {
        try LedgerStoreError.translating {
            try queue.inDatabase { db in
                var result: Result?
                try db.inTransaction(.deferred) {
                    result = try work(db)
                    return .commit
                }
                guard let result else {
                    preconditionFailure("A transaction that ended well has a result.")
                }
                return result
            }
        }
    }

    /// The `errno` behind the last input or output error of the connection.
    private var systemError: Int32 {
        queue.writeWithoutTransaction { db in db.sqliteConnection.map(csqlite_last_errno) ?? 0 }
    }
}
