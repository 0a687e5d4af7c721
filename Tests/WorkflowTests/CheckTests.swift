internal import Documents
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("The check")
struct CheckTests {
    private static func findings(
        _ documents: [Document], _ period: String, _ kinds: Set<CheckFinding.Kind>
    ) throws -> [String] {
        let book = try SampleBook.make(factors: false)
        for document in documents { try SampleBook.importing(document, into: book) }
        let report = try CheckWorkflow(book: book).run(ReportingPeriod(period))
        return report.findings.filter { kinds.contains($0.kind) }.map(\.message)
    }

    @Test("names missing hours, but not the hour by which a bill is read early")
    func gaps() throws {
        let kinds: Set<CheckFinding.Kind> = [.gap, .missingMonth, .missingDocument]
        let hours = ClaimSamples.hours("a.csv", 0..<744) { hour in
            hour == 30 || (100..<124).contains(hour) ? nil : ("1", "actual")
        }
        #expect(
            try Self.findings([hours], "2025-01", kinds) == [
                "2 gaps without data (25 h), the first 2025-01-02T06:00:00Z to "
                    + "2025-01-02T07:00:00Z"
            ])
        // Bills in the days of London: that of March ends an hour of winter time earlier.
        let bills = [
            ClaimSamples.bill("m.csv", "2025-03-01", "2025-03-31", "10", ""),
            ClaimSamples.bill("a.csv", "2025-04-01", "2025-04-30", "10", ""),
        ]
        #expect(try Self.findings(bills, "2025-03-01/2025-05-01", kinds) == [])
        #expect(
            try Self.findings(bills, "2025-02-01/2025-08-01", kinds)
                == ["2025-02 is missing", "2025-05 to 2025-07 are missing"])
        #expect(
            try Self.findings([], "2025-02", kinds) == ["no electricity document came"])
    }

    @Test("follows a register from document to document")
    func registers() throws {
        func register(_ name: String, _ rows: [(String, Int)]) -> Document {
            SampleBook.document(
                name,
                "meter,read_at,reading,unit,carrier,direction\n"
                    + rows.map { "M-1,\($0.0)T00:00:00Z,\($0.1),kWh,electricity,import\n" }
                    .joined())
        }
        let first = register("a.csv", [("2025-01-01", 100), ("2025-01-02", 110)])
        let next = register("b.csv", [("2025-01-02", 110), ("2025-01-03", 121)])
        let later = register("c.csv", [("2025-02-01", 150), ("2025-02-02", 160)])
        let fallen = register("d.csv", [("2025-02-01", 3), ("2025-02-02", 9)])
        #expect(try Self.findings([first, next], "2025", [.registerBreak]) == [])
        // 150 − 121 = 29.
        #expect(
            try Self.findings([first, next, later], "2025", [.registerBreak]) == [
                "the register goes from 121 to 150 kWh between two documents: 29 kWh are in neither"
            ])
        let skipped = register("e.csv", [("2025-01-05", 130), ("2025-01-06", 140)])
        // 140 − 100 = 40, and 10 + 10 are booked.
        #expect(
            try Self.findings([first, skipped], "2025", [.registerBreak]) == [
                "the register goes from 100 to 140 kWh, and 20 kWh are booked"
            ])
        #expect(
            try Self.findings([first, fallen], "2025", [.registerBreak]) == [
                "the register falls from 110 to 3 kWh between two documents: an exchange or a "
                    + "roll-over?"
            ])
    }

    @Test("believes the numbers and the rhythm of a supplier only where there is one")
    func suppliers() throws {
        let kinds: Set<CheckFinding.Kind> = [.invoiceNumberGap]
        func invoices(_ numbers: [Int]) -> [Document] {
            numbers.map {
                ClaimSamples.invoice("P-\($0)", item: "Steel", unit: "TNE", quantity: $0)
            }
        }
        #expect(
            try Self.findings(invoices([98, 99, 101]), "2025", kinds)
                == ["invoice P-100 is missing between P-99 and P-101"])
        // Numbers for all customers of the supplier.
        #expect(try Self.findings(invoices([98, 117, 230, 231]), "2025", kinds) == [])
    }

    @Test("of an empty book finds the meters without documents")
    func empty() throws {
        let book = try SampleBook.make(factors: false)
        #expect(try CheckWorkflow(book: book).run(nil).findings.isEmpty)
    }
}
