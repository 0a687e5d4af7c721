internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory

/// Cites the elements of an XML document from which quantities were taken.
struct ElementEvidence {
    private let citations: Citations
    private let texts: [Int: String]

    init(
        _ invoices: [Invoice], _ citations: Citations
    ) throws(Refusal) {
        self.citations = citations
        let numbers = invoices.flatMap { $0.lines.compactMap { $0.place?.number } }
        do {
            texts = try XMLExcerpts.texts(of: Set(numbers), in: citations.document)
        } catch {
            throw Refusal(error)
        }
    }

    /// - Parameters:
    ///   - line: What to cite where there is no element, 1-based.
    ///   - element: The element that holds the quantity.
    func reference(_ line: Int, _ element: ElementPlace?) -> EvidenceReference {
        guard let element, let text = texts[element.number] else {
            return citations.reference(line: line)
        }
        return citations.reference(
            line: element.line, place: element.path, text: DiagnosticRenderer.visible(text))
    }
}
