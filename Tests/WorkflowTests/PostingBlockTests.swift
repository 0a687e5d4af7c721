internal import Foundation
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Quantification
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("Posting some activities at a time")
struct PostingBlockTests {
    private static let lots = """
        registry,serial_from,serial_to,quantity,unit,technology,country,production_start,\
        production_end,facility,cancelled,use_start,use_end

        """

    private static func lot(_ from: Int, _ to: Int) -> String {
        "Reg,S-\(from),S-\(to),\(to - from + 1),MWh,wind,GB,2025-01-01,2025-01-31,gbx1,"
            + "2026-02-01,2025-01-01,2025-12-31\n"
    }

    /// Bills of which one is far too high, estimates that an actual bill replaces, certificates,
    /// and electricity for which the market basis has no factor.
    private static func documents(_ generator: inout SplitMix64) -> [[ImportedText]] {
        var bills: [ImportedText] = []
        var month = CalendarMonth("2025-01")
        while let period = month?.period, period.start.year == 2025 {
            let isHigh = period.start.month == 11
            let quantity = isHigh ? 900_000 : Int.random(in: 9_000...11_000, using: &generator)
            let quality = period.start.month == 3 ? "estimated" : "actual"
            bills.append(
                ImportedText(
                    name: "\(period.start).csv",
                    text: "meter,first_day,last_day,carrier,quantity,unit,quality\n"
                        + "M-1,\(period.start),\(period.lastDay),electricity,\(quantity),kWh,"
                        + "\(quality)\n"))
            month = month?.next
        }
        bills.shuffle(using: &generator)
        let cut = Int.random(in: 0...bills.count, using: &generator)
        let actual = ImportedText(
            name: "actual.csv",
            text: "meter,first_day,last_day,carrier,quantity,unit,quality\n"
                + "M-1,2025-03-01,2025-03-31,electricity,9500,kWh,actual\n")
        return [
            Array(bills[..<cut]),
            bills[cut...] + [ImportedText(name: "lots.csv", text: lots + lot(1, 40))],
            [actual, ImportedText(name: "more.csv", text: lots + lot(41, 60))],
        ]
    }

    private struct ImportedText {
        let name: String
        let text: String
    }

    private static func records(
        seed: Int, block: Int, _ store: any LedgerStore
    ) throws -> [Posted] {
        var generator = SplitMix64(seed: seed)
        let book = try SampleBook.make(store)
        var work: [Posted] = []
        for step in documents(&generator) {
            for document in step {
                try SampleBook.importing(
                    SampleBook.document(document.name, document.text), into: book)
            }
            let workflow = PostWorkflow(book: book, block: block)
            let through = try #require(CalendarMonth("2025-12"))
            let rehearsed = try workflow.run(through: through, dryRun: true)
            let before = try book.store.head()
            let report = try workflow.run(through: through, dryRun: false)
            #expect(rehearsed.entries == report.entries && rehearsed.held == report.held)
            work.append(
                Posted(
                    head: try book.store.head(), added: try book.store.head().size - before.size,
                    held: report.held, reversed: report.reversed,
                    words: "\(report.entries) \(report.resolved) \(report.superseded) "
                        + "\(report.unresolved.map { "\($0.activity) \($0.role.period)" }) "
                        + "\(report.idle.map { "\($0.certificate) \($0.covered)" })"))
        }
        #expect(try VerifyWorkflow(book: book).run().records == book.store.head().size)
        return work
    }

    /// What a posting left and reported.
    private struct Posted: Equatable {
        let head: TreeHead
        let added: Int
        let held: Int
        let reversed: Int
        let words: String
    }

    @Test("with nothing to post writes nothing, not even a lock")
    func nothing() throws {
        try TemporaryFolder.with { folder in
            let path = folder.appending(path: "b.tonne").path
            let book = try SampleBook.make(SQLiteLedgerStore.create(at: path))
            try SampleBook.importing(
                SampleBook.bill("a.csv", "2025-02-01", "2025-02-28", "1000"), into: book)
            let readOnly = try SampleBook.reading(book, by: .openReadOnly(at: path))
            #expect(throws: Refusal.self) { try SampleBook.post(readOnly) }
            let report = try SampleBook.post(book)
            #expect(report.entries > 0)
            #expect(try SampleBook.post(readOnly).entries == 0)
        }
    }

    @Test("gives the records and the report of all at a time", arguments: 0..<2)
    func blocks(seed: Int) throws {
        let whole = try Self.records(seed: seed, block: 1 << 20, InMemoryLedgerStore())
        // The outlier waits, and the estimate was replaced.
        #expect(whole.last?.held == 1 && (whole.last?.reversed ?? 0) > 0)
        for block in [1, 7] {
            #expect(try Self.records(seed: seed, block: block, InMemoryLedgerStore()) == whole)
        }
        try TemporaryFolder.with { folder in
            let store = try SQLiteLedgerStore.create(at: folder.appending(path: "b.tonne").path)
            #expect(try Self.records(seed: seed, block: 5, store) == whole)
        }
    }
}
