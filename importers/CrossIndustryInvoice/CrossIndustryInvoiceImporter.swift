internal import Diagnostics
package import Documents
package import ImportKit

/// Reads invoices of UN/CEFACT Cross Industry Invoice D16B in the view of EN 16931: XRechnung,
/// Factur-X and ZUGFeRD 2 in every profile.
///
/// Elements are matched by namespace and name, whatever the prefix. Nothing is derived: what the
/// document does not state stays absent.
package struct CrossIndustryInvoiceImporter: Importer {
    package let format = "cii"

    /// Attachments of 20 MB are met; in base64 they are a third longer.
    private static let limits: XMLLimits = {
        var limits = XMLLimits.tree
        limits.textBytes = 32 << 20
        return limits
    }()

    package init() {}

    /// Every document of the family, so that one that is not read is refused with a way out.
    package func recognises(_ document: Document) -> Bool {
        XMLRoot.recognise(document).map(Vocabulary.isOfFamily) ?? false
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            let root = try XMLTree.read(
                document, limits: Self.limits,
                attachments: ["AttachmentBinaryObject", "IncludedBinaryObject"])
            guard root.namespace == Vocabulary.root, root.name == "CrossIndustryInvoice" else {
                throw Self.refusal(root, document.name)
            }
            return InvoiceMapper(
                InvoiceReader(root).terms(), format: format, file: document.name
            ).document()
        } catch {
            return .rejected(format: format, [error])
        }
    }

    private static func refusal(_ root: XMLElement, _ file: String) -> Diagnostic {
        let place = SourceLocation(file: file, line: root.line)
        let name = DiagnosticRenderer.quoted(root.name)
        if root.name == "CrossIndustryDocument" {
            return Diagnostic(
                .xmlStructure, at: place, "the document is of ZUGFeRD 1, which is not read",
                hint: "ask the supplier for ZUGFeRD 2 or Factur-X, whose root element is "
                    + "CrossIndustryInvoice")
        }
        guard root.name == "CrossIndustryInvoice" else {
            return Diagnostic(
                .xmlStructure, at: place, "the document is of the kind \"\(name)\", no invoice",
                hint: "orders and despatch advices charge nothing; ask the supplier for the invoice"
            )
        }
        return Diagnostic(
            .xmlStructure, at: place,
            "the document is of the version \"\(DiagnosticRenderer.quoted(root.namespace))\" of "
                + "CrossIndustryInvoice, which is not read",
            hint: "ask the supplier for version 100 (D16B), which EN 16931, Factur-X and ZUGFeRD 2 "
                + "use")
    }
}
