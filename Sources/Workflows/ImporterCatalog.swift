internal import CrossIndustryInvoice
package import Diagnostics
package import Documents
internal import ENTSOE
internal import GreenButton
internal import ILCDEPD
package import ImportKit
internal import NEM12
internal import OpenEPD
internal import PACT
internal import UniversalBusinessLanguage

/// Every importer. A new format is one line here.
package struct ImporterCatalog: Sendable {
    package let importers: [any Importer]

    /// With the profiles that come with the program.
    package init() throws(Refusal) { try self.init(ProfileFolder(nil, isStated: false)) }

    /// With the profiles of the user beside them.
    package init(_ profiles: ProfileFolder) throws(Refusal) {
        importers = [
            ENTSOEImporter(),
            GreenButtonImporter(),
            NEM12Importer(),
            UniversalBusinessLanguageImporter(),
            CrossIndustryInvoiceImporter(),
            ILCDEPDImporter(),
            OpenEPDImporter(),
            PACTImporter(),
            CSVImporter(catalog: profiles.catalog),
        ]
    }

    /// Reads a document about a grid; `nil` for any other.
    static func grid(_ document: Document) -> ImportedDocument? {
        let importer = ENTSOEImporter()
        guard importer.recognises(document) else { return nil }
        var read = importer.read(document)
        read.mediaType = importer.mediaType
        return read
    }

    /// What keeps a document from being recognised: a fault of its XML, or that nobody knows it.
    private static func whyUnknown(_ document: Document) -> Diagnostic {
        let blanks = Set(" \t\r\n".utf8)
        let beginning = String(decoding: document.head.prefix(4_096), as: UTF8.self).lowercased()
        if beginning.contains("<html") || beginning.contains("<!doctype html") {
            return Diagnostic(
                .formatUnknown, at: SourceLocation(file: document.name, line: 1),
                "the file holds a web page, such as an error or a login",
                hint: "open it in a browser to read what the server said, then ask again")
        }
        if let exchange = commerceExchange(beginning) {
            return Diagnostic(
                .formatUnknown, at: SourceLocation(file: document.name), "this is \(exchange)",
                hint: "import the invoice for it (UBL or CII), or bring its items into the layout "
                    + "'generic.procurement'")
        }
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
            hint: "the README lists what tonne reads; a table of your own needs a CSV profile")
    }

    /// What a message of cXML is about: none of them is an invoice of EN 16931, and their document
    /// type is neither needed nor fetched.
    private static func commerceExchange(_ beginning: String) -> String? {
        guard beginning.contains("<cxml") else { return nil }
        let kinds = [
            "orderrequest": "an order", "punchoutordermessage": "a basket of a catalogue",
            "punchoutsetuprequest": "a visit to a catalogue",
            "confirmationrequest": "the confirmation of an order",
            "shipnoticerequest": "a notice of dispatch", "invoicedetailrequest": "an invoice",
        ]
        let kind = kinds.first { beginning.contains("<\($0.key)") }?.value
        return "\(kind ?? "a message") in cXML, which is not read"
    }

    /// Takes a received file out of what it is packed in. An archive that an importer reads as a
    /// whole is one document.
    ///
    /// - Parameter member: The member that was asked for.
    package func open(
        _ received: Document, member: String? = nil
    ) throws(Diagnostic) -> UnpackedFile {
        let isWhole = importers.contains { $0.readsArchives && $0.recognises(received) }
        if isWhole, member == nil { return .document(received) }
        return try UnpackedFile.open(received, member: member)
    }

    /// Reads a received file that holds one document; anything else is a rejection.
    package func inspect(
        _ received: Document, member: String? = nil
    ) -> (document: Document, read: ImportedDocument) {
        do throws(Diagnostic) {
            switch try open(received, member: member) {
            case .document(let document): return (document, read(document))
            case .archive(let archive):
                throw archive.unclear("the archive holds \(archive.files.count) files")
            }
        } catch {
            return (received, .rejected(format: "unknown", [error]))
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
        var imported = importer.read(document)
        imported.mediaType = importer.mediaType
        imported.diagnostics = document.remarks + imported.diagnostics
        return imported
    }
}
