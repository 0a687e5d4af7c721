internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import LedgerCore
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("Imports of archives")
struct ArchiveImportTests {
    private static let february = SampleBook.bill("a.csv", "2025-02-01", "2025-02-28", "1000")
    private static let march = SampleBook.bill("b.csv", "2025-03-01", "2025-03-31", "900")

    private static func zip(_ members: [(String, [UInt8])]) -> Document {
        Document(
            name: "bills.zip",
            bytes: ZipBytes.archive(members.map { ZipBytes.Member($0.0, $0.1) }))
    }

    private static func importing(_ file: Document, into book: Book) throws -> [ImportReport] {
        let workflow = ImportWorkflow(book: book, catalog: try ImporterCatalog())
        var session = try workflow.session()
        switch try workflow.open(file, member: nil) {
        case .document(let document):
            return [try workflow.run(document, in: &session)]
        case .archive(let archive):
            return try workflow.run(archive, in: &session)
        }
    }

    @Test("equal the import of their members")
    func equal() throws {
        let plain = try SampleBook.make(factors: false)
        for bill in [Self.february, Self.march] { try SampleBook.importing(bill, into: plain) }
        let packed = try SampleBook.make(factors: false)
        let reports = try Self.importing(
            Self.zip([("2025/a.csv", Self.february.bytes), ("2025/b.csv", Self.march.bytes)]),
            into: packed)
        #expect(reports.map(\.file) == ["bills.zip:2025/a.csv", "bills.zip:2025/b.csv"])
        try SampleBook.post(plain)
        try SampleBook.post(packed)
        #expect(try SampleBook.balances(packed) == SampleBook.balances(plain))
    }

    @Test("keep the archive as evidence, say where each document lies, and verify")
    func evidence() throws {
        let book = try SampleBook.make(factors: false)
        let zip = Self.zip([("a.csv", Self.february.bytes), ("b.csv", Self.march.bytes)])
        _ = try Self.importing(zip, into: book)
        #expect(try book.store.evidence(zip.digest) == zip.bytes)
        #expect(try book.store.evidence(Self.february.digest) == nil)
        let documents = try book.state().documents
        #expect(documents.map(\.digest) == [Self.february.digest, Self.march.digest])
        // A closure: a key path through an optional copies overlapping bytes of a digest in Swift
        // 6.3, which the address sanitizer reports.
        #expect(documents.map { $0.place?.container } == [zip.digest, zip.digest])
        #expect(documents.map(\.place?.member) == ["a.csv", "b.csv"])
        #expect(try VerifyWorkflow(book: book).run().documents == 2)
    }

    @Test("do not verify where a record names another member")
    func verify() throws {
        let book = try SampleBook.make(factors: false)
        let zip = Self.zip([("a.csv", Self.february.bytes), ("b.csv", Self.march.bytes)])
        let lie = ReceivedDocument(
            digest: Self.february.digest, name: "bills.zip:b.csv", size: 1, mediaType: "text/csv",
            format: "csv", profile: nil, profileHash: nil, outcome: "accept",
            place: ReceivedDocument.Place(container: zip.digest, member: "b.csv"))
        try book.store.append(
            RecordBatch(
                actor: "test", recordedAt: book.clock(), bodies: [.document(lie)],
                evidence: [EvidenceContent(zip.bytes)]))
        let refusal = #expect(throws: Refusal.self) { try VerifyWorkflow(book: book).run() }
        #expect(refusal?.diagnostics.map(\.code) == [.integrityFailure])
    }

    @Test("book nothing if one member is refused")
    func atomic() throws {
        let book = try SampleBook.make(factors: false)
        let head = try book.store.head()
        let unknown = SampleBook.document("c.csv", "a,b\n1,2\n")
        let refusal = #expect(throws: Refusal.self) {
            try Self.importing(
                Self.zip([("a.csv", Self.february.bytes), ("c.csv", unknown.bytes)]), into: book)
        }
        #expect(refusal?.diagnostics.map(\.code) == [.profileUnknown])
        #expect(refusal?.diagnostics.first?.location?.file == "bills.zip:c.csv")
        #expect(try book.store.head() == head)
    }

    @Test("book a claim once, within the archive and against what came before")
    func claims() throws {
        let book = try SampleBook.make(factors: false)
        try SampleBook.importing(Self.february, into: book)
        let again = SampleBook.bill("c.csv", "2025-03-01", "2025-03-31", "900.0")
        let other = SampleBook.bill("d.csv", "2025-03-15", "2025-04-14", "1")
        let reports = try Self.importing(
            Self.zip([
                ("a.csv", Self.february.bytes), ("b.csv", Self.march.bytes),
                ("copy.csv", Self.march.bytes), ("c.csv", again.bytes), ("d.csv", other.bytes),
            ]), into: book)
        #expect(
            reports.map(\.effect) == [
                .alreadyImported, .booked, .alreadyImported, .booked, .booked,
            ])
        #expect(reports.map(\.activities.count) == [0, 1, 0, 0, 0])
        #expect(reports.map(\.duplicates) == [0, 0, 0, 1, 0])
        #expect(reports.map(\.conflicts) == [0, 0, 0, 0, 1])
    }

    @Test("pass over members that no importer knows, with a warning")
    func unknown() throws {
        let book = try SampleBook.make(factors: false)
        let picture = Array("\u{1}picture".utf8)
        let reports = try Self.importing(
            Self.zip([("logo.png", picture), ("a.csv", Self.february.bytes)]), into: book)
        #expect(reports.map(\.effect) == [.passedOver, .booked])
        #expect(reports[0].diagnostics.map(\.severity) == [.warning])
        let refusal = #expect(throws: Refusal.self) {
            try Self.importing(Self.zip([("a.png", picture), ("b.png", picture)]), into: book)
        }
        #expect(refusal?.diagnostics.map(\.code) == [.archiveMemberUnclear])
    }
}
