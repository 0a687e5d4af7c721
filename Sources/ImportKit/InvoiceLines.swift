package import Diagnostics
package import Documents
package import Inventory
internal import Quantities

/// The lines of an invoice as facts that rules can be matched with.
package struct InvoiceLines: Hashable, Sendable {
    /// A line and its place in the document.
    package struct Located: Hashable, Sendable {
        package let facts: InvoiceLineFacts
        /// 1-based line on which it begins.
        package let line: Int
        /// The element that holds the quantity.
        package let element: ElementPlace?
    }

    /// A line that cannot be booked as it stands.
    package struct SetAside: Hashable, Sendable {
        package let reason: Diagnostic
        /// The element that holds the quantity, where there is one.
        package let element: ElementPlace?
    }

    /// In the order of the document.
    package private(set) var lines: [Located] = []
    package private(set) var setAside: [SetAside] = []

    /// - Parameters:
    ///   - invoice: As an importer read it.
    ///   - file: The name shown in messages.
    package init(of invoice: Invoice, file: String) {
        let placeholders = InvoiceChecks.placeholders(in: invoice)
        for (index, line) in invoice.lines.enumerated() {
            do throws(Diagnostic) {
                if placeholders.contains(index) {
                    throw InvoiceChecks.placeholder(line, invoice, file)
                }
                let facts = try Self.facts(line, of: invoice, file: file)
                lines.append(Located(facts: facts, line: line.line, element: line.place))
            } catch {
                setAside.append(SetAside(reason: error, element: line.place))
            }
        }
    }

    /// - Throws: `value-missing` for a line without what identifies and measures it, and
    ///   `period-reversed`.
    private static func facts(
        _ line: Invoice.Line, of invoice: Invoice, file: String
    ) throws(Diagnostic) -> InvoiceLineFacts {
        let place = SourceLocation(file: file, line: line.line)
        func require<Value>(_ value: Value?, _ name: String) throws(Diagnostic) -> Value {
            guard let value else {
                throw Diagnostic(
                    .valueMissing, at: place,
                    "line \"\(DiagnosticRenderer.quoted(line.identifier))\" has no \(name)",
                    hint: "it is set aside; ask the supplier for a complete invoice")
            }
            return value
        }
        let supplier = invoice.supplier ?? invoice.supplierIdentifiers.first
        let isPurchase = invoice.kind == .purchaseRecord
        return try InvoiceLineFacts(
            supplierName: require(supplier, "seller (BT-27)"),
            supplierIdentifiers: invoice.supplierIdentifiers,
            invoiceNumber: require(stated(invoice.number), "invoice number (BT-1)"),
            lineIdentifier: require(stated(line.identifier), "line identifier (BT-126)"),
            itemName: line.name ?? "", classifications: line.classifications,
            quantity: require(line.ledgerQuantity, "quantity (BT-129)"),
            unitCode: require(line.unitCode, "unit code (BT-130)"),
            period: require(
                try period(of: line, invoice, at: place), "period and no issue date (BT-2)"),
            netAmount: isPurchase ? line.netAmount : require(line.netAmount, "net amount (BT-131)"),
            currency: isPurchase ? invoice.currency : require(invoice.currency, "currency (BT-5)"),
            corrects: invoice.precedingInvoices, isReplacement: isReplacement(invoice),
            isUndated: isUndated(line, of: invoice) ? true : nil)
    }

    /// A corrected invoice with negative quantities states differences, which are booked as such.
    private static func isReplacement(_ invoice: Invoice) -> Bool {
        invoice.typeCode == "384" && !invoice.precedingInvoices.isEmpty
            && invoice.lines.allSatisfy { $0.ledgerQuantity?.isNegative != true }
    }

    /// What a credit note takes back lies in the time of the invoice it refers to (BT-25).
    private static func isUndated(_ line: Invoice.Line, of invoice: Invoice) -> Bool {
        line.ledgerQuantity?.isNegative == true && !invoice.precedingInvoices.isEmpty
            && [line.period, invoice.period].allSatisfy { $0?.start == nil || $0?.end == nil }
    }

    /// BG-26, else BG-14, else the day of issue; none where several periods are stated. The last
    /// day of a period of EN 16931 belongs to it; periods of ours end before their `end`. A period
    /// with one end missing counts as none.
    private static func period(
        of line: Invoice.Line, _ invoice: Invoice, at place: SourceLocation
    ) throws(Diagnostic) -> ReportingPeriod? {
        for stated in [line.period, invoice.period] {
            guard let first = stated?.start, let last = stated?.end else { continue }
            guard let period = ReportingPeriod(start: first, end: last.adding(days: 1)) else {
                throw Diagnostic(
                    .periodReversed, at: place,
                    "the period ends on \"\(last)\", before it begins on \"\(first)\"",
                    hint: "it is set aside; ask the supplier for the period")
            }
            return period
        }
        guard !invoice.hasSeveralPeriods else {
            throw Diagnostic(
                .valueMissing, at: place,
                "the line has no period, and the document states several",
                hint: "it is set aside; ask the supplier for the period of the line (BG-26)")
        }
        return invoice.issueDate.flatMap {
            ReportingPeriod(start: $0, end: $0.adding(days: 1))
        }
    }

    private static func stated(_ text: String) -> String? { text.isEmpty ? nil : text }
}
