internal import Documents

/// The namespaces of UBL 2 and the names that differ between an Invoice and a CreditNote.
enum Vocabulary {
    case invoice, creditNote

    static let basic = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
    static let aggregate =
        "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"

    /// - Returns: `nil` for any other root element.
    init?(namespace: String, root: String) {
        switch (namespace, root) {
        case ("urn:oasis:names:specification:ubl:schema:xsd:Invoice-2", "Invoice"):
            self = .invoice
        case ("urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2", "CreditNote"):
            self = .creditNote
        case _: return nil
        }
    }

    var typeCode: String {
        switch self {
        case .invoice: "InvoiceTypeCode"
        case .creditNote: "CreditNoteTypeCode"
        }
    }

    var line: String {
        switch self {
        case .invoice: "InvoiceLine"
        case .creditNote: "CreditNoteLine"
        }
    }

    var quantity: String {
        switch self {
        case .invoice: "InvoicedQuantity"
        case .creditNote: "CreditedQuantity"
        }
    }
}

extension XMLElement {
    /// The first child of a name among the basic components, which hold values.
    func basic(_ name: String) -> XMLElement? {
        children.first { $0.name == name && $0.namespace == Vocabulary.basic }
    }

    /// The text of the first such child; `nil` where it is absent or empty.
    func value(_ name: String) -> String? {
        guard let text = basic(name)?.text, !text.isEmpty else { return nil }
        return text
    }

    /// The children of a name among the aggregate components, which hold other elements.
    func aggregates(_ name: String) -> [XMLElement] {
        children.filter { $0.name == name && $0.namespace == Vocabulary.aggregate }
    }

    /// The first child, of that the first child, and so on, all of them aggregates.
    func aggregate(_ path: String...) -> XMLElement? {
        var current: XMLElement? = self
        for name in path { current = current?.aggregates(name).first }
        return current
    }
}
