internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Foundation
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("A pack")
struct PackTests {
    private static let verifier = Repository.root.appending(path: "Schemas/verify.py").path
    private static let attacks = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "attack_pack.py").path
    private static let year = ReportingPeriod("2025")

    private static let factors = """
        key,version,status,supersedes,name,activity,role,region,valid_from,valid_until,data_period,\
        activity_unit,heating_value_basis,substance,amount,amount_unit,modules,uncertainty_percent,\
        biogenic_separated,quality_flags,source_title,publisher,edition,place,retrieved_from,\
        licence,attribution,redistribution,notes
        \(factor("location", "CO2", "0.20705"))
        \(factor("location", "CH4", "0.00001"))
        \(factor("location", "CO2e@AR5", "0.0012345"))
        \(factor("market", "CO2", "0.4"))

        """

    private static func factor(_ role: String, _ substance: String, _ amount: String) -> String {
        "sample.\(role),1,active,,Sample,electricity,\(role),GB,2025-01-01,2026-01-01,2025,kWh,,"
            + "\(substance),\(amount),kg,,,no,,Sample,Sample,2025,1,Sample,Apache-2.0,,yes,"
    }

    /// Few records, so that every bit can be flipped: readings of a day, a bill of two months, an
    /// entry taken back and made again.
    private static func book() throws -> Book {
        let store = InMemoryLedgerStore()
        let moment = Instant(secondsSinceEpoch: 1_767_225_600)
        try store.append(
            RecordBatch(
                actor: "test", recordedAt: moment,
                bodies: [
                    .genesis(
                        Genesis(
                            origin: "tonne.sample-0123456789abcdef", program: "test",
                            rounding: "half-even at the milligram")),
                    .gwpTable(
                        GWPTable(
                            set: .ar6, values: ["CH4": ExactDecimal(30), "N2O": ExactDecimal(273)],
                            source: "test")),
                ]))
        let book = try SampleBook.make(store, factors: false)
        _ = try FactorWorkflow(book: book).load(
            SampleBook.document("factors.csv", factors), dryRun: false)
        try SampleBook.importing(
            SampleBook.feed("feed.csv", hours: 0..<24) { 17 * $0 % 50 }, into: book)
        try SampleBook.importing(
            SampleBook.bill("bill.csv", "2025-03-16", "2025-04-15", "1000.5"), into: book)
        try SampleBook.post(book)
        let entry = try #require(
            book.entries().first { $0.entry.calculation?.rule == "factor-product/1" })
        _ = try CorrectWorkflow(book: book).correct(
            entry.number, scope: .entry, reason: "test", dryRun: false)
        try SampleBook.post(book)
        return book
    }

    private static func pack(_ book: Book, _ url: URL, hasEvidence: Bool = true) throws {
        let report = try PackWorkflow(book: book).write(
            #require(year), hasEvidence: hasEvidence, to: url.path)
        #expect(report.isComplete)
    }

    @Test("verifies in Python, and no attack on it goes unseen", .enabled(if: Python.isPresent))
    func attacks() throws {
        try TemporaryFolder.with { folder in
            let pack = folder.appending(path: "pack.zip")
            try Self.pack(Self.book(), pack)
            let outcome = try Python.run([Self.verifier, pack.path])
            #expect(outcome.status == 0, "\(outcome.output)")
            // 24 hours of 17h mod 50 kWh are 492 kWh (the sum of 17h is 4692, less 84 fifties),
            // with the bill 1492.5 kWh. Location-based × (0.20705 + 30 × 0.00001 + 0.0012345) kg is
            // 311.31 kg, market-based × 0.4 kg is 597 kg.
            #expect(outcome.output.contains("S2_LB                0.311 t CO2e"))
            #expect(outcome.output.contains("S2_MB                0.597 t CO2e"))
            #expect(outcome.output.hasSuffix("\nOK\n"))
            let attacked = try Python.run([Self.attacks, Self.verifier, pack.path])
            #expect(attacked.status == 0, "\(attacked.output)")
        }
    }

    @Test("without documents says how many it could not compare", .enabled(if: Python.isPresent))
    func withoutEvidence() throws {
        try TemporaryFolder.with { folder in
            let pack = folder.appending(path: "pack.zip")
            try Self.pack(Self.book(), pack, hasEvidence: false)
            let outcome = try Python.run([Self.verifier, pack.path])
            #expect(outcome.status == 0, "\(outcome.output)")
            // The factors, the feed and the bill.
            #expect(outcome.output.contains("none of 3 documents and 1 series compared"))
        }
    }

    @Test("of one book is the same bytes, and libzip reads them")
    func deterministic() throws {
        try TemporaryFolder.with { folder in
            let book = try Self.book()
            let paths = ["a.zip", "b.zip"].map { folder.appending(path: $0) }
            for path in paths { try Self.pack(book, path) }
            let bytes = try Data(contentsOf: paths[0])
            #expect(try Data(contentsOf: paths[1]) == bytes)
            let archive = try ZipArchive(Document(name: "a.zip", bytes: Array(bytes)))
            let names = archive.entries.map(\.name)
            #expect(names == names.sorted())
            #expect(names.count { $0.hasPrefix("evidence/") } == 3)
            for entry in archive.entries { _ = try archive.read(entry) }
        }
    }

    @Test("is not written over a book whose bytes are others")
    func tampered() throws {
        try TemporaryFolder.with { folder in
            let honest = try Self.book()
            let store = TamperedStore(honest: honest.store) { $0.dropLast() + [0] }
            let book = Book(path: "memory", store: store, actor: "test", clock: honest.clock)
            let pack = folder.appending(path: "pack.zip")
            let refusal = #expect(throws: Refusal.self) { try Self.pack(book, pack) }
            #expect(refusal?.diagnostics.map(\.code) == [.integrityFailure])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }
}
