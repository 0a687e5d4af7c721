internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerStore
internal import Testing

@Suite("A store of signed checkpoints")
struct CheckpointConformanceTests {
    private func batch(seed: Int, count: Int) throws -> RecordBatch {
        var random = RandomJournal(seed: seed)
        return RecordBatch(
            actor: "ana", recordedAt: Instant(secondsSinceEpoch: 1_735_732_800),
            bodies: try random.entries(count).map { .journal($0) })
    }

    @Test(
        "keeps signed checkpoints in order, of records that it has",
        arguments: StoreUnderTest.allCases)
    func checkpoints(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            try book.append(batch(seed: 4, count: 3))
            let first = StoredCheckpoint(size: 2, note: [1, 2])
            let second = StoredCheckpoint(size: 1, note: [3])
            try book.keep(first, after: 0)
            #expect(throws: LedgerStoreError.outdated(expected: 0, actual: 1)) {
                try book.keep(second, after: 0)
            }
            for bad in [
                StoredCheckpoint(size: 4, note: [1]), StoredCheckpoint(size: 0, note: [1]),
                StoredCheckpoint(size: 1, note: []),
            ] {
                #expect(throws: LedgerStoreError.self) { try book.keep(bad, after: 1) }
            }
            try book.keep(second, after: 1)
            #expect(try book.checkpoints() == [first, second])
        }
    }

    @Test("states the hashes that its records have", arguments: StoreUnderTest.allCases)
    func leafHashes(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            try book.append(batch(seed: 5, count: 7))
            var hasher = MerkleHasher()
            let expected = try book.records(.all).map { hasher.leaf($0.bytes) }
            #expect(try book.leafHashes() == expected)
            #expect(try MerkleTree.root(of: book.leafHashes()[...]) == book.head().root)
        }
    }
}
