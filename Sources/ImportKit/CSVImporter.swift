internal import Diagnostics
package import Documents

/// Reads delimited text by the one profile whose header it has.
///
/// It recognises what looks like text with columns, and files named as such: to be asked last,
/// after the formats that know themselves.
package struct CSVImporter: Importer {
    package static let format = "csv"

    package var format: String { Self.format }
    package let mediaType = "text/csv"
    /// What is UTF-8 is read piece by piece.
    package var largestDocument: Int { 4 << 30 }
    private let catalog: ProfileCatalog
    private let limits: CSVLimits

    package init(catalog: ProfileCatalog, limits: CSVLimits = .standard) {
        self.catalog = catalog
        self.limits = limits
    }

    package func recognises(_ document: Document) -> Bool {
        if document.isSheet { return true }
        let name = document.name.lowercased()
        if [".csv", ".tsv", ".txt"].contains(where: name.hasSuffix) { return true }
        guard Self.otherFormat(document.head) == nil else { return false }
        let line = document.head.prefix(4_096).prefix { $0 != 10 && $0 != 13 }
        return !line.contains(0)
            && line.contains { [UInt8(ascii: ","), UInt8(ascii: ";"), 9].contains($0) }
    }

    package func read(_ document: Document) -> ImportedDocument {
        if let other = Self.otherFormat(document.head) {
            return .rejected(
                format: "unknown",
                [
                    Diagnostic(
                        .formatUnknown, at: SourceLocation(file: document.name, line: 1),
                        "the file holds \(other), no table of text",
                        hint: "download the export again, as CSV")
                ])
        }
        switch catalog.match(document, limits: limits) {
        case .empty: return ImportedDocument(format: Self.format, outcome: .acceptEmpty)
        case .refused(let diagnostic): return .rejected(format: Self.format, [diagnostic])
        case .profile(let profile, let table):
            do throws(Diagnostic) {
                switch profile {
                case .readings(let profile):
                    var rows = try CSVRows(table, profile: profile)
                    return try rows.read()
                case .records(let profile):
                    var rows = try RecordRows(table, profile: profile)
                    return try rows.read()
                }
            } catch {
                return .rejected(format: Self.format, profile: profile.id, [error])
            }
        }
    }

    /// What the bytes are, where their beginning says that they are no text with columns.
    private static func otherFormat(_ bytes: [UInt8]) -> String? {
        let signatures: [([UInt8], String)] = [
            ([0x89, 0x50, 0x4E, 0x47], "a PNG image"), ([0xFF, 0xD8, 0xFF], "a JPEG image"),
            (Array("GIF8".utf8), "a GIF image"), (Array("%PDF-".utf8), "a PDF document"),
            ([0x50, 0x4B, 0x03, 0x04], "a ZIP archive or a workbook"),
            ([0x1F, 0x8B], "a gzip archive"), ([0xD0, 0xCF, 0x11, 0xE0], "an old workbook"),
        ]
        if let known = signatures.first(where: { bytes.starts(with: $0.0) }) { return known.1 }
        let blank: Set<UInt8> = [0xEF, 0xBB, 0xBF, 9, 10, 13, 32]
        let content = bytes.prefix(4_096).drop { blank.contains($0) }
        guard content.first == UInt8(ascii: "<"), let next = content.dropFirst().first else {
            return nil
        }
        let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(next | 0x20)
        let isMarkup = isLetter || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
        return isMarkup ? "a web page or XML" : nil
    }
}
