internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

@Suite struct InvoiceLinesTests {
    // The columns: period of the line, period of the invoice, day of issue, what is used.
    @Test(arguments: [
        ("2025-01-05/2025-01-06", "2025-01-01/2025-01-31", "2025-02-03", "2025-01-05/2025-01-07"),
        ("", "2025-01-01/2025-01-31", "2025-02-03", "2025-01-01/2025-02-01"),
        ("2025-01-05/", "2025-01-01/2025-01-31", "2025-02-03", "2025-01-01/2025-02-01"),
        ("", "", "2024-12-31", "2024-12-31/2025-01-01"),
        ("2024-02-29/2024-02-29", "", "2024-12-31", "2024-02-29/2024-03-01"),
    ])
    func `The period is the nearest one stated, its last day included`(
        line: String, invoice: String, issued: String, expected: String
    ) throws {
        var subject = Self.invoice()
        subject.lines[0].period = Self.period(line)
        subject.period = Self.period(invoice)
        subject.issueDate = CivilDate(issued)
        let lines = InvoiceLines(of: subject, file: "i.xml")
        #expect(lines.setAside.isEmpty)
        #expect(lines.lines.first?.facts.period.description == expected)
        #expect(lines.lines.first?.line == 7)
    }

    @Test func `A line without a value that booking needs is set aside with a reason`() {
        let changes: [@Sendable (inout Invoice) -> Void] = [
            { $0.supplier = nil }, { $0.number = "" }, { $0.currency = nil },
            { $0.issueDate = nil }, { $0.lines[0].identifier = "" },
            { $0.lines[0].ledgerQuantity = nil }, { $0.lines[0].unitCode = nil },
            { $0.lines[0].netAmount = nil },
        ]
        for change in changes {
            var invoice = Self.invoice()
            change(&invoice)
            let lines = InvoiceLines(of: invoice, file: "i.xml")
            #expect(lines.lines.isEmpty)
            #expect(lines.setAside.map(\.reason.code) == [.valueMissing])
            #expect(lines.setAside.first?.reason.severity == .error)
            #expect(lines.setAside.first?.reason.location?.line == 7)
        }
    }

    @Test func `A seller without a name is named by an identifier`() {
        var invoice = Self.invoice()
        invoice.supplier = nil
        invoice.supplierIdentifiers = ["NL1"]
        let facts = InvoiceLines(of: invoice, file: "i.xml").lines.first?.facts
        #expect(facts?.supplierName == "NL1")
    }

    @Test func `Of several periods of the invoice none is taken for a line`() {
        var invoice = Self.invoice()
        invoice.hasSeveralPeriods = true
        let lines = InvoiceLines(of: invoice, file: "i.xml")
        #expect(lines.lines.isEmpty)
        #expect(lines.setAside.map(\.reason.code) == [.valueMissing])
        invoice.lines[0].period = Self.period("2025-01-01/2025-01-31")
        #expect(InvoiceLines(of: invoice, file: "i.xml").lines.count == 1)
    }

    @Test func `A reversed period is not replaced by another`() {
        var invoice = Self.invoice()
        invoice.lines[0].period = Self.period("2025-01-31/2025-01-01")
        let lines = InvoiceLines(of: invoice, file: "i.xml")
        #expect(lines.lines.isEmpty)
        #expect(lines.setAside.map(\.reason.code) == [.periodReversed])
    }

    @Test func `A placeholder quantity is never booked`() {
        var invoice = Self.invoice()
        invoice.lines[0].quantity = .one
        invoice.lines[0].ledgerQuantity = .one
        let lines = InvoiceLines(of: invoice, file: "i.xml")
        #expect(lines.lines.isEmpty)
        #expect(lines.setAside.map(\.reason.code) == [.invoiceQuantityImplausible])
    }

    static func invoice() -> Invoice {
        let line = Invoice.Line(
            identifier: "1", name: "Energy", quantity: ExactDecimal(500), unitCode: "KWH",
            netAmount: ExactDecimal(100), period: nil, ledgerQuantity: ExactDecimal(500), line: 7)
        return Invoice(
            kind: .invoice, number: "R1", typeCode: "380", issueDate: CivilDate("2025-02-01"),
            currency: "EUR", supplier: "Seller", period: nil, lineTotal: ExactDecimal(100),
            taxExclusive: nil, payable: nil, lines: [line], line: 2)
    }

    /// `start/end`, either of which may be empty; no period for an empty text.
    static func period(_ text: String) -> Invoice.DatePair? {
        guard !text.isEmpty else { return nil }
        let days = text.split(separator: "/", omittingEmptySubsequences: false).map {
            CivilDate(String($0))
        }
        return Invoice.DatePair(start: days[0], end: days[1])
    }
}
