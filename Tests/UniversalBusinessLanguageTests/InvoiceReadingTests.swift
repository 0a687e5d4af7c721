internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing
internal import UniversalBusinessLanguage

@Suite struct InvoiceReadingTests {
    let importer = UniversalBusinessLanguageImporter()

    @Test(arguments: [
        (
            "steel-and-concrete.xml", Invoice.Kind.invoice, ["42.5 TNE", "310 MTQ", "5100 TKM"],
            "78374", "94832.54"
        ),
        ("chillers.xml", .invoice, ["2 H87", "84 KGM", "1 LS"], "197705", "239223.05"),
        (
            "electricity.xml", .invoice, ["184250 KWH", "184250 KWH", "184.25 MWH", "1 MON"],
            "26298.41", "31821.08"
        ),
        ("credit-note.xml", .creditNote, ["-2.5 TNE"], "2225", "2692.25"),
    ])
    func `A fixture is recognised and read in full`(
        name: String, kind: Invoice.Kind, quantities: [String], lineTotal: String, payable: String
    ) throws {
        let document = try Fixture.document(name)
        #expect(importer.recognises(document))
        let result = importer.read(document)
        #expect(result.outcome == .accept)
        #expect(result.diagnostics.isEmpty)
        let invoice = try #require(result.invoices.first)
        #expect(result.invoices.count == 1)
        #expect(invoice.kind == kind)
        let shown = invoice.lines.map { line in
            "\(line.ledgerQuantity?.description ?? "") \(line.unitCode ?? "")"
        }
        #expect(shown == quantities)
        #expect(invoice.lineTotal?.description == lineTotal)
        #expect(invoice.payable?.description == payable)
    }

    @Test func `The header terms are those of EN 16931`() throws {
        let credit = importer.read(try Fixture.document("credit-note.xml"))
        let invoice = try #require(credit.invoices.first)
        #expect(invoice.number == "2025-0131")
        #expect(invoice.typeCode == "381")
        #expect(invoice.issueDate == CivilDate("2025-03-03"))
        #expect(invoice.currency == "EUR")
        #expect(invoice.supplier == "Staalhandel Noord B.V.")
        let identifiers = ["NL860000002B01", "70000002", "Staal Noord"]
        #expect(invoice.supplierIdentifiers == identifiers)
        #expect(invoice.precedingInvoices == ["2025-0113"])
        #expect(invoice.period == nil)
        let line = try #require(invoice.lines.first)
        #expect(line.identifier == "1")
        #expect(line.name == "Reinforcing steel B500B, 12 mm, cut and bent")
        #expect(line.classifications == ["30103600", "TST:30103600"])
        #expect(line.quantity?.description == "2.5")
    }

    @Test func `A price keeps its base and a line its period`() throws {
        let steel = importer.read(try Fixture.document("steel-and-concrete.xml"))
        #expect(steel.invoices.first?.lines[1].price?.description == "12850")
        #expect(steel.invoices.first?.lines[1].priceBase?.description == "100")
        let chillers = importer.read(try Fixture.document("chillers.xml"))
        let charge = try #require(chillers.invoices.first?.lines[1])
        #expect(charge.period?.start == CivilDate("2025-03-17"))
        #expect(charge.period?.end == CivilDate("2025-03-19"))
    }

    // The sign rule of CONTRACT: only 381 and CreditNote turn it.
    @Test(arguments: [
        ("380", "500"), ("381", "-500"), ("384", "500"), ("389", "500"), ("326", "500"),
        ("875", "500"), ("876", "500"), ("877", "500"),
    ])
    func `The type code decides the sign, never the amount due`(code: String, ledger: String) {
        var text = InvoiceText(payable: "-20.00")
        text.typeCode = "<b:InvoiceTypeCode>\(code)</b:InvoiceTypeCode>"
        let line = text.read().invoices.first?.lines.first
        #expect(line?.quantity?.description == "500")
        #expect(line?.ledgerQuantity?.description == ledger)
    }

    @Test func `Sub-lines and lines of other namespaces are not lines of the invoice`() throws {
        var line = InvoiceText.Line()
        line.price +=
            "<a:SubInvoiceLine><b:ID>1.1</b:ID>"
            + "<b:InvoicedQuantity unitCode=\"KWH\">400</b:InvoicedQuantity></a:SubInvoiceLine>"
        var text = InvoiceText(lines: [line])
        text.beforeParties = "<InvoiceLine><b:ID>9</b:ID></InvoiceLine>"
        let invoice = try #require(text.read().invoices.first)
        #expect(invoice.lines.map(\.identifier) == ["1"])
        #expect(invoice.lines.first?.quantity?.description == "500")
    }

    @Test(arguments: [
        ("12.", "12"), ("-0.00", "0"), (".5", "0.5"), ("+7", "7"), ("804878.94", "804878.94"),
    ])
    func `Numbers are read in every notation of XML Schema`(written: String, read: String) {
        var line = InvoiceText.Line()
        line.quantity = "<b:InvoicedQuantity unitCode=\"KWH\"> \(written)\n</b:InvoicedQuantity>"
        let result = InvoiceText(lines: [line]).read()
        #expect(result.invoices.first?.lines.first?.quantity?.description == read)
    }

    @Test func `A period may bear offsets, or name only a tax point`() {
        var text = InvoiceText()
        text.period =
            "<a:InvoicePeriod><b:DescriptionCode>35</b:DescriptionCode></a:InvoicePeriod>"
            + InvoiceText.period("2025-01-01Z", "2025-01-31+01:00")
        let period = text.read().invoices.first?.period
        #expect(period?.start == CivilDate("2025-01-01"))
        #expect(period?.end == CivilDate("2025-01-31"))
    }

    /// As Peppol sends it.
    @Test func `An invoice in a Standard Business Document is the invoice`() throws {
        let bare = InvoiceText()
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <x:StandardBusinessDocument
             xmlns:x="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader">
            <x:StandardBusinessDocumentHeader><x:HeaderVersion>1.0</x:HeaderVersion>
            </x:StandardBusinessDocumentHeader>
            \(bare.text)</x:StandardBusinessDocument>
            """
        let document = Document(name: "invoice.xml", bytes: Array(text.utf8))
        let importer = UniversalBusinessLanguageImporter()
        #expect(importer.recognises(document))
        let read = importer.read(document)
        let line = try #require(read.invoices.first?.lines.first)
        #expect(read.outcome == bare.read().outcome && line.quantity == ExactDecimal(500))
        #expect(
            line.place?.path
                == "/StandardBusinessDocument/Invoice/InvoiceLine[1]/InvoicedQuantity")
        let empty = text.replacing(bare.text, with: "")
        #expect(
            importer.read(Document(name: "e.xml", bytes: Array(empty.utf8))).outcome == .reject)
    }

    @Test func `A large attachment is passed over`() {
        var text = InvoiceText()
        let payload = String(repeating: "QUJD", count: 3 << 20)
        text.beforeParties =
            "<a:AdditionalDocumentReference><a:Attachment><b:EmbeddedDocumentBinaryObject>"
            + payload
            + "</b:EmbeddedDocumentBinaryObject></a:Attachment></a:AdditionalDocumentReference>"
        #expect(text.read().outcome == .accept)
    }

    @Test(arguments: [
        "<Order xmlns=\"urn:o\"/>", "<Invoice/>", "id;value\n1;2\n", "",
    ])
    func `Another document is not recognised and not read`(text: String) {
        let document = Document(name: "other", bytes: Array(text.utf8))
        #expect(!importer.recognises(document))
        let result = importer.read(document)
        #expect(result.outcome == .reject)
        #expect(result.invoices.isEmpty)
        #expect(!result.diagnostics.isEmpty)
    }

    @Test(arguments: 0..<200)
    func `Permuting lines leaves totals and each line as they are`(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let lines = (1...12).map { number in
            var line = InvoiceText.Line()
            let quantity = Int.random(in: -5_000...5_000, using: &generator)
            line.identifier = "<b:ID>\(number)</b:ID>"
            line.quantity =
                "<b:InvoicedQuantity unitCode=\"KGM\">\(quantity).25</b:InvoicedQuantity>"
            return line
        }
        let one = try #require(InvoiceText(lines: lines).read().invoices.first)
        let shuffled = InvoiceText(lines: lines.shuffled(using: &generator))
        let other = try #require(shuffled.read().invoices.first)
        let sums = try [one, other].map {
            try ExactDecimal.sum($0.lines.compactMap(\.ledgerQuantity))
        }
        #expect(sums[0] == sums[1])
        #expect(one.lineTotal == other.lineTotal)
        let texts = [one, other].map { invoice in
            Set(invoice.lines.map { "\($0.identifier) \($0.ledgerQuantity ?? .zero)" })
        }
        #expect(texts[0] == texts[1])
    }
}
