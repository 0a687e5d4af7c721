internal import Hashing
internal import LedgerStore
internal import LedgerStoreSQLite
internal import TestSupport
internal import Testing

@Suite("The parts of a document in a book")
struct EvidencePartTests {
    /// Three parts of rows such as a meter writes, or of noise.
    private static func document(seed: Int, isNoise: Bool) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        if isNoise { return random.bytes(2_500_000) }
        return (0..<40_000).flatMap { hour in
            Array(
                "MTR-1,2025-01-01T\(hour):00,\(Int.random(in: 0...99_999, using: &random))\n".utf8)
        }
    }

    private static func stored(
        _ document: [UInt8], in book: TemporaryBook
    ) throws -> SQLiteLedgerStore {
        let store = try SQLiteLedgerStore.create(at: book.path)
        try store.append(
            Sample.batch([Sample.genesis], evidence: [document, Array("a".utf8)]))
        return store
    }

    @Test("give the document back byte by byte", arguments: 0..<3, [true, false])
    func roundTrip(seed: Int, isNoise: Bool) async throws {
        try await TemporaryBook.with { book in
            let document = Self.document(seed: seed, isNoise: isNoise)
            let store = try Self.stored(document, in: book)
            var read: [UInt8] = []
            #expect(try store.readEvidence(SHA256Digest(hashing: document)) { read += $0 })
            #expect(read == document)
            #expect(try store.firstProjectionDifference() == nil)
            let sums = try store.query(
                "SELECT sum(size), sum(length(bytes)), max(size) FROM evidence_part "
                    + "WHERE evidence = 1",
                rowLimit: 1
            ).rows[0].map { Int($0 ?? "") ?? 0 }
            #expect(sums[0] == document.count && sums[2] <= 1 << 20)
            // Noise cannot be packed, and is kept as it is; rows of a meter take a third at most.
            #expect(isNoise ? sums[1] == sums[0] : sums[1] * 3 < sums[0])
        }
    }

    @Test("are damaged where their bytes or their size were changed")
    func damage() async throws {
        let changes = [
            "size = size - 1", "size = size + 1", "bytes = substr(bytes, 1, length(bytes) - 1)",
            "bytes = substr(bytes, 2)", "bytes = x'28b52ffd'",
        ]
        for change in changes {
            try await TemporaryBook.with { book in
                let document = Self.document(seed: 1, isNoise: false)
                let store = try Self.stored(document, in: book)
                let guardian = try store.query(
                    "SELECT sql FROM sqlite_schema WHERE name = 'evidence_part_update'",
                    rowLimit: 1)
                let sql =
                    "DROP TRIGGER evidence_part_update; UPDATE evidence_part SET \(change) "
                    + "WHERE part = 2; \(guardian.rows[0][0] ?? "")"
                #expect(book.raw(sql) == nil, "\(change)")
                let difference = try store.firstProjectionDifference()
                #expect(difference?.hasPrefix("evidence ") == true, "\(change)")
            }
        }
    }
}
