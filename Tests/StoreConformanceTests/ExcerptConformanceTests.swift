internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerStore
internal import TestSupport
internal import Testing

@Suite("The excerpts of a book")
struct ExcerptConformanceTests {
    private let letter = Array("a letter about Anna".utf8)
    private let bill = Array("a bill".utf8)

    private func opening(_ text: String, of document: [UInt8], _ seed: Int) -> ExcerptOpening {
        var random = SplitMix64(seed: seed)
        return ExcerptOpening(
            home: SHA256Digest(hashing: document), salt: Salt(using: &random), text: text)
    }

    private func citing(_ excerpt: ExcerptOpening) throws -> RecordBody {
        try activity(
            EvidenceReference(
                document: excerpt.home, name: "a.csv", line: 2, excerpt: excerpt.commitment))
    }

    private func texts(_ book: any LedgerStore) throws -> [String] {
        var texts: [String] = []
        try book.readExcerpts { texts.append($0.text) }
        return texts.sorted()
    }

    @Test("stand beside the records, each once", arguments: StoreUnderTest.allCases)
    func kept(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let (anna, use) = (opening("Anna", of: letter, 1), opening("10 kWh", of: bill, 2))
            let first = try citing(anna)
            let bodies = [genesis, first, try citing(use)]
            // Nothing cites the third, which is passed over.
            let excerpts = [anna, use, opening("Ben", of: letter, 3)]
            try book.append(batch(bodies, evidence: [letter, bill], excerpts: excerpts))
            // A record that cites one again brings it again, or only names it.
            try book.append(batch([first], excerpts: [anna]))
            try book.append(batch([first]))
            #expect(try texts(book) == ["10 kWh", "Anna"])
            #expect(try book.excerpt(anna.commitment, of: anna.home) == anna)
            #expect(try book.excerpt(use.commitment, of: use.home) == use)
            #expect(try book.excerpt(SHA256Digest(hashing: [9]), of: anna.home) == nil)
            #expect(try book.excerpt(anna.commitment, of: use.home) == nil)
            #expect(try book.firstProjectionDifference() == nil)
            for stored in try book.records(.all) {
                #expect(!String(decoding: stored.bytes, as: UTF8.self).contains("Anna"))
            }
        }
    }

    @Test("are found by document and commitment", arguments: StoreUnderTest.allCases)
    func many(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let openings = (0..<200).map { opening("line \($0)", of: bill, $0) }
            let bodies = try openings.map { try citing($0) }
            try book.append(batch(bodies, evidence: [bill], excerpts: openings))
            #expect(try texts(book) == openings.map(\.text).sorted())
            for known in openings {
                #expect(try book.excerpt(known.commitment, of: known.home) == known)
            }
        }
    }

    @Test("go with their document, and the tree stays", arguments: StoreUnderTest.allCases)
    func erased(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let (anna, use) = (opening("Anna", of: letter, 1), opening("10 kWh", of: bill, 2))
            let bodies = try [
                citing(anna), citing(use),
            ]
            try book.append(
                batch([genesis] + bodies, evidence: [letter, bill], excerpts: [anna, use]))
            let leaves = try book.leafHashes()
            let erasure = Erasure(
                document: SHA256Digest(hashing: letter), basis: "GDPR Art. 17", reason: "asked")
            try book.append(batch([.erasure(erasure)]))
            #expect(try book.excerpt(anna.commitment, of: anna.home) == nil)
            #expect(try texts(book) == ["10 kWh"])
            #expect(try book.leafHashes().prefix(leaves.count) == leaves[...])
            #expect(try book.firstProjectionDifference() == nil)
            // It does not come back, and neither does its document.
            #expect(throws: LedgerStoreError.excerptStray(of: anna.home)) {
                try book.append(batch([bodies[0]], excerpts: [anna]))
            }
            #expect(try texts(book) == ["10 kWh"])
        }
    }

    @Test("are of documents that the book holds", arguments: StoreUnderTest.allCases)
    func stray(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let anna = opening("Anna", of: letter, 1)
            let head = try book.append(batch([genesis]))
            #expect(throws: LedgerStoreError.excerptStray(of: anna.home)) {
                try book.append(
                    batch([try citing(anna)], excerpts: [anna]))
            }
            #expect(try book.head() == head)
            #expect(try texts(book).isEmpty)
        }
    }
}
