internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// Makes an `Invoice` of the terms of a document: the one place where numbers, days, signs,
/// currencies and units are read, for every syntax of EN 16931.
package struct InvoiceMapper {
    private let terms: InvoiceTerms
    private let format: String
    private let file: String

    /// - Parameters:
    ///   - format: The identifier of the importer.
    ///   - file: The name shown in messages.
    package init(_ terms: InvoiceTerms, format: String, file: String) {
        self.terms = terms
        self.format = format
        self.file = file
    }

    /// Reads the invoice and checks it.
    ///
    /// A term of the header that cannot be read refuses the document, a term of a line sets the
    /// line aside.
    package func document() -> ImportedDocument {
        var fields = InvoiceFieldReader(file: file, days: terms.days)
        var invoice = header(&fields)
        var faults: [Diagnostic] = []
        var quarantined = 0
        for stated in terms.lines {
            var lineFields = InvoiceFieldReader(file: file, days: terms.days)
            let line = line(stated, of: invoice, &lineFields)
            if lineFields.diagnostics.isEmpty {
                invoice.lines.append(line)
            } else {
                faults += lineFields.diagnostics
                quarantined += 1
            }
        }
        guard fields.diagnostics.isEmpty else {
            return .rejected(format: format, fields.diagnostics + faults)
        }
        let findings =
            faults + subordinateLines
            + InvoiceChecks.diagnostics(for: invoice, file: file, isComplete: quarantined == 0)
        let outcome: ImportedDocument.Outcome =
            if quarantined > 0 {
                .quarantineRows
            } else if findings.contains(where: { $0.severity != .info }) {
                .acceptWithWarning
            } else {
                .accept
            }
        return ImportedDocument(
            format: format, outcome: outcome, invoices: [invoice], quarantined: quarantined,
            diagnostics: findings)
    }

    private func header(_ fields: inout InvoiceFieldReader) -> Invoice {
        let typeCode = fields.text(terms.typeCode, "the type code (BT-3)")
        let currency = fields.text(terms.currency, "the currency (BT-5)")
        let names = [terms.legalName, terms.tradingName].compactMap(Self.first)
        var invoice = Invoice(
            kind: .init(typeCode: typeCode, isCreditNoteDocument: terms.isCreditNoteDocument),
            number: fields.text(terms.number, "the invoice number (BT-1)") ?? "",
            typeCode: typeCode,
            issueDate: fields.date(terms.issueDate, "the issue date (BT-2)", as: .day),
            currency: currency, supplier: names.first,
            supplierIdentifiers: sellerIdentifiers(names),
            period: hasSeveralPeriods ? nil : fields.period(terms.period, "BG-14"),
            lineTotal: fields.amount(
                terms.totals.lines, "the sum of line net amounts (BT-106)", in: currency),
            taxExclusive: fields.amount(
                terms.totals.taxExclusive, "the total without VAT (BT-109)", in: currency),
            payable: fields.amount(terms.totals.payable, "the amount due (BT-115)", in: currency),
            precedingInvoices: terms.precedingInvoices.map(\.text).filter { !$0.isEmpty },
            lines: [], line: terms.root.line)
        invoice.hasSeveralPeriods = hasSeveralPeriods
        invoice.totals = totals(in: currency, &fields)
        return invoice
    }

    /// UBL may state several periods, such as that of the consumption and that of the payments.
    private var hasSeveralPeriods: Bool {
        [terms.period.start, terms.period.end].contains { term in
            Set(term.map(\.text).filter { !$0.isEmpty }).count > 1
        }
    }

    /// BT-31, BT-29 and BT-30, then the trading name where the legal name names the seller.
    private func sellerIdentifiers(_ names: [String]) -> [String] {
        let stated = terms.vatIdentifier + terms.sellerIdentifiers + terms.legalRegistration
        var seen: Set<String> = Set(names.prefix(1) + [""])
        return (stated.map(\.text) + names.dropFirst()).filter { seen.insert($0).inserted }
    }

    private func totals(
        in currency: String?, _ fields: inout InvoiceFieldReader
    ) -> Invoice.Totals {
        let stated = terms.totals
        var totals = Invoice.Totals()
        totals.allowances = fields.amount(
            stated.allowances, "the sum of allowances (BT-107)", in: currency)
        totals.charges = fields.amount(stated.charges, "the sum of charges (BT-108)", in: currency)
        totals.taxInclusive = fields.amount(
            stated.taxInclusive, "the total with VAT (BT-112)", in: currency)
        totals.prepaid = fields.amount(stated.prepaid, "the paid amount (BT-113)", in: currency)
        totals.rounding = fields.amount(
            stated.rounding, "the rounding amount (BT-114)", in: currency)
        totals.tax = tax(in: currency, &fields)
        for signed in allowanceCharges(
            terms.allowanceCharges, "BT-92 or BT-99", in: currency, &fields)
        {
            if signed.isCharge {
                totals.chargeAmounts.append(signed.amount)
            } else {
                totals.allowanceAmounts.append(signed.amount)
            }
        }
        for element in terms.otherCharges where !element.text.isEmpty {
            let amount = fields.decimal(element, "the amount of a charge")
            totals.chargeAmounts += amount.map { [$0] } ?? []
        }
        return totals
    }

    /// BT-110. A second total in the accounting currency of the seller (BT-111) is left out.
    ///
    /// - Returns: `nil` where UBL states a total for each kind of tax; which is VAT is not asked.
    private func tax(
        in currency: String?, _ fields: inout InvoiceFieldReader
    ) -> ExactDecimal? {
        let own = terms.totals.tax.filter {
            !$0.text.isEmpty && ($0.attributes["currencyID"] ?? currency) == currency
        }
        let amounts = own.compactMap { fields.decimal($0, "the total of VAT (BT-110)") }
        return Set(amounts).count == 1 ? amounts.first : nil
    }

    private func allowanceCharges(
        _ stated: [InvoiceTerms.AllowanceCharge], _ term: String, in currency: String?,
        _ fields: inout InvoiceFieldReader
    ) -> [(isCharge: Bool, amount: ExactDecimal)] {
        stated.compactMap { stated in
            let isCharge = fields.truth(
                stated.isCharge, "whether it is a charge, not an allowance,")
            let amount = fields.amount(
                stated.amount, "the amount of an allowance or charge (\(term))", in: currency)
            guard let isCharge, let amount else { return nil }
            return (isCharge, amount)
        }
    }

    private func line(
        _ stated: InvoiceTerms.Line, of invoice: Invoice, _ fields: inout InvoiceFieldReader
    ) -> Invoice.Line {
        let quantity = fields.sole(stated.quantity, "the quantity (BT-129)")
        let value = quantity.flatMap { fields.decimal($0, "the quantity (BT-129)") }
        let base = fields.sole(stated.priceBase, "the price base quantity (BT-149)")
        var line = Invoice.Line(
            identifier: fields.text(stated.identifier, "the line identifier (BT-126)") ?? "",
            name: Self.first(stated.name),
            classifications: stated.classifications.flatMap(Self.classification),
            quantity: value, unitCode: quantity.flatMap(Self.unitCode),
            netAmount: fields.amount(
                stated.netAmount, "the line net amount (BT-131)", in: invoice.currency),
            price: fields.amount(stated.price, "the price (BT-146)", in: invoice.currency),
            priceBase: base.flatMap { fields.decimal($0, "the price base quantity (BT-149)") },
            period: fields.period(stated.period, "BG-26"),
            ledgerQuantity: value.map(invoice.kind.ledgerQuantity), line: stated.element.line)
        line.priceBaseUnit = base.flatMap(Self.unitCode)
        line.place = quantity.map { ElementPlace($0, path: stated.quantityPath) }
        line.allowanceCharges = allowanceCharges(
            stated.allowanceCharges, "BT-136 or BT-141", in: invoice.currency, &fields
        ).map { $0.isCharge ? $0.amount : $0.amount.negated }
        return line
    }

    private var subordinateLines: [Diagnostic] {
        guard let first = terms.subordinateLines.first else { return [] }
        return [
            Diagnostic(
                .xmlStructure, severity: .info, at: .init(file: file, line: first.line),
                "\(terms.subordinateLines.count) lines are parts of other lines or for information "
                    + "only; they are not read")
        ]
    }

    private static func first(_ term: InvoiceTerms.Term) -> String? {
        term.lazy.map(\.text).first { !$0.isEmpty }
    }

    private static func unitCode(_ element: XMLElement) -> String? {
        element.attributes["unitCode"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The code, and the code with its scheme, so that a rule may ask for either.
    private static func classification(_ element: XMLElement) -> [String] {
        guard !element.text.isEmpty else { return [] }
        let scheme = element.attributes["listID"] ?? ""
        return scheme.isEmpty ? [element.text] : [element.text, "\(scheme):\(element.text)"]
    }
}
