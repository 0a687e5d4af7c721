internal import CrossIndustryInvoice
internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Testing

/// One case: what is changed in a sound invoice, and what must come of it.
struct OutcomeCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let outcome: ImportedDocument.Outcome
    let code: DiagnosticCode?
    let change: @Sendable (inout InvoiceModel) -> Void

    init(
        _ description: String, _ outcome: ImportedDocument.Outcome, _ code: DiagnosticCode? = nil,
        change: @escaping @Sendable (inout InvoiceModel) -> Void
    ) {
        testDescription = description
        self.outcome = outcome
        self.code = code
        self.change = change
    }
}

@Suite struct OutcomeTests {
    let importer = CrossIndustryInvoiceImporter()

    // The sound invoice: one line of 500 kWh at 0.20, net 100.00, VAT 21.00, due 121.00.
    static let rules: [OutcomeCase] = [
        OutcomeCase("sound", .accept) { _ in },
        OutcomeCase("BR-2", .acceptWithWarning, .valueMissing) { $0.number = "" },
        OutcomeCase("BR-3", .acceptWithWarning, .valueMissing) { $0.issued = "" },
        OutcomeCase("BR-4", .acceptWithWarning, .valueMissing) { $0.typeCode = "" },
        OutcomeCase("BR-5", .acceptWithWarning, .valueMissing) { $0.currency = "" },
        OutcomeCase("BR-6", .acceptWithWarning, .valueMissing) {
            $0.legalName = ""
            $0.tradingName = ""
        },
        OutcomeCase("BR-12", .acceptWithWarning, .valueMissing) { $0.lineTotal = "" },
        OutcomeCase("BR-13", .acceptWithWarning, .valueMissing) { $0.taxExclusive = "" },
        OutcomeCase("BR-15", .acceptWithWarning, .valueMissing) { $0.payable = "" },
        OutcomeCase("BR-21", .acceptWithWarning, .valueMissing) { $0.lines[0].identifier = "" },
        OutcomeCase("BR-22", .acceptWithWarning, .valueMissing) { $0.lines[0].quantity = "" },
        OutcomeCase("BR-23", .acceptWithWarning, .valueMissing) { $0.lines[0].unit = "" },
        OutcomeCase("BR-24", .acceptWithWarning, .valueMissing) { $0.lines[0].net = "" },
        OutcomeCase("BR-25", .acceptWithWarning, .valueMissing) { $0.lines[0].name = "" },
        OutcomeCase("BR-29", .acceptWithWarning, .periodReversed) {
            $0.period = ("2025-02-01", "2025-01-01")
        },
        OutcomeCase("BR-30", .acceptWithWarning, .periodReversed) {
            $0.lines[0].period = ("2025-02-01", "2025-01-01")
        },
        OutcomeCase("BR-CL-04", .acceptWithWarning, .currencyUnknown) { $0.currency = "EURO" },
        // 100.00 + 0.01 for one line is still rounding, 100.02 is not.
        OutcomeCase("BR-CO-10 within", .accept) {
            $0.lineTotal = "100.01"
        },
        OutcomeCase("BR-CO-10", .acceptWithWarning, .invoiceTotalDiffers) {
            $0.lineTotal = "100.02"
        },
        OutcomeCase("BR-CO-11", .acceptWithWarning, .invoiceTotalDiffers) {
            $0.allowanceCharges = [(false, "1.00"), (false, "1.50")]
            $0.allowanceTotal = "2.60"
            $0.taxExclusive = "97.40"
            $0.taxInclusive = "118.40"
            $0.payable = "118.40"
        },
        OutcomeCase("BR-CO-12, total not stated", .acceptWithWarning, .invoiceTotalDiffers) {
            $0.allowanceCharges = [(true, "4.00")]
        },
        OutcomeCase("BR-CO-13", .acceptWithWarning, .invoiceTotalDiffers) {
            $0.allowanceCharges = [(true, "4.00")]
            $0.chargeTotal = "4.00"
        },
        OutcomeCase("BR-CO-15", .acceptWithWarning, .invoiceTotalDiffers) {
            $0.taxInclusive = "122.00"
            $0.payable = "122.00"
        },
        OutcomeCase("BR-CO-16", .acceptWithWarning, .invoiceTotalDiffers) {
            $0.prepaid = "20.00"
        },
        OutcomeCase("BR-CO-16 with rounding", .accept) {
            $0.taxes = [("EUR", "21.40")]
            $0.taxInclusive = "121.40"
            $0.rounding = "-0.40"
        },
        OutcomeCase("due amount rounded to a whole unit without a word", .accept) {
            $0.taxes = [("EUR", "21.40")]
            $0.taxInclusive = "121.40"
        },
    ]

    static let values: [OutcomeCase] = [
        OutcomeCase("decimal comma in the header", .reject, .numberInvalid) {
            $0.payable = "121,00"
        },
        OutcomeCase("grouped digits in a line", .quarantineRows, .numberInvalid) {
            $0.lines[0].net = "1,000.00"
        },
        OutcomeCase("infinity", .quarantineRows, .numberInvalid) { $0.lines[0].quantity = "INF" },
        OutcomeCase("hexadecimal", .quarantineRows, .numberInvalid) { $0.lines[0].price = "0x1p3" },
        OutcomeCase("forty digits", .quarantineRows, .numberOutOfRange) {
            $0.lines[0].quantity = String(repeating: "9", count: 40)
        },
        OutcomeCase("exponent of 31", .quarantineRows, .numberOutOfRange) {
            $0.lines[0].quantity = "1e31"
        },
        OutcomeCase("trailing point and negative zero", .accept) {
            $0.lines[0].quantity = "500."
            $0.prepaid = "-0.00"
        },
        OutcomeCase("no such day in the header", .reject, .dateInvalid) {
            $0.issued = "2025-02-29"
        },
        OutcomeCase("no such day in a line", .quarantineRows, .dateInvalid) {
            $0.lines[0].period = ("2025-01-01", "2025-01-32")
        },
        OutcomeCase("placeholder", .acceptWithWarning, .invoiceQuantityImplausible) {
            $0.lines[0].quantity = "1"
        },
        OutcomeCase("placeholder of a credit", .acceptWithWarning, .invoiceQuantityImplausible) {
            $0.lines[0].quantity = "-1.000"
        },
        OutcomeCase("the one month of a fee", .accept, .invoiceTotalDiffers) {
            $0.lines[0].quantity = "1"
            $0.lines[0].unit = "MON"
        },
        OutcomeCase("a package of Recommendation 21", .accept) { $0.lines[0].unit = "XPP" },
        OutcomeCase("KW", .acceptWithWarning, .unitUnknown) { $0.lines[0].unit = "KW" },
        OutcomeCase("kWh", .acceptWithWarning, .unitUnknown) { $0.lines[0].unit = "kWh" },
        OutcomeCase("NAR", .acceptWithWarning, .unitUnknown) { $0.lines[0].unit = "NAR" },
        OutcomeCase("ST", .acceptWithWarning, .unitUnknown) { $0.lines[0].unit = "ST" },
        OutcomeCase("one identifier twice", .acceptWithWarning, .readingDuplicate) {
            $0.lines.append($0.lines[0])
            $0.lineTotal = "200.00"
        },
    ]

    @Test(arguments: rules + values)
    func `Each fault has its outcome and code`(_ example: OutcomeCase) {
        var model = InvoiceModel()
        example.change(&model)
        let result = importer.read(model.crossIndustryInvoice)
        #expect(result.outcome == example.outcome, "\(result.diagnostics)")
        let found = result.diagnostics.map(\.code)
        #expect(example.code.map(found.contains) ?? found.isEmpty, "\(result.diagnostics)")
        #expect(result.invoices.isEmpty == (example.outcome == .reject))
    }

    @Test func `Charges of one kilowatt-hour each are placeholders together`() {
        // 40 + 35 + 25: none of them is more than half of the bill.
        var model = InvoiceModel()
        model.lines = ["40.00", "35.00", "25.00"].enumerated().map { index, net in
            var line = InvoiceModel.Line()
            line.identifier = "\(index + 1)"
            line.quantity = "1"
            line.price = net
            line.net = net
            return line
        }
        let found = importer.read(model.crossIndustryInvoice).diagnostics.map(\.code)
        #expect(found == Array(repeating: .invoiceQuantityImplausible, count: 3))
    }

    // UNTDID 2379; the columns: format, digits, day that is read.
    @Test(arguments: [
        ("102", "20250205", "2025-02-05"), ("102", " 20250205\n", "2025-02-05"),
        ("203", "202502051200", "2025-02-05"), ("204", "20250205120000", "2025-02-05"),
        ("102", "2025-02-05", ""), ("102", "20250230", ""), ("102", "250205", ""),
        ("610", "202502", ""), ("616", "202506", ""), ("101", "250205", ""), ("", "20250205", ""),
        ("102", "05022025", ""), ("102", "２０２５０２０５", ""),
    ])
    func `A day is read by its format and never guessed`(
        format: String, digits: String, day: String
    ) {
        let text = String(decoding: InvoiceModel().crossIndustryInvoice.bytes, as: UTF8.self)
            .replacing(
                "format=\"102\">20250205<",
                with: (format.isEmpty ? "" : "format=\"\(format)\"") + ">\(digits)<")
        let result = importer.read(Document(name: "d.xml", bytes: Array(text.utf8)))
        #expect(result.invoices.first?.issueDate?.description ?? "" == day)
        #expect(result.diagnostics.map(\.code) == (day.isEmpty ? [.dateInvalid] : []))
    }

    @Test func `A month is a period of its days`() {
        let month =
            "<a:BillingSpecifiedPeriod><a:StartDateTime><u:DateTimeString format=\"610\">202402"
            + "</u:DateTimeString></a:StartDateTime><a:EndDateTime>"
            + "<u:DateTimeString format=\"610\">202402</u:DateTimeString></a:EndDateTime>"
            + "</a:BillingSpecifiedPeriod>"
        let document = InvoiceModel().crossIndustryInvoice(settlement: month)
        let period = importer.read(document).invoices.first?.period
        #expect(period?.start == CivilDate("2024-02-01"))
        #expect(period?.end == CivilDate("2024-02-29"))
    }

    @Test func `Two settlements are read where they agree and refused where they differ`() {
        let model = InvoiceModel()
        let text = String(decoding: model.crossIndustryInvoice.bytes, as: UTF8.self)
        let start = text.firstRange(of: "<a:ApplicableHeaderTradeSettlement>")?.lowerBound
        let end = text.firstRange(of: "</a:ApplicableHeaderTradeSettlement>")?.upperBound
        let block = start.flatMap { start in end.map { String(text[start..<$0]) } } ?? ""
        #expect(!block.isEmpty)
        let same = importer.read(model.crossIndustryInvoice(afterSettlement: block))
        #expect(same.outcome == .accept)
        let other = block.replacing("121.00", with: "131.00")
        let differing = importer.read(model.crossIndustryInvoice(afterSettlement: other))
        #expect(differing.outcome == .reject)
        #expect(Set(differing.diagnostics.map(\.code)) == [.xmlStructure])
    }

    @Test(arguments: [
        (
            "<d:CrossIndustryDocument xmlns:d=\"urn:ferd:CrossIndustryDocument:invoice:1p0\"/>",
            "ZUGFeRD 1"
        ),
        (
            "<CrossIndustryInvoice xmlns=\"urn:un:unece:uncefact:data:standard:"
                + "CrossIndustryInvoice:1\"/>", "version"
        ),
        (
            "<o:SCRDMCCBDACIOMessageStructure xmlns:o=\"urn:un:unece:uncefact:data:"
                + "SCRDMCCBDACIOMessageStructure:100\"/>", "no invoice"
        ),
    ])
    func `A relative of the format is refused with a way out`(text: String, word: String) {
        let document = Document(name: "r.xml", bytes: Array(text.utf8))
        #expect(importer.recognises(document))
        let result = importer.read(document)
        #expect(result.outcome == .reject)
        #expect(result.diagnostics.map(\.code) == [.xmlStructure])
        #expect(result.diagnostics.first?.message.contains(word) == true)
        #expect(result.diagnostics.first?.hint?.isEmpty == false)
    }

    @Test(arguments: ["<CrossIndustryInvoice/>", "<rss/>", "a;b\n1;2\n", ""])
    func `Another document is not recognised and not read`(text: String) {
        let document = Document(name: "other", bytes: Array(text.utf8))
        #expect(!importer.recognises(document))
        #expect(importer.read(document).outcome == .reject)
    }

    @Test func `The profile MINIMUM has no lines, and says what to ask for`() {
        var model = InvoiceModel()
        model.lines = []
        model.lineTotal = ""
        let result = importer.read(model.crossIndustryInvoice)
        #expect(result.outcome == .acceptWithWarning)
        #expect(result.diagnostics.map(\.code) == [.valueMissing])
        #expect(result.diagnostics.first?.hint?.contains("BASIC") == true)
    }
}
