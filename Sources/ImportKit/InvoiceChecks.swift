package import Diagnostics
internal import Inventory
internal import Quantities

/// What EN 16931 lets a reader check in an invoice that has been read, whatever its syntax.
///
/// A check never changes the invoice. All of them are warnings to look at, but an unknown currency,
/// which is an error: such an invoice can be shown and not booked.
package enum InvoiceChecks {
    /// - Parameter isComplete: Whether `lines` holds every line of the document; only then can
    ///   they be compared with its total.
    /// - Returns: The findings of every check, one check after the other.
    package static func diagnostics(
        for invoice: Invoice, file: String, isComplete: Bool
    ) -> [Diagnostic] {
        var checks: [(Invoice, String) -> [Diagnostic]] = [
            requiredValues, currency, severalPeriods, periods, duplicateIdentifiers, unitCodes,
            placeholderQuantities, prices, allowancesAndCharges, totals,
        ]
        if isComplete { checks += [lines, lineTotal] }
        return checks.flatMap { $0(invoice, file) }
    }

    /// BR-2 to BR-6, BR-12 to BR-15, and of each line BR-21 to BR-25.
    static func requiredValues(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        // The Factur-X profile MINIMUM has no lines and then no sum of them; `lines` says so.
        let hasLines = !invoice.lines.isEmpty
        let header: [(isMissing: Bool, name: String)] = [
            (invoice.number.isEmpty, "invoice number (BT-1)"),
            (invoice.issueDate == nil, "issue date (BT-2)"),
            (invoice.typeCode == nil, "type code (BT-3)"),
            (invoice.currency == nil, "currency (BT-5)"),
            (invoice.supplier == nil, "name of the seller (BT-27)"),
            (invoice.lineTotal == nil && hasLines, "sum of line net amounts (BT-106)"),
            (invoice.taxExclusive == nil, "total without VAT (BT-109)"),
            (invoice.payable == nil, "amount due (BT-115)"),
        ]
        var missing = header.filter(\.isMissing).map { (name: $0.name, line: invoice.line) }
        for line in invoice.lines {
            let values: [(isMissing: Bool, name: String)] = [
                (line.identifier.isEmpty, "line identifier (BT-126)"),
                (line.quantity == nil, "quantity (BT-129)"),
                (line.unitCode == nil, "unit code (BT-130)"),
                (line.netAmount == nil, "line net amount (BT-131)"),
                (line.name == nil, "item name (BT-153)"),
            ]
            missing += values.filter(\.isMissing).map { (name: $0.name, line: line.line) }
        }
        return missing.map { value in
            Diagnostic(
                .valueMissing, severity: .warning, at: .init(file: file, line: value.line),
                "the document states no \(value.name)", hint: "ask the supplier for it")
        }
    }

    /// BR-16: an invoice has a line.
    static func lines(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        guard invoice.lines.isEmpty else { return [] }
        return [
            Diagnostic(
                .valueMissing, severity: .warning, at: .init(file: file, line: invoice.line),
                "the document states no invoice line (BG-25), so there is nothing to book",
                hint: "ask the supplier for a document with lines: for Factur-X or ZUGFeRD, the "
                    + "profile BASIC or a higher one")
        ]
    }

    /// BT-5 against ISO 4217.
    static func currency(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        guard let code = invoice.currency, UnitCatalog.currency(code) == nil else { return [] }
        return [
            Diagnostic(
                .currencyUnknown, at: .init(file: file, line: invoice.line),
                "\"\(DiagnosticRenderer.quoted(code))\" is no currency of ISO 4217",
                hint: "ask for the invoice in a known currency; until then it cannot be booked")
        ]
    }

    /// BG-14 stands once in EN 16931.
    static func severalPeriods(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        guard invoice.hasSeveralPeriods else { return [] }
        return [
            Diagnostic(
                .periodOverlap, severity: .warning, at: .init(file: file, line: invoice.line),
                "the document states several periods (BG-14), which differ",
                hint: "lines without a period of their own are not booked")
        ]
    }

    /// BR-29 and BR-30, and periods of which one end is missing.
    static func periods(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        let stated =
            [(period: invoice.period, line: invoice.line)]
            + invoice.lines.map { (period: $0.period, line: $0.line) }
        return stated.compactMap { stated in
            let place = SourceLocation(file: file, line: stated.line)
            switch (stated.period?.start, stated.period?.end) {
            case (let start?, let end?) where end < start:
                return Diagnostic(
                    .periodReversed, severity: .warning, at: place,
                    "the period ends on \"\(end)\", before it begins on \"\(start)\"",
                    hint: "ask the supplier for the period; it is not used")
            case (let start?, nil):
                return Diagnostic(
                    .valueMissing, severity: .warning, at: place,
                    "the period that begins on \"\(start)\" has no end")
            case (nil, let end?):
                return Diagnostic(
                    .valueMissing, severity: .warning, at: place,
                    "the period that ends on \"\(end)\" has no start")
            case _: return nil
            }
        }
    }

    /// A line is named by its identifier when it is booked, so two lines must not share one.
    static func duplicateIdentifiers(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        var seen: Set<String> = []
        return invoice.lines.compactMap { line in
            guard !line.identifier.isEmpty, !seen.insert(line.identifier).inserted else {
                return nil
            }
            return Diagnostic(
                .readingDuplicate, at: .init(file: file, line: line.line),
                "the line identifier \"\(DiagnosticRenderer.quoted(line.identifier))\" stands "
                    + "on an earlier line too",
                hint: "check that the line is not charged twice")
        }
    }
}
