internal import Diagnostics
package import Documents
package import ImportKit

/// Reads environmental product declarations in the ILCD format with the EPD extensions (InData;
/// extensions of 2013, 2019 and 2024).
///
/// Elements are matched by name, indicators by UUID. Nothing is fetched: what a reference points
/// at is known only if it came with the declaration.
package struct ILCDEPDImporter: Importer {
    package let format = "ilcd-epd"

    package init() {}

    package func recognises(_ document: Document) -> Bool {
        XMLRoot.recognise(document) == DataSetKind.process.root
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            let root = try XMLTree.read(document)
            guard root.kind == .process else {
                throw Diagnostic(
                    .xmlStructure, at: SourceLocation(file: document.name, line: root.line),
                    "the root element '\(DiagnosticRenderer.quoted(root.name))' is no "
                        + "processDataSet of ILCD",
                    hint: "export the declaration as an ILCD process data set")
            }
            var reader = DeclarationReader(file: document.name, dependencies: Dependencies())
            let declaration = try reader.read(root)
            return DeclarationChecks.document(
                format: format, file: document.name, [declaration], faults: reader.faults,
                quarantined: reader.quarantined)
        } catch {
            return .rejected(format: format, [error])
        }
    }
}
