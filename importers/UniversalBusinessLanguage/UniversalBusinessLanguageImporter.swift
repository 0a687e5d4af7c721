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

    package func recognises(_ document: Document) -> Bool {
        guard let root = XMLRoot.recognise(document) else { return false }
        return Vocabulary(namespace: root.namespace, root: root.local) != nil
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            let root = try XMLTree.read(
                document, limits: Self.limits, attachments: ["EmbeddedDocumentBinaryObject"])
            guard let vocabulary = Vocabulary(namespace: root.namespace, root: root.name) else {
                throw Diagnostic(
                    .xmlStructure, at: SourceLocation(file: document.name, line: root.line),
                    "the root element \"\(DiagnosticRenderer.quoted(root.name))\" is no Invoice "
                        + "or CreditNote of UBL 2",
                    hint: "export the document as UBL 2.1 Invoice or CreditNote")
            }
            return InvoiceReader(root: root, vocabulary: vocabulary, file: document.name).read()
        } catch {
            return .rejected(format: format, [error])
        }
    }
}
