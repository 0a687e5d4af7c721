internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Inventory
internal import LedgerStore
internal import Quantities
internal import TestSupport
internal import Testing
internal import Workflows

internal import struct Foundation.Data

/// An invoice on its way into a book: what is cited, what waits, what is booked once.
@Suite struct InvoiceImportTests {
    static let rules = """
        [[rule]]
        name = "electricity"
        [rule.when]
        item_name = "electricity"
        [rule.then]
        activity = "electricity"
        facility = "gbx1"
        treatment = "consumption"
        role = "whole-site"

        [[rule]]
        name = "metering"
        [rule.when]
        item_name = "metering"
        [rule.then]
        ignore = "a fee"

        """

    static func book() throws -> Book {
        let book = try SampleBook.make(factors: false)
        _ = try ApplyWorkflow(book: book).apply(
            SampleBook.document("rules.toml", rules), dryRun: false)
        return book
    }

    static func fixture(_ format: String) throws -> Document {
        let url = Repository.root.appending(path: "importers/\(format)/Fixtures/electricity.xml")
        return Document(name: "\(format).xml", bytes: [UInt8](try Data(contentsOf: url)))
    }

    @Test(arguments: [
        (
            "UniversalBusinessLanguage", "/Invoice/InvoiceLine[1]/InvoicedQuantity",
            "<cbc:InvoicedQuantity unitCode=\"KWH\">184250</cbc:InvoicedQuantity>"
        ),
        (
            "CrossIndustryInvoice",
            "/CrossIndustryInvoice/SupplyChainTradeTransaction/IncludedSupplyChainTradeLineItem[1]"
                + "/SpecifiedLineTradeDelivery/BilledQuantity",
            "<ram:BilledQuantity unitCode=\"KWH\">184250</ram:BilledQuantity>"
        ),
    ])
    func `The evidence of an activity is the element of its quantity`(
        format: String, place: String, text: String
    ) throws {
        let document = try Self.fixture(format)
        let book = try Self.book()
        let report = try SampleBook.importing(document, into: book)
        // Energy, transport and energy tax charge one quantity; the metering fee is ignored.
        #expect(report.activities.count == 1)
        #expect(report.duplicates == 2)
        #expect(report.ignored == 1)
        let evidence = try #require(report.activities.first?.evidence)
        #expect(evidence.place == place)
        #expect(try book.text(of: evidence) == text)
        let lines = String(decoding: document.bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let line = try #require(evidence.line.flatMap { Int($0) })
        #expect(lines[line - 1].contains(text))
    }

    @Test func `A document without line breaks is cited by the element all the same`() throws {
        let text = String(
            decoding: try Self.fixture("UniversalBusinessLanguage").bytes, as: UTF8.self)
        let document = SampleBook.document("one.xml", text.replacing("\n", with: " "))
        let book = try Self.book()
        let report = try SampleBook.importing(document, into: book)
        let evidence = try #require(report.activities.first?.evidence)
        #expect(evidence.line == "1")
        #expect(
            try book.text(of: evidence)
                == "<cbc:InvoicedQuantity unitCode=\"KWH\">184250</cbc:InvoicedQuantity>")
    }

    @Test func `The same invoice in the other syntax books nothing`() throws {
        let book = try Self.book()
        let first = try SampleBook.importing(
            try Self.fixture("UniversalBusinessLanguage"), into: book)
        let second = try SampleBook.importing(try Self.fixture("CrossIndustryInvoice"), into: book)
        #expect(first.activities.count == 1)
        #expect(second.activities.isEmpty)
        #expect(second.duplicates == 3)
        #expect(second.waiting.isEmpty)
    }

    // The columns: what stands for the first unit code, and what the waiting line says about it.
    @Test(arguments: [
        ("KW", "the kilowatt is KWT, the kilowatt-hour KWH"), ("KWT", "power in 'kW'"),
        ("XPP", "'XPP' is not known"), ("C62", "count in 'piece'"),
    ])
    func `A line whose unit is no quantity of energy waits, the others are booked`(
        code: String, message: String
    ) throws {
        let text = String(
            decoding: try Self.fixture("UniversalBusinessLanguage").bytes, as: UTF8.self)
        let first = try #require(text.firstRange(of: "\"KWH\""))
        let changed = text.replacingCharacters(in: first, with: "\"\(code)\"")
        let book = try Self.book()
        let report = try SampleBook.importing(SampleBook.document("u.xml", changed), into: book)
        #expect(report.activities.map(\.quantity.description) == ["184250 kWh"])
        #expect(report.waiting.count == 1)
        let waiting = try #require(report.waiting.first)
        #expect(waiting.reason == .quarantined)
        #expect(waiting.message.contains(message))
        let cited = try book.text(of: waiting.evidence)
        #expect(cited?.contains("unitCode=\"\(code)\"") == true)
    }

    @Test func `A placeholder waits with its element and is not booked`() throws {
        let text = String(
            decoding: try Self.fixture("UniversalBusinessLanguage").bytes, as: UTF8.self)
        let changed = text.replacing(">184250<", with: ">1<").replacing(
            ">184.250<", with: ">1<")
        let report = try SampleBook.importing(
            SampleBook.document("p.xml", changed), into: Self.book())
        #expect(report.activities.isEmpty)
        // Two lines of 1 kWh and one of 1 MWh are 26237.21 of 26298.41.
        #expect(report.waiting.count == 3)
        #expect(report.waiting.first?.evidence.place == "/Invoice/InvoiceLine[1]/InvoicedQuantity")
    }

    @Test func `A supplier that the organisation does not know is named in a warning`() throws {
        let report = try SampleBook.importing(
            try Self.fixture("CrossIndustryInvoice"), into: Self.book())
        #expect(report.diagnostics.map(\.code) == [.supplierUnknown])
        #expect(!report.activities.isEmpty && report.activities.first?.supplier == nil)
    }

    /// Issued on 1 April, for the energy of February.
    @Test(arguments: [true, false])
    func `A credit note without a period takes back in that of its invoice`(
        invoiceFirst: Bool
    ) throws {
        let invoice = ClaimSamples.invoice("R-1", quantity: 1_000, month: "2025-02")
        let credit = ClaimSamples.invoice(
            "C-1", type: 381, quantity: 100, corrects: "R-1", month: nil)
        let book = try ClaimSamples.book()
        for document in invoiceFirst ? [invoice, credit] : [credit, invoice] {
            try SampleBook.importing(document, into: book)
        }
        let state = try book.state()
        #expect(state.reviewItems.isEmpty)
        let booked = try #require(
            state.activities.first { $0.value.invoice?.number == "C-1" }?.value)
        #expect(booked.period.start.description == "2025-02-01")
        #expect(booked.period.end.description == "2025-03-01")
        #expect(booked.slot.start == Instant("2025-02-01T00:00:00Z"))
        #expect(booked.quantity.description == "-100 kWh" && booked.invoice?.isUndated == nil)
    }

    @Test func `A credit note without a period for an invoice nobody knows waits`() throws {
        let book = try ClaimSamples.book()
        let credit = ClaimSamples.invoice(
            "C-1", type: 381, quantity: 100, corrects: "R-0", month: nil)
        #expect(try SampleBook.importing(credit, into: book).conflicts == 1)
        let item = try #require(try book.state().reviewItems.first)
        #expect(item.message.contains("states no period"))
        let review = try ReviewWorkflow(book: book, catalog: ImporterCatalog())
        _ = try review.decide(
            ReviewFilter(number: item.number), .accept, reason: "of April", dryRun: false)
        let booked = try #require(try book.state().activities.first?.value)
        #expect(booked.period.start.description == "2025-04-01")
    }

    /// A return of goods is an event of its own day.
    @Test func `A credit note for goods stands on its day`() throws {
        let book = try ClaimSamples.book()
        try SampleBook.importing(
            ClaimSamples.invoice("S-1", item: "Steel", unit: "TNE", quantity: 12), into: book)
        let credit = ClaimSamples.invoice(
            "S-2", type: 381, item: "Steel", unit: "TNE", quantity: 2, corrects: "S-1", month: nil)
        let report = try SampleBook.importing(credit, into: book)
        #expect(report.activities.map(\.period.start.description) == ["2025-04-01"])
    }
}
