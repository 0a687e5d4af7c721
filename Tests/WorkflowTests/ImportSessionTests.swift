internal import Documents
internal import Hashing
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Workflows

/// A session keeps the claims from document to document; every book must be as if each document
/// had been imported on its own.
@Suite("A session of imports")
struct ImportSessionTests {
    private static let documents: [Document] = {
        let values = { (hour: Int) in ("\(hour % 7).\(hour % 10)1", "actual") }
        return [
            ClaimSamples.hours("estimate.csv", 0..<168) { _ in ("3.3", "estimated") },
            ClaimSamples.hours("first.csv", 0..<100, values),
            ClaimSamples.hours("second.csv", 80..<168, values),
            ClaimSamples.hours("contrary.csv", 90..<110) { _ in ("9.9", "actual") },
            ClaimSamples.bill("bill.csv", "2025-01-01", "2025-01-07", "570", ""),
            ClaimSamples.bill("guess.csv", "2025-02-01", "2025-02-28", "990.5", "estimated"),
            ClaimSamples.bill("read.csv", "2025-02-01", "2025-02-28", "1001.25", "actual"),
            ClaimSamples.invoice("R-1", quantity: 1_000),
            ClaimSamples.invoice("C-1", type: 381, quantity: 1_000, corrects: "R-1"),
            ClaimSamples.invoice("S-1", item: "Steel", unit: "TNE", quantity: 12),
            SampleBook.document("refused.csv", "meter,first_day\nM-1,soon\n"),
        ]
    }()

    private static func alone(_ documents: [Document]) throws -> SHA256Digest {
        let book = try ClaimSamples.book()
        for document in documents { _ = try? SampleBook.importing(document, into: book) }
        return try book.store.head().root
    }

    @Test("gives the records that imports one by one give", arguments: 0..<12)
    func equal(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let documents = Self.documents.shuffled(using: &generator)
        let book = try ClaimSamples.book()
        let workflow = ImportWorkflow(book: book, catalog: try ImporterCatalog())
        var session = try workflow.session()
        for document in documents { _ = try? workflow.run(document, in: &session) }
        #expect(try book.store.head().root == Self.alone(documents), "seed \(seed)")
    }

    @Test("sees what another process has added meanwhile", arguments: 0..<6)
    func other(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let documents = Self.documents.shuffled(using: &generator)
        let book = try ClaimSamples.book()
        let workflow = ImportWorkflow(book: book, catalog: try ImporterCatalog())
        var session = try workflow.session()
        for document in documents {
            if Bool.random(using: &generator) {
                _ = try? workflow.run(document, in: &session)
            } else {
                _ = try? SampleBook.importing(document, into: book)
            }
        }
        #expect(try book.store.head().root == Self.alone(documents), "seed \(seed)")
    }
}
