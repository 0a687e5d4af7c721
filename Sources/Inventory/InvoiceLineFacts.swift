package import Quantities

/// What an invoice line states, reduced to what matching needs (EN 16931 view).
package struct InvoiceLineFacts: Hashable, Sendable, Codable {
    /// The supplier as the document names it: BT-27, else BT-28, else an identifier.
    package let supplierName: String
    /// Other texts by which the organisation may know the supplier: VAT number, trading name.
    package let supplierIdentifiers: [String]
    package let invoiceNumber: String
    /// BT-126.
    package let lineIdentifier: String
    /// BT-153.
    package let itemName: String
    /// BT-158 codes.
    package let classifications: [String]
    /// BT-129 with the sign of the ledger: negative on a credit note.
    package let quantity: ExactDecimal
    /// BT-130, UN/CEFACT Rec 20 or 21, as written.
    package let unitCode: String
    /// BG-26, else BG-14; else the day of issue.
    package let period: ReportingPeriod
    /// BT-131 and the currency of the invoice; a bill of quantities may state neither.
    package let netAmount: ExactDecimal?
    package let currency: String?
    /// BT-25.
    package let corrects: [String]
    /// BT-3 is 384, a corrected invoice.
    package let isReplacement: Bool
    /// True for a credit note that names the invoices it credits and states no period.
    package let isUndated: Bool?

    package init(
        supplierName: String, supplierIdentifiers: [String] = [], invoiceNumber: String,
        lineIdentifier: String, itemName: String,
        classifications: [String], quantity: ExactDecimal, unitCode: String,
        period: ReportingPeriod, netAmount: ExactDecimal?, currency: String?,
        corrects: [String] = [], isReplacement: Bool = false, isUndated: Bool? = nil
    ) {
        self.isUndated = isUndated
        self.supplierName = supplierName
        self.supplierIdentifiers = supplierIdentifiers
        self.invoiceNumber = invoiceNumber
        self.lineIdentifier = lineIdentifier
        self.itemName = itemName
        self.classifications = classifications
        self.quantity = quantity
        self.unitCode = unitCode
        self.period = period
        self.netAmount = netAmount
        self.currency = currency
        self.corrects = corrects
        self.isReplacement = isReplacement
    }
}

extension Organisation {
    /// The supplier that a line names, by an identifier first: names are written in many ways.
    package func supplier(of line: InvoiceLineFacts) -> Supplier? {
        (line.supplierIdentifiers + [line.supplierName]).lazy.compactMap { supplier(named: $0) }
            .first
    }
}
