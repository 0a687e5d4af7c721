internal import Documents

/// The namespaces of UBL 2 and the names that differ between an Invoice and a CreditNote.
enum Vocabulary {
    case invoice, creditNote

    static let documents = "urn:oasis:names:specification:ubl:schema:xsd:"
    /// What Peppol sends an invoice in: the Standard Business Document of UN/CEFACT.
    static let envelope =
        "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
    static let basic = documents + "CommonBasicComponents-2"
    static let aggregate = documents + "CommonAggregateComponents-2"

    /// - Returns: `nil` for any other root element.
    init?(namespace: String, root: String) {
        switch (namespace, root) {
        case (Self.documents + "Invoice-2", "Invoice"): self = .invoice
        case (Self.documents + "CreditNote-2", "CreditNote"): self = .creditNote
        case _: return nil
        }
    }

    var root: String {
        switch self {
        case .invoice: "Invoice"
        case .creditNote: "CreditNote"
        }
    }

    var typeCode: String { root + "TypeCode" }

    var line: String { root + "Line" }

    var quantity: String {
        switch self {
        case .invoice: "InvoicedQuantity"
        case .creditNote: "CreditedQuantity"
        }
    }
}

extension XMLElement {
    /// The basic components, which hold values, at the end of a path of aggregate components, which
    /// hold other elements.
    func basics(_ path: String...) -> [XMLElement] {
        all(path.dropLast(), in: Vocabulary.aggregate).flatMap { parent in
            parent.all(path.suffix(1), in: Vocabulary.basic)
        }
    }

    func aggregates(_ path: String...) -> [XMLElement] { all(path, in: Vocabulary.aggregate) }
}
