internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Testing
internal import UniversalBusinessLanguage

/// One case: what is changed in a sound invoice, and what must come of it.
struct OutcomeCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let outcome: ImportedDocument.Outcome
    let code: DiagnosticCode?
    let severity: Diagnostic.Severity?
    let change: @Sendable (inout InvoiceText) -> Void

    init(
        _ description: String, _ outcome: ImportedDocument.Outcome, _ code: DiagnosticCode? = nil,
        _ severity: Diagnostic.Severity? = nil,
        change: @escaping @Sendable (inout InvoiceText) -> Void
    ) {
        testDescription = description
        self.outcome = outcome
        self.code = code
        self.severity = severity
        self.change = change
    }
}

@Suite struct InvoiceOutcomeTests {
    static let cases: [OutcomeCase] = [
        OutcomeCase("sound", .accept) { _ in },
        OutcomeCase("an allowance explains the net", .accept, .invoiceTotalDiffers, .info) {
            $0.lines[0].price = "<a:Price><b:PriceAmount>0.25</b:PriceAmount></a:Price>"
        },
        OutcomeCase("no number", .acceptWithWarning, .valueMissing, .warning) { $0.number = "" },
        OutcomeCase("no date", .acceptWithWarning, .valueMissing, .warning) { $0.issueDate = "" },
        OutcomeCase("no type", .acceptWithWarning, .valueMissing, .warning) { $0.typeCode = "" },
        OutcomeCase("no currency", .acceptWithWarning, .valueMissing, .warning) {
            $0.currency = ""
        },
        OutcomeCase("no seller", .acceptWithWarning, .valueMissing, .warning) { $0.supplier = "" },
        OutcomeCase("no lines", .acceptWithWarning, .valueMissing, .warning) { $0.lines = [] },
        OutcomeCase("no line total", .acceptWithWarning, .valueMissing, .warning) {
            $0.lineTotal = ""
        },
        OutcomeCase("no quantity", .acceptWithWarning, .valueMissing, .warning) {
            $0.lines[0].quantity = ""
        },
        OutcomeCase("no net amount", .acceptWithWarning, .valueMissing, .warning) {
            $0.lines[0].net = ""
        },
        OutcomeCase("no unit", .acceptWithWarning, .valueMissing, .warning) {
            $0.lines[0].quantity = "<b:InvoicedQuantity>500</b:InvoicedQuantity>"
        },
        OutcomeCase("unknown currency", .acceptWithWarning, .currencyUnknown, .error) {
            $0.currency = "<b:DocumentCurrencyCode>EURO</b:DocumentCurrencyCode>"
        },
        OutcomeCase("unknown unit", .acceptWithWarning, .unitUnknown, .warning) {
            $0.lines[0].quantity =
                "<b:InvoicedQuantity unitCode=\"kWh\">500</b:InvoicedQuantity>"
        },
        OutcomeCase("total off by 0.02", .acceptWithWarning, .invoiceTotalDiffers, .warning) {
            $0.lineTotal = "100.02"
        },
        OutcomeCase("total off by 0.01", .accept) { $0.lineTotal = "100.01" },
        OutcomeCase("placeholder", .acceptWithWarning, .invoiceQuantityImplausible, .warning) {
            $0.lines[0].quantity = "<b:InvoicedQuantity unitCode=\"KWH\">1</b:InvoicedQuantity>"
        },
        OutcomeCase("one piece", .accept, .invoiceTotalDiffers, .info) {
            $0.lines[0].quantity = "<b:InvoicedQuantity unitCode=\"H87\">1</b:InvoicedQuantity>"
        },
        OutcomeCase("reversed period", .acceptWithWarning, .periodReversed, .warning) {
            $0.period = InvoiceText.period("2025-02-01", "2025-01-01")
        },
        OutcomeCase("period without end", .acceptWithWarning, .valueMissing, .warning) {
            $0.lines[0].period = InvoiceText.period("2025-02-01", "")
        },
        OutcomeCase("two periods", .acceptWithWarning, .periodOverlap, .warning) {
            $0.period =
                InvoiceText.period("2025-01-01", "2025-01-31")
                + InvoiceText.period("2025-01-01", "2025-03-31")
        },
        OutcomeCase("a total for each kind of tax", .accept) {
            $0.beforeParties = ["19.00", "3.00"].map {
                "<a:TaxTotal><b:TaxAmount currencyID=\"EUR\">\($0)</b:TaxAmount></a:TaxTotal>"
            }.joined()
        },
        OutcomeCase("two amounts due", .reject, .xmlStructure, .error) {
            $0.beforeParties =
                "<a:LegalMonetaryTotal><b:PayableAmount>1</b:PayableAmount></a:LegalMonetaryTotal>"
        },
        OutcomeCase("two quantities in a line", .quarantineRows, .xmlStructure, .error) {
            $0.lines[0].quantity += "<b:InvoicedQuantity unitCode=\"MWH\">500</b:InvoicedQuantity>"
        },
        OutcomeCase("one identifier twice", .acceptWithWarning, .readingDuplicate, .warning) {
            $0.lines.append($0.lines[0])
            $0.lineTotal = "200.00"
        },
        OutcomeCase("decimal comma in a line", .quarantineRows, .numberInvalid, .error) {
            $0.lines[0].quantity =
                "<b:InvoicedQuantity unitCode=\"KWH\">12,5</b:InvoicedQuantity>"
        },
        OutcomeCase("forty digits in a line", .quarantineRows, .numberOutOfRange, .error) {
            let digits = String(repeating: "9", count: 40)
            $0.lines[0].net = "<b:LineExtensionAmount>\(digits)</b:LineExtensionAmount>"
        },
        OutcomeCase("no such day in a line", .quarantineRows, .dateInvalid, .error) {
            $0.lines[0].period = InvoiceText.period("2025-02-29", "2025-03-01")
        },
        OutcomeCase("no such day in the header", .reject, .dateInvalid, .error) {
            $0.issueDate = "<b:IssueDate>2025-13-01</b:IssueDate>"
        },
        OutcomeCase("no number in the header", .reject, .numberInvalid, .error) {
            $0.payable = "NaN"
        },
        OutcomeCase("malformed", .reject, .xmlMalformed, .error) { $0.number = "<b:ID>" },
    ]

    @Test(arguments: cases)
    func `Each fault has its outcome, code and severity`(_ example: OutcomeCase) {
        var text = InvoiceText()
        example.change(&text)
        let result = text.read()
        #expect(result.outcome == example.outcome)
        #expect(result.format == "ubl")
        let found = result.diagnostics.map(\.code)
        #expect(example.code.map(found.contains) ?? found.isEmpty, "\(result.diagnostics)")
        let diagnostic = result.diagnostics.first { $0.code == example.code }
        #expect(diagnostic?.severity == example.severity)
        #expect(result.invoices.isEmpty == (example.outcome == .reject))
    }

    @Test func `A line that cannot be read is left out and counted, and no total is compared`() {
        var text = InvoiceText()
        var broken = InvoiceText.Line()
        broken.quantity = "<b:InvoicedQuantity unitCode=\"KWH\">n/a</b:InvoicedQuantity>"
        text.lines.append(broken)
        text.lineTotal = "200.00"
        let result = text.read()
        #expect(result.outcome == .quarantineRows)
        #expect(result.quarantined == 1)
        #expect(result.invoices.first?.lines.count == 1)
        #expect(result.diagnostics.map(\.code) == [.numberInvalid])
        #expect(result.diagnostics.first?.location?.line == 6)
        let message = result.diagnostics.first?.message
        #expect(message == "the quantity (BT-129) \"n/a\" is not a decimal number")
    }

    @Test(arguments: ["Order", "DespatchAdvice", "SelfBilledInvoice", "UtilityStatement"])
    func `A document of UBL that is no invoice is refused by its name`(root: String) {
        let text = "<\(root) xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:\(root)-2\"/>"
        let document = Document(name: "o.xml", bytes: Array(text.utf8))
        let importer = UniversalBusinessLanguageImporter()
        #expect(importer.recognises(document))
        let result = importer.read(document)
        #expect(result.outcome == .reject)
        #expect(result.diagnostics.map(\.code) == [.xmlStructure])
        #expect(result.diagnostics.first?.message.contains("\"\(root)\"") == true)
        #expect(result.diagnostics.first?.hint?.contains("Invoice or CreditNote") == true)
    }
}
