internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Quantities
internal import Testing

private let noon = Instant(secondsSinceEpoch: 1_735_732_800)

func batch(
    _ bodies: [RecordBody], at time: Instant = noon, evidence: [[UInt8]] = [],
    excerpts: [ExcerptOpening] = [], chunks: [[UInt8]] = [], expectedSize: Int? = nil
) -> RecordBatch {
    RecordBatch(
        actor: "ana", recordedAt: time, bodies: bodies,
        evidence: evidence.map { EvidenceContent($0) }, excerpts: excerpts, chunks: chunks,
        expectedSize: expectedSize)
}

/// An activity whose readings are the chunk of these bytes; a store looks at their hash only.
private func activity(citing chunk: [UInt8]) throws -> RecordBody {
    let document = SHA256Digest(hashing: [1])
    return try activity(
        EvidenceReference(document: document, name: "a.csv"),
        series: SeriesReference(
            chunk: SHA256Digest(hashing: chunk), count: 1, documents: [document]))
}

let genesis = RecordBody.genesis(
    Genesis(origin: "tonne.example-0", program: "tonne/1", rounding: "half-even"))

func journal(_ seed: Int, _ count: Int) throws -> [RecordBody] {
    var random = RandomJournal(seed: seed)
    return try random.entries(count).map { .journal($0) }
}

@Suite("A store of records")
struct StoreConformanceTests {
    @Test("is empty at first: no record, the hash of nothing", arguments: StoreUnderTest.allCases)
    func empty(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let head = try book.head()
            #expect(head.size == 0)
            // SHA-256 of the empty string, FIPS 180-4 example.
            #expect(
                head.root.hexadecimal
                    == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
            #expect(try book.records(.all).isEmpty)
            #expect(try book.trialBalance(in: nil).balances.isEmpty)
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test("gives back what was appended, with its bytes", arguments: StoreUnderTest.allCases)
    func appendAndRead(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let bodies = try [genesis] + journal(1, 5)
            let head = try book.append(batch(bodies))
            #expect(head.size == 6)
            #expect(try book.head() == head)
            let records = try book.records(.all)
            #expect(records.map(\.record.body) == bodies)
            #expect(records.map(\.record.number.value) == Array(0..<6))
            #expect(records.allSatisfy { $0.record.actor == "ana" })
            for stored in records {
                #expect(try RecordCoding.encode(stored.record) == stored.bytes)
            }
            var tree = MerkleTree()
            var hasher = MerkleHasher()
            for stored in records { tree.append(stored.bytes, using: &hasher) }
            #expect(tree.root == head.root)
        }
    }

    @Test("takes all of a batch or nothing", arguments: StoreUnderTest.allCases)
    func atomic(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let before = try book.append(batch([genesis]))
            // A control character has no encoding.
            let invalid = RecordBody.genesis(
                Genesis(origin: "a\u{1}", program: "p", rounding: "r"))
            let bodies = try journal(2, 3) + [invalid]
            #expect(throws: LedgerStoreError.self) {
                try book.append(batch(bodies, evidence: [[1, 2]]))
            }
            #expect(try book.head() == before)
            #expect(try book.entries(.all).isEmpty)
            #expect(try book.trialBalance(in: nil).balances.isEmpty)
            #expect(try book.evidence(SHA256Digest(hashing: [1, 2])) == nil)
        }
    }

    @Test("refuses a batch made for another size", arguments: StoreUnderTest.allCases)
    func expectedSize(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            try book.append(batch([genesis], expectedSize: 0))
            #expect(throws: LedgerStoreError.outdated(expected: 0, actual: 1)) {
                try book.append(batch([genesis], expectedSize: 0))
            }
            try book.append(batch([genesis], expectedSize: 1))
            #expect(try book.head().size == 2)
        }
    }

    @Test("never records before its last record", arguments: StoreUnderTest.allCases)
    func monotoneTime(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            try book.append(batch([genesis]))
            #expect(throws: LedgerStoreError.clockWentBack(last: noon)) {
                try book.append(batch([genesis], at: noon.adding(seconds: -1)))
            }
            try book.append(batch([genesis], at: noon))
            try book.append(batch([genesis], at: noon.adding(seconds: 1)))
            #expect(try book.head().size == 3)
        }
    }

    @Test("takes an empty batch without a change", arguments: StoreUnderTest.allCases)
    func emptyBatch(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let head = try book.append(batch([genesis]))
            #expect(try book.append(batch([])) == head)
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test("selects records by kind and number", arguments: StoreUnderTest.allCases)
    func recordSelection(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            try book.append(batch([genesis] + journal(3, 4)))
            func numbers(_ selection: RecordSelection) throws -> [Int] {
                try book.records(selection).map(\.record.number.value)
            }
            #expect(try numbers(RecordSelection(kinds: [.genesis])) == [0])
            #expect(try numbers(RecordSelection(kinds: [.journal], numbers: 0..<3)) == [1, 2])
            #expect(try numbers(RecordSelection(numbers: 3..<9)) == [3, 4])
            #expect(try numbers(RecordSelection(kinds: [])).isEmpty)
        }
    }

    @Test("keeps each document once, byte by byte", arguments: StoreUnderTest.allCases)
    func evidence(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let bill: [UInt8] = [0, 255, 0, 10]
            try book.append(batch([genesis], evidence: [bill, [], bill]))
            try book.append(batch([], evidence: [bill]))
            #expect(try book.evidence(SHA256Digest(hashing: bill)) == bill)
            #expect(try book.evidence(SHA256Digest(hashing: [])) == [])
            #expect(try book.evidence(SHA256Digest(hashing: [7])) == nil)
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test("keeps a large document, given in pieces", arguments: StoreUnderTest.allCases)
    func largeDocument(store: StoreUnderTest) throws {
        // Two and a half parts, in pieces that fit no part.
        let bytes = (0..<(5 << 19)).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let document = EvidenceContent(
            digest: SHA256Digest(hashing: bytes), size: bytes.count
        ) { body in
            for start in stride(from: 0, to: bytes.count, by: 70_001) {
                try body(bytes[start..<min(start + 70_001, bytes.count)].span)
            }
        }
        try store.withEmptyBook { book in
            try book.append(
                RecordBatch(
                    actor: "ana", recordedAt: noon, bodies: [genesis], evidence: [document]))
            #expect(try book.evidence(document.digest) == bytes)
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test(
        "refuses a document that was changed while it was read", arguments: StoreUnderTest.allCases)
    func changedDocument(store: StoreUnderTest) throws {
        let digest = SHA256Digest(hashing: [1, 2, 3])
        try store.withEmptyBook { book in
            for bytes: [UInt8] in [[1, 2, 4], [1, 2], [1, 2, 3, 4]] {
                let document = EvidenceContent(digest: digest, size: 3) { try $0(bytes.span) }
                #expect(throws: LedgerStoreError.self) {
                    try book.append(
                        RecordBatch(
                            actor: "ana", recordedAt: noon, bodies: [genesis],
                            evidence: [document]))
                }
            }
            let size = try book.head().size
            #expect(size == 0)
            #expect(try book.evidence(digest) == nil)
        }
    }

    @Test(
        "keeps each series chunk once, with a record that cites it",
        arguments: StoreUnderTest.allCases)
    func chunks(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let chunk: [UInt8] = [0, 255, 0, 10]
            try book.append(batch([activity(citing: chunk)], chunks: [chunk, chunk]))
            try book.append(batch([activity(citing: chunk)]))
            try book.append(batch([activity(citing: chunk)], chunks: [chunk]))
            #expect(try book.chunk(SHA256Digest(hashing: chunk)) == chunk)
            #expect(try book.chunk(SHA256Digest(hashing: [7])) == nil)
            #expect(try book.firstProjectionDifference() == nil)
            let head = try book.head()
            for refused in [
                try batch([activity(citing: [7])]),
                try batch([activity(citing: chunk)], chunks: [[7]]),
                batch([], chunks: [[7]]),
            ] {
                let error = #expect(throws: LedgerStoreError.self) { try book.append(refused) }
                guard case .invalid = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(try book.head() == head)
                #expect(try book.chunk(SHA256Digest(hashing: [7])) == nil)
            }
        }
    }

    @Test(
        "gives a copy for dry runs that leaves the book alone", arguments: StoreUnderTest.allCases)
    func overlay(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let head = try book.append(
                batch(
                    [genesis, activity(citing: [5])] + journal(4, 2), evidence: [[9]],
                    chunks: [[5]]))
            let copy = try InMemoryLedgerStore(copyOf: book)
            #expect(try copy.head() == head)
            #expect(try copy.evidence(SHA256Digest(hashing: [9])) == [9])
            #expect(try copy.chunk(SHA256Digest(hashing: [5])) == [5])
            try copy.append(batch([activity(citing: [5])]))
            try copy.append(batch(journal(5, 2)))
            #expect(try copy.head().size == 7)
            #expect(try book.head() == head)
        }
    }
}

@Suite("The journal of a store")
struct StoreJournalTests {
    @Test(
        "balances as the pure fold over its entries",
        arguments: StoreUnderTest.allCases, 0..<20)
    func trialBalance(store: StoreUnderTest, seed: Int) throws {
        try store.withEmptyBook { book in
            var random = RandomJournal(seed: seed)
            let entries = try random.entries(60)
            // Several batches, so that stored balances are added to.
            try book.append(batch([genesis] + entries.prefix(25).map { .journal($0) }))
            try book.append(batch(entries.dropFirst(25).map { .journal($0) }))
            #expect(try book.trialBalance(in: nil) == TrialBalance(of: entries))
            for _ in 0..<10 {
                let period = try random.period()
                let expected = try TrialBalance(
                    of: entries.filter { period.contains($0.effective) })
                #expect(try book.trialBalance(in: period) == expected, "\(period)")
            }
            for text in ["2024", "2024-02", "2024-12", "2025"] {
                let period = try #require(ReportingPeriod(text))
                let expected = try TrialBalance(
                    of: entries.filter { period.contains($0.effective) })
                #expect(try book.trialBalance(in: period) == expected, "\(period)")
            }
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test(
        "is the same when its records are appended to a fresh store",
        arguments: StoreUnderTest.allCases, 0..<5)
    func replay(store: StoreUnderTest, seed: Int) throws {
        try store.withEmptyBook { book in
            let head = try book.append(batch([genesis] + journal(seed, 30)))
            for target in StoreUnderTest.allCases {
                try target.withEmptyBook { fresh in
                    for batch in RecordBatch.batches(of: try book.records(.all).map(\.record)) {
                        try fresh.append(batch)
                    }
                    #expect(try fresh.head() == head)
                    #expect(
                        try fresh.trialBalance(in: nil) == book.trialBalance(in: nil))
                    #expect(try fresh.entries(.all) == book.entries(.all))
                }
            }
        }
    }

    @Test("is undone by a reversal, once", arguments: StoreUnderTest.allCases)
    func reversal(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            var random = RandomJournal(seed: 8)
            let entry = try random.entries(1)[0]
            try book.append(batch([genesis, .journal(entry)]))
            let reversal = entry.reversed(RecordNumber(1), reason: "wrong meter")
            try book.append(batch([.journal(reversal)]))
            #expect(try book.trialBalance(in: nil).balances.isEmpty)
            func expectRefused(_ body: JournalEntry) throws {
                let head = try book.head()
                let error = #expect(throws: LedgerStoreError.self) {
                    try book.append(batch([.journal(body)]))
                }
                guard case .invalid = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(try book.head() == head)
            }
            try expectRefused(reversal)
            try expectRefused(entry.reversed(RecordNumber(0), reason: "no entry"))
            try expectRefused(entry.reversed(RecordNumber(9), reason: "not yet"))
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test("refuses a balance that cannot be written", arguments: StoreUnderTest.allCases)
    func overflow(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let facility = try #require(FacilityID("ams1"))
            let energy = try #require(Commodity("kWh"))
            let day = try #require(CivilDate("2024-01-31"))
            // 38 nines: twice that has 39 digits.
            let largest = try ExactDecimal(parsing: String(repeating: "9", count: 38))
            let entry = try JournalEntry(
                effective: day, facility: facility, description: "large",
                postings: [
                    .debit(Account(.physical, ["a"]), largest, energy),
                    .credit(Account(.physical, ["b"]), largest, energy),
                ])
            try book.append(batch([.journal(entry)]))
            let head = try book.head()
            #expect(throws: LedgerStoreError.self) { try book.append(batch([.journal(entry)])) }
            #expect(try book.head() == head)
            #expect(try book.trialBalance(in: nil) == TrialBalance(of: [entry]))
        }
    }
}
