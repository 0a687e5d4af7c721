internal import GRDB
internal import LedgerStore
internal import Schemas

/// Compares the tables, indexes and triggers of a book with those of `book.sql`: a guard that was
/// dropped is noticed.
enum SchemaComparison {
    struct Identity: Hashable, Sendable {
        let applicationID: Int64
        let version: Int64

        init(_ db: Database) throws {
            applicationID = try Int64.fetchOne(db, sql: "PRAGMA application_id") ?? 0
            version = try Int64.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        }
    }

    struct Reference: Sendable {
        let identity: Identity
        /// All that the schema says of each object, by type and name.
        let objects: [String: String]
    }

    /// How often the schema was changed, as SQLite counts.
    static func version(_ db: Database) throws -> Int? {
        try Int.fetchOne(db, sql: "PRAGMA schema_version")
    }

    /// What `book.sql` gives.
    static func reference() throws -> Reference { try known.get() }

    /// Made once: each opening of a book asks twice.
    private static let known = Result { try makeReference() }

    private static func makeReference() throws -> Reference {
        let queue = try DatabaseQueue()
        return try queue.writeWithoutTransaction { db in
            try db.execute(sql: BookSchema.sql)
            return Reference(identity: try Identity(db), objects: try objects(of: db))
        }
    }

    /// The first object in name order that is missing, added or changed; `nil` if none is.
    static func firstDifference(_ db: Database) throws -> String? {
        let expected = try reference().objects
        let stored = try objects(of: db)
        for name in Set(expected.keys).union(stored.keys).sorted() {
            if stored[name] == nil { return "schema: the \(name) is missing" }
            if expected[name] == nil { return "schema: the \(name) is not part of a book" }
            if stored[name] != expected[name] { return "schema: the \(name) was changed" }
        }
        return nil
    }

    /// Passed over: tables of Litestream, which replicates a book, and statistics of ANALYZE.
    ///
    /// Every column but the page is compared, with its type: SQLite itself looks at the text alone,
    /// and a flipped bit elsewhere would go unnoticed.
    private static func objects(of db: Database) throws -> [String: String] {
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT type || ' ' || name,
                    quote(type) || quote(name) || quote(tbl_name) || quote(sql)
                FROM sqlite_schema
                WHERE tbl_name NOT GLOB '_litestream_*' AND tbl_name NOT GLOB 'sqlite_stat*'
                """)
        return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
    }
}
