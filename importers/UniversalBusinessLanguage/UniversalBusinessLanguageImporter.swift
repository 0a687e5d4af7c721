internal import Diagnostics
package import Documents
package import ImportKit

/// Reads invoices and credit notes of UBL 2.1 (OASIS; ISO/IEC 19845) in the view of EN 16931, and
/// with it Peppol BIS Billing 3 and XRechnung.
///
/// Elements are matched by namespace and name, whatever the prefix. Nothing is derived: what the
/// document does not state stays absent.
package struct UniversalBusinessLanguageImporter: Importer {
    package let format = "ubl"

    /// Attachments of 20 MB are met; in base64 they are a third longer.
    private static let limits: XMLLimits = {
        var limits = XMLLimits.tree
        limits.textBytes = 32 << 20
        return limits
    }()

    package init() {}

    /// Every document of UBL 2, so that one that is no invoice is refused by its name.
    package func recognises(_ document: Document) -> Bool {
        guard let root = XMLRoot.recognise(document) else { return false }
        return root.namespace.hasPrefix(Vocabulary.documents)
            || root.namespace == Vocabulary.envelope
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            let outer = try XMLTree.read(
                document, limits: Self.limits, attachments: ["EmbeddedDocumentBinaryObject"])
            let enclosed = outer.children.filter { $0.namespace.hasPrefix(Vocabulary.documents) }
            let isEnvelope = outer.namespace == Vocabulary.envelope && enclosed.count == 1
            let root = isEnvelope ? enclosed[0] : outer
            guard let vocabulary = Vocabulary(namespace: root.namespace, root: root.name) else {
                throw Self.refusal(root, document.name)
            }
            let terms = InvoiceReader(
                root: root, vocabulary: vocabulary, envelope: isEnvelope ? "/\(outer.name)" : ""
            ).terms()
            return InvoiceMapper(terms, format: format, file: document.name).document()
        } catch {
            return .rejected(format: format, [error])
        }
    }

    private static func refusal(_ root: XMLElement, _ file: String) -> Diagnostic {
        Diagnostic(
            .xmlStructure, at: SourceLocation(file: file, line: root.line),
            "the document is of the kind \"\(DiagnosticRenderer.quoted(root.name))\", no Invoice "
                + "or CreditNote of UBL 2",
            hint:
                "orders, despatch advices and statements charge nothing; ask the supplier for the "
                + "Invoice or CreditNote")
    }
}
