package import Quantities

extension Invoice.Kind {
    /// The type codes (BT-3) of UNTDID 1001 that EN 16931 counts as credit notes. They state what
    /// is taken back as positive.
    ///
    /// Source: EN 16931 code lists, BR-CL-01.
    private static let creditNoteCodes: Set<String> = [
        "81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532",
    ]

    /// A CreditNote document, or the type code of a credit note in another document.
    ///
    /// Corrections (384), self-billing (389, the German "Gutschrift"), partial and construction
    /// invoices (326, 875 to 877) and negative invoices carry their own sign. The amount due says
    /// nothing: prepayments make it negative.
    package init(typeCode: String?, isCreditNoteDocument: Bool) {
        let isCreditNote = typeCode.map(Self.creditNoteCodes.contains) ?? false
        self = isCreditNoteDocument || isCreditNote ? .creditNote : .invoice
    }

    /// A quantity with the sign of the ledger: credit notes state what is taken back as positive.
    package func ledgerQuantity(_ quantity: ExactDecimal) -> ExactDecimal {
        switch self {
        case .invoice, .purchaseRecord: quantity
        case .creditNote: quantity.negated
        }
    }
}
