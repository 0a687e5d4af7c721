internal import CrossIndustryInvoice
internal import Diagnostics
package import Documents
internal import GreenButton
package import ImportKit
internal import ImporterProfiles
internal import UniversalBusinessLanguage

/// Every importer. A new format is one line here.
package struct ImporterCatalog: Sendable {
    package let importers: [any Importer]

    package init() throws(Refusal) {
        importers = [
            GreenButtonImporter(),
            UniversalBusinessLanguageImporter(),
            CrossIndustryInvoiceImporter(),
            CSVImporter(catalog: try Self.profiles()),
        ]
    }

    /// What keeps a document from being recognised: a fault of its XML, or that nobody knows it.
    private static func whyUnknown(_ document: Document) -> Diagnostic {
        let blanks = Set(" \t\r\n".utf8)
        if document.bytes.first(where: { !blanks.contains($0) }) == UInt8(ascii: "<") {
            do throws(Diagnostic) {
                _ = try XMLRoot.read(document)
            } catch {
                return error
            }
        }
        return Diagnostic(
            .formatUnknown, at: SourceLocation(file: document.name),
            "no importer knows this format",
            hint: "tonne reads Green Button XML, UBL 2.1, CII D16B and CSV with a profile")
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
        if document.bytes.isEmpty {
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
        return importer.read(document)
    }
}
