internal import Diagnostics
package import Documents
package import ImportKit

/// Reads product footprints of the PACT Technical Specifications, version 3 (WBCSD Partnership for
/// Carbon Transparency): one footprint, or the answer of a host with several.
package struct PACTImporter: Importer {
    package let format = "pact"
    package let mediaType = "application/json"

    package init() {}

    package func recognises(_ document: Document) -> Bool {
        JSONTree.mentions(["specVersion", "pcf"], in: document)
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            let root = try JSONTree.read(document)
            var reader = FootprintReader(file: document.name)
            let declarations = try reader.read(root)
            return DeclarationChecks.document(
                format: format, file: document.name, declarations, faults: reader.diagnostics,
                quarantined: reader.quarantined)
        } catch {
            return .rejected(format: format, [error])
        }
    }
}
