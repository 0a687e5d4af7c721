internal import Diagnostics
internal import Documents
internal import Inventory

/// Cites the lines of one document, each with its text, and keeps the texts for the book. A class,
/// because several importers of a document add to it.
final class Citations {
    let document: Document
    private(set) var excerpts: [ExcerptOpening] = []
    private let lines: SourceExcerpts
    private let salts: @Sendable () -> Salt

    init(of document: Document, in book: Book) {
        self.document = document
        lines = SourceExcerpts(document)
        salts = book.salts
    }

    /// - Parameter line: 1-based; `nil` cites the document as a whole.
    func reference(line: Int?) -> EvidenceReference {
        reference(line: line, text: lines.text(line: line))
    }

    /// - Parameters:
    ///   - line: 1-based.
    ///   - place: Element path, row and column, or line identifier.
    ///   - text: The text of the place, cut to the limit of excerpts.
    func reference(line: Int?, place: String? = nil, text: String?) -> EvidenceReference {
        let opening = text.map { text in
            ExcerptOpening(
                home: document.received.digest, salt: salts(),
                text: String(text.prefix(SourceExcerpts.limit)))
        }
        if let opening { excerpts.append(opening) }
        return EvidenceReference(
            document: document.digest, name: document.name, line: line, place: place,
            excerpt: opening?.commitment)
    }

    /// The text of a line as an excerpt shows it.
    func text(line: Int?) -> String? { lines.text(line: line) }
}
