internal import AuditTrail
internal import LedgerStore
internal import LedgerStoreSQLite
internal import TestSupport
internal import Testing

@Suite("Several writers of a book")
struct ConcurrencyTests {
    @Test("wait for each other no longer than they were told")
    func locked() async throws {
        try await TemporaryBook.with { book in
            let holder = try book.filled()
            let head = try holder.head()
            let waiting = try SQLiteLedgerStore.open(
                at: book.path, lockTimeout: .milliseconds(200))
            let lock = try #require(RawLock(path: book.path))
            let elapsed = ContinuousClock().measure {
                #expect(throws: LedgerStoreError.locked) {
                    try waiting.append(Sample.batch([Sample.genesis]))
                }
            }
            #expect(elapsed >= .milliseconds(150) && elapsed < Allowance.time(.seconds(5)))
            // A reader is not kept waiting.
            #expect(try waiting.head() == head)
            lock.release()
            #expect(try waiting.append(Sample.batch([Sample.genesis])).size == head.size + 1)
        }
    }

    @Test("leave no gap and lose nothing")
    func gapless() async throws {
        try await TemporaryBook.with { book in
            let size = try book.filled().head().size
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    let store = try SQLiteLedgerStore.open(
                        at: book.path, lockTimeout: .seconds(60))
                    group.addTask {
                        for index in 0..<25 {
                            try store.append(Sample.batch([.journal(Sample.entry(index))]))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let store = try SQLiteLedgerStore.open(at: book.path)
            #expect(try store.head().size == size + 100)
            #expect(try store.firstProjectionDifference() == nil)
        }
    }

    @Test("notice that the book has grown")
    func outdated() async throws {
        try await TemporaryBook.with { book in
            let first = try book.filled()
            let second = try SQLiteLedgerStore.open(at: book.path)
            let size = try first.head().size
            try second.append(Sample.batch([Sample.genesis]))
            #expect(throws: LedgerStoreError.outdated(expected: size, actual: size + 1)) {
                try first.append(
                    RecordBatch(
                        actor: "ana", recordedAt: Sample.noon, bodies: [Sample.genesis],
                        expectedSize: size))
            }
        }
    }
}
