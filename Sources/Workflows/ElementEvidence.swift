internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory

/// Cites the elements of an XML document from which quantities were taken.
struct ElementEvidence {
    private let document: Document
    private let excerpts: SourceExcerpts
    private let texts: [Int: String]

    init(
        _ invoices: [Invoice], in document: Document, _ excerpts: SourceExcerpts
    ) throws(Refusal) {
        self.document = document
        self.excerpts = excerpts
        let numbers = invoices.flatMap { $0.lines.compactMap { $0.place?.number } }
        do {
            texts = try XMLExcerpts.texts(of: Set(numbers), in: document)
        } catch {
            throw Refusal(error)
        }
    }

    /// - Parameters:
    ///   - line: What to cite where there is no element, 1-based.
    ///   - element: The element that holds the quantity.
    func reference(_ line: Int, _ element: ElementPlace?) -> EvidenceReference {
        guard let element, let text = texts[element.number] else {
            return EvidenceReference(
                document: document.digest, name: document.name, line: line,
                text: excerpts.text(line: line))
        }
        let shown = DiagnosticRenderer.visible(text).prefix(SourceExcerpts.limit)
        return EvidenceReference(
            document: document.digest, name: document.name, line: element.line,
            place: element.path, text: String(shown))
    }
}
