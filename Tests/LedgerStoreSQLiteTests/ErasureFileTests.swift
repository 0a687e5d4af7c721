internal import AuditTrail
internal import Foundation
internal import Hashing
internal import LedgerStore
internal import LedgerStoreSQLite
internal import TestSupport
internal import Testing

@Suite("The file of a book with an erased document")
struct ErasureFileTests {
    /// Three parts of a document that does not compress, so that its bytes stand in the file.
    private let document: [UInt8] = {
        var random = SplitMix64(seed: 17)
        return random.bytes(5 << 19)
    }()

    private func holds(_ piece: ArraySlice<UInt8>, _ files: [String]) throws -> Bool {
        try files.contains { path in
            guard FileManager.default.fileExists(atPath: path) else { return false }
            return try Data(contentsOf: URL(filePath: path)).range(of: Data(piece)) != nil
        }
    }

    @Test("holds none of its bytes, in the book or in the log beside it")
    func overwritten() async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            try store.append(Sample.batch([], evidence: [document]))
            let files = [book.path, book.path + "-wal", book.path + "-shm"]
            let pieces = stride(from: 0, to: document.count, by: 1 << 18).map {
                document[$0..<($0 + 64)]
            }
            #expect(try pieces.allSatisfy { try holds($0, files) })
            let erasure = Erasure(
                document: SHA256Digest(hashing: document), basis: "GDPR Art. 17", reason: "asked")
            try store.append(Sample.batch([.erasure(erasure)]))
            #expect(try !pieces.contains { try holds($0, files) })
            #expect(try store.firstProjectionDifference() == nil)
            try store.close()
            #expect(try !pieces.contains { try holds($0, files) })
        }
    }

    @Test(
        "guards documents that no record erases",
        arguments: [
            "DELETE FROM evidence_part", "DELETE FROM evidence", "DELETE FROM excerpt",
            "INSERT INTO erasure SELECT 0, sha256 FROM evidence",
            "INSERT INTO erasure SELECT max(record.number), evidence.sha256 FROM record, evidence",
        ])
    func guarded(sql: String) async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            let message = try #require(book.raw(sql))
            #expect(message.contains("append-only") || message.contains("only for its record"))
        }
    }

    /// What is left of the table without the guards.
    @Test("is found out where the table of erasures is not that of the records")
    func forged() async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            #expect(book.raw("DROP TRIGGER erasure_insert") == nil)
            #expect(book.raw("INSERT INTO erasure SELECT 1, sha256 FROM evidence") == nil)
            let store = try SQLiteLedgerStore.openReadOnly(at: book.path)
            #expect(try store.firstProjectionDifference() != nil)
        }
    }
}
