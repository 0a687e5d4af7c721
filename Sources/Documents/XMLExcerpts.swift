package import Diagnostics

/// The source text of single elements, as evidence for what was read from them.
package enum XMLExcerpts {
    /// Longer elements are cut to this many bytes.
    private static let limit = 1_024

    /// Finds elements without other elements in them.
    ///
    /// - Parameter numbers: `XMLElement.number` of the elements.
    /// - Returns: For each number, the text from its start tag to its end tag as the document
    ///   writes it.
    /// - Throws: As `XMLEvents.read`; not for a document that has been read before.
    package static func texts(
        of numbers: Set<Int>, in document: Document
    ) throws(Diagnostic) -> [Int: String] {
        guard !numbers.isEmpty else { return [:] }
        let encoding = try XMLEncoding.detect(in: document)
        let bytes = document.bytes
        var text: [UInt8] = []
        var decoder = XMLDecoder(encoding: encoding.kind, file: document.name)
        try decoder.decode(bytes.span.extracting(encoding.markBytes...), into: &text)
        var markup = XMLMarkupGuard(
            file: document.name, limits: .default, watching: numbers)
        try markup.scan(text.span)
        return markup.places.mapValues { start in
            let element = text[start..<endOfElement(in: text, from: start)]
            return String(decoding: element.prefix(limit), as: UTF8.self)
        }
    }

    /// The end of a start tag that closes itself, else of the next tag after it.
    private static func endOfElement(in text: [UInt8], from start: Int) -> Int {
        let end = min(text.count, start + limit)
        var index = start
        var quote: UInt8?
        startTag: while index < end {
            let byte = text[index]
            index += 1
            switch byte {
            case quote: quote = nil
            case UInt8(ascii: "\""), UInt8(ascii: "'"): if quote == nil { quote = byte }
            case UInt8(ascii: ">") where quote == nil:
                if text[index - 2] == UInt8(ascii: "/") { return index }
                break startTag
            case _: break
            }
        }
        // The text may hold '>', and then '<' does not stand before it.
        let tag = text[index..<end].firstIndex(of: UInt8(ascii: "<")) ?? end
        let close = text[tag..<end].firstIndex(of: UInt8(ascii: ">"))
        return close.map { $0 + 1 } ?? end
    }
}
