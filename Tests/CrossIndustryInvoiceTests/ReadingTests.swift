internal import CrossIndustryInvoice
internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

@Suite struct ReadingTests {
    let importer = CrossIndustryInvoiceImporter()

    @Test func `The electricity bill is read in full`() throws {
        let document = try EqualityLawTests.fixture("electricity.xml", of: "CrossIndustryInvoice")
        #expect(importer.recognises(document))
        let result = importer.read(document)
        #expect(result.format == "cii")
        #expect(result.outcome == .accept)
        let invoice = try #require(result.invoices.first)
        #expect(invoice.kind == .invoice)
        #expect(invoice.number == "E-2025-01-4471")
        #expect(invoice.typeCode == "380")
        #expect(invoice.issueDate == CivilDate("2025-02-05"))
        #expect(invoice.currency == "EUR")
        #expect(invoice.supplier == "Noordstroom Levering B.V.")
        #expect(invoice.supplierIdentifiers == ["NL860000004B01", "70000004", "Noordstroom"])
        #expect(invoice.period?.start == CivilDate("2025-01-01"))
        #expect(invoice.period?.end == CivilDate("2025-01-31"))
        #expect(invoice.lineTotal?.description == "26298.41")
        #expect(invoice.totals.tax?.description == "5522.67")
        #expect(invoice.payable?.description == "31821.08")
        let shown = invoice.lines.map { "\($0.ledgerQuantity ?? .zero) \($0.unitCode ?? "")" }
        #expect(shown == ["184250 KWH", "184250 KWH", "184.25 MWH", "1 MON"])
        #expect(invoice.lines[2].name == "Energy tax on electricity")
        #expect(invoice.lines[2].price?.description == "38.5")
    }

    @Test func `A line knows the element of its quantity`() throws {
        let document = try EqualityLawTests.fixture("electricity.xml", of: "CrossIndustryInvoice")
        let invoice = try #require(importer.read(document).invoices.first)
        let place = try #require(invoice.lines[1].place)
        #expect(
            place.path == "/CrossIndustryInvoice/SupplyChainTradeTransaction"
                + "/IncludedSupplyChainTradeLineItem[2]/SpecifiedLineTradeDelivery/BilledQuantity")
        let lines = String(decoding: document.bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        let text = "<ram:BilledQuantity unitCode=\"KWH\">184250</ram:BilledQuantity>"
        #expect(lines[place.line - 1].contains(text))
        let texts = try XMLExcerpts.texts(of: [place.number], in: document)
        #expect(texts == [place.number: text])
    }

    // UNTDID 1001 in EN 16931: which of these take back what they state.
    @Test(arguments: [
        ("380", "500"), ("381", "-500"), ("384", "500"), ("389", "500"), ("326", "500"),
        ("875", "500"), ("876", "500"), ("877", "500"), ("751", "500"), ("204", "500"),
        ("261", "-500"), ("396", "-500"), ("83", "-500"),
    ])
    func `The type code decides the sign, never the amount due`(code: String, ledger: String) {
        var model = InvoiceModel()
        model.typeCode = code
        model.prepaid = "200.00"
        model.payable = "-79.00"
        let result = importer.read(model.crossIndustryInvoice)
        #expect(result.outcome == .accept)
        let line = result.invoices.first?.lines.first
        #expect(line?.quantity?.description == "500")
        #expect(line?.ledgerQuantity?.description == ledger)
        #expect(result.invoices.first?.kind == (ledger == "500" ? .invoice : .creditNote))
    }

    @Test func `Parts of a line and lines for information are not counted`() throws {
        var model = InvoiceModel()
        model.lines = [InvoiceModel.Line()]
        var part = InvoiceModel.Line()
        part.identifier = "1.1"
        let parent = "<a:ParentLineID>1</a:ParentLineID>"
        let note = "<a:LineStatusReasonCode>INFORMATION</a:LineStatusReasonCode>"
        let detail = "<a:LineStatusReasonCode>DETAIL</a:LineStatusReasonCode>"
        let more =
            model.lineText(part, about: parent + detail) + model.lineText(part, about: note)
        let result = importer.read(model.crossIndustryInvoice(lines: more))
        #expect(result.invoices.first?.lines.map(\.identifier) == ["1"])
        #expect(result.outcome == .accept)
        #expect(result.diagnostics.map(\.code) == [.xmlStructure])
        #expect(result.diagnostics.first?.severity == .info)
    }

    @Test func `A nested sub-line is not a line`() throws {
        var model = InvoiceModel()
        model.lines = []
        let nested =
            "<a:IncludedSubordinateTradeLineItem><a:AssociatedDocumentLineDocument>"
            + "<a:LineID>9</a:LineID></a:AssociatedDocumentLineDocument>"
            + "</a:IncludedSubordinateTradeLineItem></a:IncludedSupplyChainTradeLineItem>"
        let line = model.lineText(InvoiceModel.Line())
            .replacing("</a:IncludedSupplyChainTradeLineItem>", with: nested)
        let invoice = importer.read(model.crossIndustryInvoice(lines: line)).invoices.first
        #expect(invoice?.lines.map(\.identifier) == ["1"])
    }

    @Test func `A logistics charge of the profile EXTENDED is a charge of the document`() {
        var model = InvoiceModel()
        model.chargeTotal = "5.00"
        model.taxExclusive = "105.00"
        model.taxInclusive = "126.00"
        model.payable = "126.00"
        let charge =
            "<a:SpecifiedLogisticsServiceCharge><a:AppliedAmount>5.00</a:AppliedAmount>"
            + "</a:SpecifiedLogisticsServiceCharge>"
        let result = importer.read(model.crossIndustryInvoice(settlement: charge))
        #expect(result.outcome == .accept, "\(result.diagnostics)")
        #expect(result.invoices.first?.totals.chargeAmounts.map(\.description) == ["5"])
    }

    @Test func `The price base may stand with the gross price`() {
        let model = InvoiceModel()
        let gross =
            "<a:SpecifiedLineTradeAgreement><a:GrossPriceProductTradePrice>"
            + "<a:ChargeAmount>25.00</a:ChargeAmount><a:BasisQuantity>100</a:BasisQuantity>"
            + "</a:GrossPriceProductTradePrice>"
        let text = String(decoding: model.crossIndustryInvoice.bytes, as: UTF8.self)
            .replacing("<a:SpecifiedLineTradeAgreement>", with: gross)
            .replacing("<a:ChargeAmount>0.20<", with: "<a:ChargeAmount>20.00<")
        let result = importer.read(Document(name: "g.xml", bytes: Array(text.utf8)))
        #expect(result.invoices.first?.lines.first?.priceBase?.description == "100")
        #expect(result.diagnostics.isEmpty)
    }

    @Test func `A price for another unit is compared after conversion`() {
        // 500 kWh are 0.5 MWh; at 200.00 a MWh they cost 100.00.
        var model = InvoiceModel()
        model.lines[0].price = "200.00"
        model.lines[0].priceBase = "1"
        model.lines[0].priceBaseUnit = "MWH"
        #expect(importer.read(model.crossIndustryInvoice).diagnostics.isEmpty)
    }

    @Test func `Classifications are known with and without their scheme`() {
        var model = InvoiceModel()
        model.lines[0].classifications = [("STI", "09310000-5"), ("", "26111")]
        let line = importer.read(model.crossIndustryInvoice).invoices.first?.lines.first
        #expect(line?.classifications == ["09310000-5", "STI:09310000-5", "26111"])
    }

    @Test func `A seller without a legal name has its trading name, a local tax number is no VAT`()
    {
        var model = InvoiceModel()
        model.legalName = ""
        let text = String(decoding: model.crossIndustryInvoice.bytes, as: UTF8.self)
            .replacing("schemeID=\"VA\"", with: "schemeID=\"FC\"")
        let invoice = importer.read(Document(name: "s.xml", bytes: Array(text.utf8))).invoices.first
        #expect(invoice?.supplier == "Seller")
        #expect(invoice?.supplierIdentifiers == ["S-7", "70000004"])
    }

    @Test func `Large attachments are passed over`() {
        let payload = String(repeating: "QUJD", count: 3 << 20)
        let attachment =
            "<a:AdditionalReferencedDocument><a:AttachmentBinaryObject mimeCode=\"text/csv\">"
            + payload + "</a:AttachmentBinaryObject></a:AdditionalReferencedDocument>"
        let document = InvoiceModel().crossIndustryInvoice(settlement: attachment)
        #expect(importer.read(document).outcome == .accept)
    }

    @Test func `Any prefix will do, and none where the namespace is declared`() {
        let text = String(decoding: InvoiceModel().crossIndustryInvoice.bytes, as: UTF8.self)
            .replacing("xmlns:a=", with: "xmlns=").replacing("<a:", with: "<")
            .replacing("</a:", with: "</").replacing("<r:", with: "<_x-1:")
            .replacing("</r:", with: "</_x-1:").replacing("xmlns:r=", with: "xmlns:_x-1=")
        let result = importer.read(Document(name: "p.xml", bytes: Array(text.utf8)))
        #expect(result.outcome == .accept)
        #expect(result.invoices.first?.lines.count == 1)
    }
}
