package import Diagnostics
package import Quantities

extension Invoice.Kind {
    /// A CreditNote document, or the type code 381 in an Invoice document. Corrections (384),
    /// self-billing (389), partial and construction invoices (326, 875 to 877) carry their own sign.
    package init(typeCode: String?, isCreditNoteDocument: Bool) {
        self = isCreditNoteDocument || typeCode == "381" ? .creditNote : .invoice
    }

    /// A quantity with the sign of the ledger: credit notes state what is taken back as positive.
    package func ledgerQuantity(_ quantity: ExactDecimal) -> ExactDecimal {
        switch self {
        case .invoice: quantity
        case .creditNote: quantity.negated
        }
    }
}

extension InvoiceChecks {
    /// The result of reading one invoice: checks it and decides the outcome.
    ///
    /// - Parameters:
    ///   - headerFaults: Values of the header that cannot be read. One of them is enough to refuse
    ///     the document.
    ///   - lineFaults: Values that cannot be read in the lines set aside.
    ///   - quarantined: The number of lines set aside; they are not in `invoice.lines`.
    package static func document(
        format: String, file: String, invoice: Invoice, headerFaults: [Diagnostic],
        lines lineFaults: (faults: [Diagnostic], quarantined: Int)
    ) -> ImportedDocument {
        guard headerFaults.isEmpty else {
            return .rejected(format: format, headerFaults + lineFaults.faults)
        }
        var checked = invoice
        // A total cannot be compared with lines of which some are set aside.
        if lineFaults.quarantined > 0 { checked.lineTotal = nil }
        var findings = diagnostics(for: checked, file: file)
        findings = lineFaults.faults + findings
        let outcome: ImportedDocument.Outcome =
            if lineFaults.quarantined > 0 {
                .quarantineRows
            } else if findings.contains(where: { $0.severity != .info }) {
                .acceptWithWarning
            } else {
                .accept
            }
        return ImportedDocument(
            format: format, outcome: outcome, invoices: [invoice],
            quarantined: lineFaults.quarantined, diagnostics: findings)
    }
}
