internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Testing
internal import Workflows

@Suite("Rows that are set aside")
struct QuarantineTests {
    private static let meter = """

        [[meter]]
        number = "6001234567"
        facility = "gbx1"
        carrier = "electricity"
        role = "whole-site"
        valid_from = "2021-12-01"

        """

    /// Half-hours of 800 days from 1 January 2022 at UTC+10; every 25th day has a value that is
    /// none.
    private static let file: Document = {
        var day = CivilDate(year: 2022, month: 1, day: 1)
        let good = [String](repeating: "1", count: 48)
        var records = ["100,NEM12,202403010900,MDP1,RETAIL1"]
        records.append("200,6001234567,E1,1,E1,N1,SN1,kWh,30,20240401")
        for number in 1...800 {
            guard let date = day else { break }
            let values = number.isMultiple(of: 25) ? [String](good.dropLast()) + ["x"] : good
            let digits = date.description.replacing("-", with: "")
            records.append("300,\(digits),\(values.joined(separator: ",")),A,,,,")
            day = date.adding(days: 1)
        }
        return SampleBook.document("nem12.csv", (records + ["900"]).joined(separator: "\n") + "\n")
    }()

    /// 32 of 800 days are 4 %; the messages stop after 20.
    @Test("wait in the review one by one, however many the messages list")
    func everyRow() throws {
        let book = try SampleBook.make(factors: false)
        _ = try ApplyWorkflow(book: book).apply(
            SampleBook.document("organisation.toml", SampleBook.organisation + Self.meter),
            dryRun: false)
        let report = try SampleBook.importing(Self.file, into: book)
        #expect(report.diagnostics.count { $0.severity == .error } == 20)
        #expect(report.waiting.count == 32)
        let items = try book.state().reviewItems
        #expect(items.count == 32)
        #expect(items.allSatisfy { $0.reason == .quarantined })
        // Record n + 2 of the file holds day n.
        #expect(
            items.compactMap { $0.evidence.line.flatMap { Int($0) } }
                == stride(from: 27, through: 802, by: 25).map { $0 })
    }
}
