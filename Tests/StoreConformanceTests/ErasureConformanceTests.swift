internal import AuditTrail
internal import Hashing
internal import LedgerStore
internal import Testing

@Suite("A document that is erased")
struct ErasureConformanceTests {
    private let letter = Array("a letter about a person".utf8)

    private func erasure(of bytes: [UInt8]) -> RecordBody {
        .erasure(
            Erasure(
                document: SHA256Digest(hashing: bytes), basis: "GDPR Art. 17", reason: "asked"))
    }

    @Test("is gone, and the tree goes on", arguments: StoreUnderTest.allCases)
    func gone(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            try book.append(batch([genesis] + journal(3, 4), evidence: [letter, [1, 2]]))
            let before = try book.leafHashes()
            let head = try book.append(batch([erasure(of: letter)]))
            #expect(head.size == 6)
            #expect(try book.leafHashes().prefix(before.count) == before[...])
            #expect(try book.evidence(SHA256Digest(hashing: letter)) == nil)
            #expect(try book.evidence(SHA256Digest(hashing: [1, 2])) == [1, 2])
            #expect(try book.firstProjectionDifference() == nil)
            // Others still come.
            try book.append(batch([], evidence: [[3]]))
            #expect(try book.evidence(SHA256Digest(hashing: [3])) == [3])
            #expect(try book.firstProjectionDifference() == nil)
        }
    }

    @Test(
        "was there, goes once and does not come back", arguments: StoreUnderTest.allCases)
    func refused(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            try book.append(batch([genesis], evidence: [letter]))
            try book.append(batch([erasure(of: letter)]))
            let head = try book.head()
            for refused in [
                batch([erasure(of: letter)]), batch([erasure(of: [7])]),
                batch([], evidence: [letter]),
            ] {
                let error = #expect(throws: LedgerStoreError.self) { try book.append(refused) }
                guard case .invalid = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
                #expect(try book.head() == head)
                #expect(try book.evidence(SHA256Digest(hashing: letter)) == nil)
            }
        }
    }
}
