internal import Diagnostics
package import Documents
internal import ENTSOE
internal import GreenButton
package import ImportKit
internal import ImporterProfiles
internal import NEM12
internal import UniversalBusinessLanguage

/// Every importer. A new format is one line here.
package struct ImporterCatalog: Sendable {
    package let importers: [any Importer]

    package init() throws(Refusal) {
        importers = [
            ENTSOEImporter(),
            GreenButtonImporter(),
            NEM12Importer(),
            UniversalBusinessLanguageImporter(),
            CSVImporter(catalog: try Self.profiles()),
        ]
    }

    /// What keeps a document from being recognised: a fault of its XML, or that nobody knows it.
    private static func whyUnknown(_ document: Document) -> Diagnostic {
        let blanks = Set(" \t\r\n".utf8)
        if document.head.first(where: { !blanks.contains($0) }) == UInt8(ascii: "<") {
            do throws(Diagnostic) {
                _ = try XMLRoot.read(document)
            } catch {
                return error
            }
        }
        return Diagnostic(
            .formatUnknown, at: SourceLocation(file: document.name),
            "no importer knows this format",
            hint: "tonne reads Green Button XML, NEM12 and NEM13, ENTSO-E XML, UBL 2.1 and CSV "
                + "with a profile")
    }

    private static func profiles() throws(Refusal) -> ProfileCatalog {
        do {
            return try ProfileCatalog(texts: ShippedProfiles.texts)
        } catch {
            throw Refusal(error.diagnostics)
        }
    }

    /// Reads a document by the first importer that recognises it.
    package func read(_ document: Document) -> ImportedDocument {
        if document.isEmpty {
            return ImportedDocument(
                format: "unknown", outcome: .acceptEmpty,
                diagnostics: [
                    Diagnostic(
                        .fileEmpty, severity: .warning, at: SourceLocation(file: document.name),
                        "the file has no bytes", hint: "ask the sender for it again")
                ])
        }
        guard let importer = importers.first(where: { $0.recognises(document) }) else {
            return .rejected(format: "unknown", [Self.whyUnknown(document)])
        }
        guard document.size <= importer.largestDocument else {
            return .rejected(
                format: importer.format,
                [
                    Diagnostic(
                        .fileTooLarge, at: SourceLocation(file: document.name),
                        "the file is larger than \(importer.largestDocument >> 20) MiB",
                        hint: "split it by month or meter")
                ])
        }
        return importer.read(document)
    }
}
