internal import Foundation
internal import GRDB
internal import LedgerStore
internal import Testing

@testable internal import LedgerStoreSQLite

@Suite("The file of a book")
struct BookFileTests {
    @Test("is for its owner only, and is found again")
    func createAndOpen() async throws {
        try await TemporaryBook.with { book in
            let head = try book.filled().head()
            for name in try FileManager.default.contentsOfDirectory(atPath: book.folder) {
                let path = book.folder + "/" + name
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            #expect(try SQLiteLedgerStore.open(at: book.path).head() == head)
            #expect(try SQLiteLedgerStore.openReadOnly(at: book.path).head() == head)
        }
    }

    @Test("is never overwritten")
    func exists() async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            #expect(throws: LedgerStoreError.exists) {
                try SQLiteLedgerStore.create(at: book.path)
            }
            #expect(try store.firstProjectionDifference() == nil)
        }
    }

    @Test("may be missing")
    func missing() async throws {
        try await TemporaryBook.with { book in
            #expect(throws: LedgerStoreError.missing) {
                try SQLiteLedgerStore.open(at: book.path)
            }
            #expect(throws: LedgerStoreError.missing) {
                try SQLiteLedgerStore.openReadOnly(at: book.path)
            }
            #expect(throws: LedgerStoreError.notWritable) {
                try SQLiteLedgerStore.create(at: book.folder + "/none/book.tonne")
            }
        }
    }

    @Test(
        "is told from other files",
        arguments: ["", "not a database, but long enough to look like one", "SQLite format 3\0"])
    func notABook(content: String) async throws {
        try await TemporaryBook.with { book in
            let padded = content.isEmpty ? Data() : Data(content.utf8) + Data(count: 4_096)
            try padded.write(to: URL(filePath: book.path))
            for isReading in [false, true] {
                let error = #expect(throws: LedgerStoreError.self) {
                    _ =
                        try isReading
                        ? SQLiteLedgerStore.openReadOnly(at: book.path)
                        : SQLiteLedgerStore.open(at: book.path)
                }
                guard case .notABook = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
            #expect(try Data(contentsOf: URL(filePath: book.path)) == padded)
        }
    }

    @Test("is told from a database of another program, which stays as it is")
    func foreignDatabase() async throws {
        try await TemporaryBook.with { book in
            let queue = try DatabaseQueue(path: book.path)
            try await queue.write {
                try $0.execute(sql: "CREATE TABLE t (a); INSERT INTO t VALUES (1)")
            }
            try queue.close()
            let before = try Data(contentsOf: URL(filePath: book.path))
            #expect(throws: LedgerStoreError.notABook("it is a database of another program")) {
                try SQLiteLedgerStore.open(at: book.path)
            }
            #expect(try Data(contentsOf: URL(filePath: book.path)) == before)
        }
    }

    @Test("of a later version is not touched")
    func laterVersion() async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            #expect(book.raw("PRAGMA user_version = 6") == nil)
            let error = #expect(throws: LedgerStoreError.self) {
                try SQLiteLedgerStore.open(at: book.path)
            }
            #expect(
                error == .notABook("its schema has version 6, this program reads 5"))
        }
    }

    @Test("cannot be a folder")
    func folder() async throws {
        try await TemporaryBook.with { book in
            #expect(throws: LedgerStoreError.notABook("it is no file")) {
                try SQLiteLedgerStore.open(at: book.folder)
            }
        }
    }

    @Test("is read but not appended to where it is opened for reading")
    func readOnly() async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            let reader = try SQLiteLedgerStore.openReadOnly(at: book.path)
            #expect(throws: LedgerStoreError.notWritable) {
                try reader.append(Sample.batch([Sample.genesis]))
            }
            #expect(try reader.firstProjectionDifference() == nil)
        }
    }

    @Test(
        "holds what every connection sets",
        arguments: [
            ("journal_mode", "wal"), ("synchronous", "2"), ("foreign_keys", "1"),
            ("recursive_triggers", "1"), ("trusted_schema", "0"), ("cell_size_check", "1"),
            ("busy_timeout", "1500"), ("application_id", "1953459822"), ("user_version", "5"),
            ("secure_delete", "1"),
        ])
    func pragmas(name: String, value: String) async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            let connection = BookConnection(
                file: BookFile(path: book.path), lockTimeout: .milliseconds(1_500))
            for queue in [try connection.openForWriting(), try connection.openForReading()] {
                let reading = try await queue.read { db in
                    try String.fetchOne(db, sql: "PRAGMA \(name)")
                }
                #expect(reading == value)
            }
        }
    }

    @Test("keeps what is beside it for its owner only while it is open")
    func logPermissions() async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            let names = try FileManager.default.contentsOfDirectory(atPath: book.folder)
            #expect(Set(names) == ["book.tonne", "book.tonne-wal", "book.tonne-shm"])
            for name in names {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: book.folder + "/" + name)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            try store.close()
        }
    }

    @Test("loads no extension, and its schema and shadow tables cannot be written")
    func hardened() async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            let connection = BookConnection(
                file: BookFile(path: book.path), lockTimeout: .milliseconds(1_500))
            for queue in [try connection.openForWriting(), try connection.openForReading()] {
                for sql in [
                    "SELECT load_extension('none')",
                    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql",
                ] {
                    #expect(throws: DatabaseError.self, "\(sql)") {
                        try queue.inDatabase { try $0.execute(sql: sql) }
                    }
                }
            }
        }
    }
}
