package import Diagnostics

/// The name of an element or attribute. Prefixes carry no meaning and are not kept.
package struct XMLName: Hashable, Sendable {
    /// The namespace URI; empty for none.
    package let namespace: String
    package let local: String

    package init(namespace: String, local: String) {
        self.namespace = namespace
        self.local = local
    }
}

package struct XMLAttribute: Hashable, Sendable {
    package let name: XMLName
    package let value: String
}

/// Receives the elements of a document in order.
///
/// A throw from `start` or `end` ends the reading and is passed on.
package protocol XMLHandler {
    /// What the handler makes of an element name, such as a case of an enum.
    associatedtype Name

    /// Whether the text of elements without children keeps the white space at its ends.
    static var keepsSpace: Bool { get }

    /// Called once for each different element name, so that no text is compared per element.
    mutating func name(_ name: XMLName) -> Name

    /// - Parameter line: 1-based line on which the start tag begins.
    mutating func start(
        _ name: Name, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic)

    /// - Parameters:
    ///   - text: UTF-8 of the text directly inside the element, without leading and trailing
    ///     white space unless `keepsSpace`.
    ///   - line: 1-based line on which the start tag begins.
    mutating func end(_ name: Name, text: ArraySlice<UInt8>, line: Int) throws(Diagnostic)
}

extension XMLHandler {
    package static var keepsSpace: Bool { false }
}

/// Reads a document of any size element by element.
package enum XMLEvents {
    /// Feeds the whole document to a handler.
    ///
    /// - Returns: The handler after the last event.
    /// - Throws: `file-empty`, `file-too-large`, `encoding-refused`, `xml-doctype-refused`,
    ///   `xml-limit-exceeded`, `xml-malformed`, or what the handler throws.
    package static func read<Handler: XMLHandler>(
        _ document: Document, limits: XMLLimits = .default, handler: Handler
    ) throws(Diagnostic) -> Handler {
        let location = SourceLocation(file: document.name)
        guard !document.isEmpty else {
            throw Diagnostic(.fileEmpty, at: location, "the file has no bytes")
        }
        guard document.size <= limits.documentBytes else {
            throw Diagnostic(
                .fileTooLarge, at: location,
                "'\(document.size)' bytes are more than \(limits.documentBytes)",
                hint: "ask the sender for shorter periods")
        }
        let receiver = EventDispatcher(handler: handler)
        let parser = XMLPushParser(
            file: document.name, limits: limits, receiver: receiver,
            keepsSpace: Handler.keepsSpace)
        try feed(document, to: parser)
        try parser.finish()
        return receiver.handler
    }

    /// Decodes and feeds all bytes, in chunks.
    private static func feed(
        _ document: Document, to parser: XMLPushParser
    ) throws(Diagnostic) {
        let encoding = try XMLEncoding.detect(in: document)
        var decoder = XMLDecoder(encoding: encoding.kind, file: document.name)
        var scratch: [UInt8] = []
        var mark = encoding.markBytes
        try document.readChunks { (chunk) throws(Diagnostic) in
            let rest = chunk.extracting(min(mark, chunk.count)...)
            mark = 0
            try feed(rest, encoding.kind, &decoder, &scratch, to: parser)
        }
        try decoder.finish()
    }

    /// Bytes that mostly hold the start tag of the root.
    private static let rootBytes = 1 << 10

    /// Decodes and feeds the first bytes of a document, until enough is known.
    static func feedHead(
        of document: Document, to parser: XMLPushParser, until isEnough: () -> Bool
    ) throws(Diagnostic) {
        let encoding = try XMLEncoding.detect(in: document)
        var decoder = XMLDecoder(encoding: encoding.kind, file: document.name)
        var scratch: [UInt8] = []
        let head = document.head.span
        var position = encoding.markBytes
        while position < head.count {
            let end = min(position + rootBytes, head.count)
            try feed(
                head.extracting(position..<end), encoding.kind, &decoder, &scratch, to: parser)
            if isEnough() { return }
            position = end
        }
        if head.count == document.size { try decoder.finish() }
    }

    private static func feed(
        _ chunk: Span<UInt8>, _ encoding: XMLEncoding, _ decoder: inout XMLDecoder,
        _ scratch: inout [UInt8], to parser: XMLPushParser
    ) throws(Diagnostic) {
        guard encoding != .utf8 else { return try parser.feed(chunk) }
        scratch.removeAll(keepingCapacity: true)
        try decoder.decode(chunk, into: &scratch)
        try parser.feed(scratch.span)
    }
}

/// Translates the numbers under which the parser keeps names into the handler's own.
final class EventDispatcher<Handler: XMLHandler>: XMLEventReceiver {
    /// Each event changes it, one after the other: an access is not looked for again at each.
    @exclusivity(unchecked) private(set) var handler: Handler
    @exclusivity(unchecked) private var names: [Handler.Name] = []

    init(handler: Handler) { self.handler = handler }

    func intern(_ name: XMLName) { names.append(handler.name(name)) }

    func start(_ name: Int, attributes: [XMLAttribute], line: Int) throws(Diagnostic) {
        try handler.start(names[name], attributes: attributes, line: line)
    }

    func end(_ name: Int, text: ArraySlice<UInt8>, line: Int) throws(Diagnostic) {
        try handler.end(names[name], text: text, line: line)
    }
}
