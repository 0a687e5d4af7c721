package import Diagnostics
package import Quantities

extension Invoice.Kind {
    /// A CreditNote document, or the type code 381 in an Invoice document. Corrections (384),
    /// self-billing (389), partial and construction invoices (326, 875 to 877) carry their own
    /// sign.
    package init(typeCode: String?, isCreditNoteDocument: Bool) {
        self = isCreditNoteDocument || typeCode == "381" ? .creditNote : .invoice
    }

    /// A quantity with the sign of the ledger: credit notes state what is taken back as positive.
    package func ledgerQuantity(_ quantity: ExactDecimal) -> ExactDecimal {
        switch self {
        case .invoice, .purchaseRecord: quantity
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
    ///   - lineFaults: Values that cannot be read in lines, and the number of the lines that hold
    ///     them; these are set aside and not in `invoice.lines`.
    package static func document(
        format: String, file: String, invoice: Invoice, headerFaults: [Diagnostic],
        lineFaults: (faults: [Diagnostic], quarantined: Int)
    ) -> ImportedDocument {
        guard headerFaults.isEmpty else {
            return .rejected(format: format, headerFaults + lineFaults.faults)
        }
        let isComplete = lineFaults.quarantined == 0
        let findings =
            lineFaults.faults + diagnostics(for: invoice, file: file, isComplete: isComplete)
        let outcome: ImportedDocument.Outcome =
            if !isComplete {
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
