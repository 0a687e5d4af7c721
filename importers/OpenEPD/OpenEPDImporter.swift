internal import Diagnostics
package import Documents
package import ImportKit

/// Reads environmental product declarations in openEPD JSON (Building Transparency).
package struct OpenEPDImporter: Importer {
    package let format = "openepd"
    package let mediaType = "application/json"

    package init() {}

    package func recognises(_ document: Document) -> Bool {
        JSONTree.mentions(["doctype", "declared_unit"], in: document)
            || JSONTree.mentions(["doctype", "impacts"], in: document)
            || JSONTree.mentions(["openepd_version"], in: document)
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            let root = try JSONTree.read(document)
            var reader = DocumentReader(file: document.name)
            let declaration = try reader.read(root)
            return DeclarationChecks.document(
                format: format, file: document.name, [declaration], faults: reader.diagnostics,
                quarantined: reader.quarantined)
        } catch {
            return .rejected(format: format, [error])
        }
    }
}
