package import Documents

/// Reads one structured format. A pure function of the bytes: no book, no factors, no accounts.
package protocol Importer: Sendable {
    /// The identifier in catalogs, records and `tonne inspect`: `green-button`, `ubl`.
    var format: String { get }

    /// IANA media type of its documents.
    var mediaType: String { get }

    /// Larger documents are refused: 200 MiB, unless the format is read piece by piece.
    var largestDocument: Int { get }

    /// Whether the document says that it is of this format; looks at its beginning only.
    func recognises(_ document: Document) -> Bool

    /// Whether `recognises` may be asked about an archive as it came, to read it as a whole.
    var readsArchives: Bool { get }

    /// Reads the whole document. Faults are diagnostics of the result; nothing is thrown.
    func read(_ document: Document) -> ImportedDocument
}

extension Importer {
    package var mediaType: String { "application/xml" }
    package var readsArchives: Bool { false }
    package var largestDocument: Int { 200 << 20 }
}
