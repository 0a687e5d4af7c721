internal import AuditTrail
internal import Documents
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import Testing
internal import Workflows

/// A book of few records, so that every bit can be flipped: readings of a day, a bill of two
/// months, an entry taken back and made again.
enum SmallBook {
    static let moment = Instant(secondsSinceEpoch: 1_767_225_600)
    static let origin = "tonne.sample-0123456789abcdef"

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

    /// - Parameters:
    ///   - billed: kWh from 16 March to 15 April.
    ///   - beforeCorrection: Is shown the book before the entry is taken back.
    static func make(
        _ store: any LedgerStore, billed: String = "1000.5",
        beforeCorrection: (Book) throws -> Void = { _ in }
    ) throws -> Book {
        try store.append(
            RecordBatch(
                actor: "test", recordedAt: moment,
                bodies: [
                    .genesis(
                        Genesis(
                            origin: origin, program: "test",
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
        try SampleBook.importing(bill("bill.csv", billed), into: book)
        try SampleBook.post(book)
        try beforeCorrection(book)
        let entry = try #require(
            book.entries().first { $0.entry.calculation?.rule == "factor-product/1" })
        _ = try CorrectWorkflow(book: book).correct(
            entry.number, scope: .entry, reason: "test", dryRun: false)
        try SampleBook.post(book)
        return book
    }

    /// Three records that nothing cites and that are in no projection of their own: what is
    /// easiest to take away.
    static func appendTables(to store: any LedgerStore) throws {
        try store.append(
            RecordBatch(
                actor: "test", recordedAt: moment,
                bodies: ["first", "second", "third"].map { source in
                    .gwpTable(
                        GWPTable(set: .ar4, values: ["CH4": ExactDecimal(25)], source: source))
                }))
    }

    static func bill(_ name: String, _ quantity: String) -> Document {
        SampleBook.bill(name, "2025-03-16", "2025-04-15", quantity)
    }

    /// Keys of made-up seeds.
    static func signer(
        _ seed: UInt8, _ name: String = origin, _ kind: NoteKey.Kind = .log
    ) throws -> NoteSigner {
        try #require(
            NoteSigner(name: name, kind: kind, seed: [UInt8](repeating: seed, count: 32)))
    }

    static func witness(_ seed: UInt8 = 2) throws -> NoteSigner {
        try signer(seed, "auditor.example/1", .witness)
    }

    /// Signs the head; nothing is remembered beside a key.
    @discardableResult
    static func sign(
        _ book: Book, with signer: NoteSigner, statePath: String
    ) throws -> SignedCheckpoint {
        try SignedCheckpoint(
            CheckpointWorkflow(book: book).sign(with: signer, statePath: statePath, dryRun: false))
    }
}
