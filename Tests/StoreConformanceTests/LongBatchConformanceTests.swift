internal import AuditTrail
internal import Hashing
internal import LedgerStore
internal import Testing

@Suite("A batch whose records are made one by one")
struct LongBatchConformanceTests {
    @Test(
        "is the batch of all of them, and unseen by its reader until it is whole",
        arguments: StoreUnderTest.allCases, 0..<5)
    func whole(store: StoreUnderTest, seed: Int) throws {
        let bodies = try journal(seed, 30)
        var head: TreeHead?
        try store.withEmptyBook { book in
            try book.append(batch([genesis]))
            head = try book.append(batch(bodies))
        }
        try store.withEmptyBook { book in
            let before = try book.append(batch([genesis]))
            let reader = try book.reader()
            var rest = bodies.dropFirst(seed)[...]
            let after = try book.append(batch(Array(bodies.prefix(seed)))) {
                () throws(LedgerStoreError) in
                #expect(try reader.head() == before)
                #expect(try reader.records(.all).count == 1)
                return rest.popFirst()
            }
            #expect(after == head)
            #expect(try book.head() == head)
            #expect(try book.records(.all).map(\.record.body) == [genesis] + bodies)
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test("is nothing where one cannot be made", arguments: StoreUnderTest.allCases)
    func failure(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let before = try book.append(batch([genesis]))
            var rest = try journal(1, 3)[...]
            #expect(throws: LedgerStoreError.invalid("it cannot be made")) {
                try book.append(batch(journal(2, 2), evidence: [[7]])) {
                    () throws(LedgerStoreError) in
                    guard let body = rest.popFirst() else { throw .invalid("it cannot be made") }
                    return body
                }
            }
            #expect(try book.head() == before)
            #expect(try book.entries(.all).isEmpty)
            #expect(try book.evidence(SHA256Digest(hashing: [7])) == nil)
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test("is lent again one by one as it is listed", arguments: StoreUnderTest.allCases)
    func lending(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            try book.append(batch([genesis] + journal(3, 20)))
            for selection in [
                RecordSelection.all, RecordSelection(kinds: [.journal]),
                RecordSelection(kinds: [.journal], numbers: 3..<9), RecordSelection(numbers: 4..<4),
            ] {
                var lent: [LedgerRecord] = []
                try book.readRecords(selection) { lent.append($0) }
                #expect(try lent == book.records(selection).map(\.record))
            }
        }
    }
}
