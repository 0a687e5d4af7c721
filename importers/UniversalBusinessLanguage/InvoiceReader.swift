internal import Documents
internal import ImportKit

/// Says where the terms of EN 16931 stand in UBL (CEN/TS 16931-3-2, UBL binding).
struct InvoiceReader {
    let root: XMLElement
    let vocabulary: Vocabulary
    /// The path of what the invoice lies in; empty where it is the document.
    let envelope: String

    func terms() -> InvoiceTerms {
        var terms = InvoiceTerms(root: root, days: .xmlSchema)
        terms.isCreditNoteDocument = vocabulary == .creditNote
        terms.number = root.basics("ID")
        terms.issueDate = root.basics("IssueDate")
        terms.typeCode = root.basics(vocabulary.typeCode)
        terms.currency = root.basics("DocumentCurrencyCode")
        terms.period = period(root)
        // A document of either kind may precede one of either kind.
        terms.precedingInvoices =
            root.basics("BillingReference", "InvoiceDocumentReference", "ID")
            + root.basics("BillingReference", "CreditNoteDocumentReference", "ID")
        terms.allowanceCharges = allowanceCharges(root)
        terms.totals = totals
        addSeller(to: &terms)
        let lines = root.aggregates(vocabulary.line)
        terms.lines = lines.enumerated().map { line($1, number: $0 + 1) }
        terms.subordinateLines = lines.flatMap { $0.aggregates("Sub" + vocabulary.line) }
        return terms
    }

    private func addSeller(to terms: inout InvoiceTerms) {
        let parties = root.aggregates("AccountingSupplierParty", "Party")
        terms.tradingName = parties.flatMap { $0.basics("PartyName", "Name") }
        terms.legalName = parties.flatMap { $0.basics("PartyLegalEntity", "RegistrationName") }
        terms.sellerIdentifiers = parties.flatMap { $0.basics("PartyIdentification", "ID") }
        terms.legalRegistration = parties.flatMap { $0.basics("PartyLegalEntity", "CompanyID") }
        // Other tax schemes hold texts such as an approval, which name nobody.
        terms.vatIdentifier = parties.flatMap { $0.aggregates("PartyTaxScheme") }.filter {
            $0.basics("TaxScheme", "ID").contains { $0.text == "VAT" }
        }.flatMap { $0.basics("CompanyID") }
    }

    private var totals: InvoiceTerms.Totals {
        func total(_ name: String) -> InvoiceTerms.Term { root.basics("LegalMonetaryTotal", name) }
        var totals = InvoiceTerms.Totals()
        totals.lines = total("LineExtensionAmount")
        totals.allowances = total("AllowanceTotalAmount")
        totals.charges = total("ChargeTotalAmount")
        totals.taxExclusive = total("TaxExclusiveAmount")
        totals.tax = root.basics("TaxTotal", "TaxAmount")
        totals.taxInclusive = total("TaxInclusiveAmount")
        totals.prepaid = total("PrepaidAmount")
        totals.rounding = total("PayableRoundingAmount")
        totals.payable = total("PayableAmount")
        return totals
    }

    private func line(_ element: XMLElement, number: Int) -> InvoiceTerms.Line {
        var line = InvoiceTerms.Line(element)
        line.identifier = element.basics("ID")
        line.quantity = element.basics(vocabulary.quantity)
        line.quantityPath =
            envelope + "/\(vocabulary.root)/\(vocabulary.line)[\(number)]/\(vocabulary.quantity)"
        line.netAmount = element.basics("LineExtensionAmount")
        line.period = period(element)
        line.allowanceCharges = allowanceCharges(element)
        line.price = element.basics("Price", "PriceAmount")
        line.priceBase = element.basics("Price", "BaseQuantity")
        line.name = element.basics("Item", "Name")
        line.classifications = element.basics(
            "Item", "CommodityClassification", "ItemClassificationCode")
        return line
    }

    /// Periods that only name a tax point state no day.
    private func period(_ parent: XMLElement) -> InvoiceTerms.Period {
        InvoiceTerms.Period(
            start: parent.basics("InvoicePeriod", "StartDate"),
            end: parent.basics("InvoicePeriod", "EndDate"))
    }

    private func allowanceCharges(_ parent: XMLElement) -> [InvoiceTerms.AllowanceCharge] {
        parent.aggregates("AllowanceCharge").map {
            InvoiceTerms.AllowanceCharge(
                isCharge: $0.basics("ChargeIndicator"), amount: $0.basics("Amount"))
        }
    }
}
