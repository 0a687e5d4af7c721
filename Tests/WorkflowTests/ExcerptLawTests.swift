internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Hashing
internal import Inventory
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("The text that a record cites")
struct ExcerptLawTests {
    /// Bills whose rows name a person, in the column for notes.
    private static func book(_ names: [String]) throws -> (book: Book, documents: [Document]) {
        let book = try SmallBook.make(InMemoryLedgerStore())
        let documents = names.enumerated().map { index, name in
            let year = 2_026 + index
            return SampleBook.document(
                "bill \(index).csv",
                "meter,first_day,last_day,carrier,quantity,unit,note\n"
                    + "M-1,\(year)-01-01,\(year)-01-31,electricity,\(100 + index),kWh,\(name)\n")
        }
        for document in documents { try SampleBook.importing(document, into: book) }
        return (book, documents)
    }

    private static func cited(_ book: Book) throws -> [EvidenceReference] {
        try book.store.records(.all).flatMap(\.record.body.citedEvidence)
    }

    @Test("is in no record, and is shown from beside it", arguments: 1...5)
    func shown(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let names = (0..<6).map { "Person\($0)x\(random.next())" }
        let (book, documents) = try Self.book(names)
        for stored in try book.store.records(.all) {
            let text = String(decoding: stored.bytes, as: UTF8.self)
            #expect(!names.contains { text.contains($0) }, "record \(stored.record.number)")
        }
        let evidence = try Self.cited(book)
        for (document, name) in zip(documents, names) {
            let own = evidence.filter { $0.document == document.digest }
            try #require(own.count == 1)
            let line = try #require(own[0].line.flatMap { Int($0) })
            let lines = String(decoding: document.bytes, as: UTF8.self).split(separator: "\n")
            let text = try #require(try book.text(of: own[0]))
            #expect(text == lines[line - 1])
            #expect(text.contains(name))
        }
        #expect(try VerifyWorkflow(book: book).run().documents == documents.count + 3)
    }

    @Test("goes with its document, and no other goes", arguments: 1...5)
    func erased(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let (book, documents) = try Self.book((0..<4).map { "Person\($0)" })
        let gone = Int.random(in: documents.indices, using: &random)
        let root = try book.store.leafHashes()
        _ = try ErasureWorkflow(book: book).erase(
            documents[gone].digest.hexadecimal, basis: "GDPR Art. 17", reason: "test",
            dryRun: false)
        for evidence in try Self.cited(book) where evidence.excerpt != nil {
            let isGone = evidence.document == documents[gone].digest
            #expect(try (book.text(of: evidence) == nil) == isGone)
        }
        #expect(try book.store.leafHashes().prefix(root.count) == root[...])
        #expect(try VerifyWorkflow(book: book).run().erased == 1)
    }

    @Test("is asked for no more where readings wait for their meter")
    func waiting() throws {
        let book = try SampleBook.make()
        let bill = SampleBook.document(
            "other.csv",
            "meter,first_day,last_day,carrier,quantity,unit\n"
                + "M-9,2025-01-01,2025-01-31,electricity,5,kWh\n")
        #expect(try SampleBook.importing(bill, into: book).waiting.count == 1)
        _ = try ErasureWorkflow(book: book).erase(
            bill.digest.hexadecimal, basis: "GDPR Art. 17", reason: "test", dryRun: false)
        let known = SampleBook.organisation.replacing(
            "[[supplier]]",
            with: "[[meter]]\nnumber = \"M-9\"\nfacility = \"gbx1\"\ncarrier = \"electricity\"\n"
                + "role = \"whole-site\"\nvalid_from = \"2024-01-01\"\n\n[[supplier]]")
        _ = try ApplyWorkflow(book: book).apply(
            SampleBook.document("organisation.toml", known), dryRun: false)
        let refusal = #expect(throws: Refusal.self) {
            try ReviewWorkflow(book: book, catalog: ImporterCatalog()).apply(dryRun: false)
        }
        #expect(refusal?.diagnostics.first?.message.contains("was erased by record") == true)
    }

    @Test("of an archive goes with the archive")
    func archive() throws {
        let book = try SampleBook.make()
        let members = ["a", "b"].map { name in
            ZipBytes.Member(
                "\(name).csv",
                Array(
                    ("meter,first_day,last_day,carrier,quantity,unit\n"
                        + "M-1,2025-0\(name == "a" ? 1 : 3)-01,2025-0\(name == "a" ? 1 : 3)-31,"
                        + "electricity,77,kWh\n").utf8)
            )
        }
        let archive = Document(name: "bills.zip", bytes: ZipBytes.archive(members))
        let workflow = ImportWorkflow(book: book, catalog: try ImporterCatalog())
        var session = try workflow.session()
        guard case .archive(let opened) = try workflow.open(archive, member: nil) else {
            Issue.record("no archive")
            return
        }
        _ = try workflow.run(opened, in: &session)
        let evidence = try Self.cited(book).filter { $0.excerpt != nil }
        #expect(evidence.count == 2)
        #expect(try evidence.allSatisfy { try book.text(of: $0)?.contains("77") == true })
        _ = try VerifyWorkflow(book: book).run()
        _ = try ErasureWorkflow(book: book).erase(
            archive.digest.hexadecimal, basis: "GDPR Art. 17", reason: "test", dryRun: false)
        #expect(try evidence.allSatisfy { try book.text(of: $0) == nil })
        _ = try VerifyWorkflow(book: book).run()
    }
}
