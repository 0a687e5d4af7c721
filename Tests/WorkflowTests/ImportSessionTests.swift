internal import Documents
internal import Foundation
internal import Hashing
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Threads
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

    @Test("that reads ahead gives the same records", arguments: 0..<6)
    func ahead(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        var documents = Self.documents.shuffled(using: &generator)
        // Twice in one import, and once more under another name.
        documents.append(documents[0])
        documents.append(Document(name: "again.csv", bytes: documents[1].bytes))
        try TemporaryFolder.with { folder in
            let names = documents.indices.map { "\(100 + $0)" }
            for (name, document) in zip(names, documents) {
                let place = folder.appending(path: name)
                try FileManager.default.createDirectory(
                    at: place, withIntermediateDirectories: false)
                try Data(document.bytes).write(to: place.appending(path: document.name))
            }
            let book = try ClaimSamples.book()
            let workflow = ImportWorkflow(book: book, catalog: try ImporterCatalog())
            var session = try workflow.session()
            let sources = try BookFiles.sources([folder.path])
            try #require(sources.count == documents.count)
            let ahead = workflow.ahead(of: sources, in: session)
            for (source, document) in zip(sources, documents) {
                #expect(source.name?.hasSuffix("/\(document.name)") == true)
                let read = try #require(ahead.next() ?? nil)
                #expect(read.document.digest == document.digest)
                // Under the name that the other book knows it by.
                _ = try? workflow.run(document, read: read.imported, in: &session)
            }
            #expect(try book.store.head().root == Self.alone(documents), "seed \(seed)")
        }
    }

    @Test("leaves to its turn what is large, an archive, or cannot be read")
    func notAhead() throws {
        try TemporaryFolder.with { folder in
            let archive = ZipBytes.archive([ZipBytes.Member("a.csv", [1]), .init("b.csv", [2])])
            try Data(archive).write(to: folder.appending(path: "bills.zip"))
            try Data(count: (4 << 20) + 1).write(to: folder.appending(path: "large.csv"))
            let names = ["bills.zip", "large.csv", "missing.csv"]
            let sources = try BookFiles.sources(names.map { folder.appending(path: $0).path })
            let workflow = ImportWorkflow(
                book: try ClaimSamples.book(), catalog: try ImporterCatalog())
            let ahead = workflow.ahead(of: sources, in: try workflow.session())
            for _ in names { #expect(try #require(ahead.next()) == nil) }
        }
    }
}
