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

    /// A declaration may come with the data sets it points at.
    package var readsArchives: Bool { true }

    package func recognises(_ document: Document) -> Bool {
        guard ZipArchive.begins(document.head) else {
            return XMLRoot.recognise(document) == DataSetKind.process.root
        }
        do throws(Diagnostic) {
            return DataSetArchive.holdsProcesses(try ZipArchive(document))
        } catch {
            return false
        }
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            if ZipArchive.begins(document.head) {
                return answer(document, try DataSetArchive(ZipArchive(document)))
            }
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

    /// Every declaration of an archive; one that cannot be read refuses them all.
    private func answer(_ document: Document, _ archive: DataSetArchive) -> ImportedDocument {
        var declarations: [ProductDeclaration] = []
        var faults: [Diagnostic] = []
        var refusals: [Diagnostic] = []
        var quarantined = 0
        for process in archive.processes {
            var reader = DeclarationReader(
                file: process.document.name, dependencies: archive.dependencies)
            do throws(Diagnostic) {
                var declaration = try reader.read(process.root)
                declaration.member = process.document.member
                declarations.append(declaration)
            } catch {
                refusals.append(error)
            }
            faults += reader.faults
            quarantined += reader.quarantined
        }
        guard refusals.isEmpty else { return .rejected(format: format, refusals) }
        return DeclarationChecks.document(
            format: format, file: document.name, declarations, faults: faults,
            quarantined: quarantined)
    }
}
