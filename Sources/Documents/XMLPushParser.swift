internal import CLibXML2
internal import Diagnostics

/// What the parser reports, with names by the number in which they were interned.
protocol XMLEventReceiver: AnyObject {
    /// Called once for each different name, in the order of their numbers from 0.
    func intern(_ name: XMLName)
    func start(_ name: Int, attributes: [XMLAttribute], line: Int) throws(Diagnostic)
    func end(_ name: Int, text: ArraySlice<UInt8>, line: Int) throws(Diagnostic)
}

/// libxml2's push parser with SAX2 events. All pointers of the library stay in this file.
///
/// The library opens nothing: no network, no entity, no document type, and a loader that refuses.
final class XMLPushParser {
    private let context: xmlParserCtxtPtr
    /// What the handlers work on. They get the pointer from the library; nobody else touches the
    /// state while the library runs, so that Swift need not look for overlapping accesses.
    private let state: UnsafeMutablePointer<XMLParserState>

    init(
        file: String, limits: XMLLimits, receiver: any XMLEventReceiver, keepsSpace: Bool = false
    ) {
        _ = Self.prepareLibrary
        var handlers = Self.handlers
        guard let context = xmlCreatePushParserCtxt(&handlers, nil, nil, 0, nil) else {
            preconditionFailure("The XML parser could not be given memory.")
        }
        self.context = context
        state = .allocate(capacity: 1)
        state.initialize(
            to: XMLParserState(
                context: context, receiver: receiver, file: file, limits: limits,
                keepsSpace: keepsSpace, markup: XMLMarkupGuard(file: file, limits: limits)))
        // The bytes are UTF-8 by now, whatever the declaration says: hence IGNORE_ENC.
        let options = [
            XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING, XML_PARSE_IGNORE_ENC,
        ]
        xmlCtxtUseOptions(context, options.reduce(0) { $0 | CInt($1.rawValue) })
        context.pointee.userData = UnsafeMutableRawPointer(state)
    }

    deinit {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
        state.deinitialize(count: 1)
        state.deallocate()
    }

    /// Parses the next bytes of UTF-8.
    func feed(_ bytes: Span<UInt8>) throws(Diagnostic) {
        try state.pointee.markup.scan(bytes)
        let status = bytes.withUnsafeBytes { buffer in
            xmlParseChunk(
                context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                CInt(buffer.count), 0)
        }
        try check(status)
    }

    /// Tells the parser that the document ends here.
    func finish() throws(Diagnostic) {
        try check(xmlParseChunk(context, nil, 0, 1))
    }

    private func check(_ status: CInt) throws(Diagnostic) {
        if let failure = state.pointee.failure { throw failure }
        guard status == 0, context.pointee.wellFormed != 0 else {
            throw Diagnostic(
                .xmlMalformed,
                at: SourceLocation(file: state.pointee.file, line: state.pointee.currentLine),
                "the document is not well-formed")
        }
    }
}

/// What is known between two events.
private struct XMLParserState {
    private struct Open {
        let name: Int
        let line: Int
        /// Where the text of the element begins in `text`.
        let textStart: Int
        var hasChild = false
    }

    /// The library interns names, so that equal names have equal addresses.
    private struct NameKey: Hashable {
        let local: UInt
        let namespace: UInt
    }

    let context: xmlParserCtxtPtr
    let receiver: any XMLEventReceiver
    let file: String
    let limits: XMLLimits
    let keepsSpace: Bool
    var markup: XMLMarkupGuard
    private(set) var failure: Diagnostic?
    private var hasFailed = false
    private var numbers: [NameKey: Int] = [:]
    /// Numbers once more, each where its address says, as long as no other name takes its place.
    private var recent = [(key: NameKey, number: Int)](
        repeating: (NameKey(local: 0, namespace: 0), 0), count: 64)
    private var open: [Open] = []
    private var elements = 0
    private var text: [UInt8] = []

    init(
        context: xmlParserCtxtPtr, receiver: any XMLEventReceiver, file: String,
        limits: XMLLimits, keepsSpace: Bool, markup: XMLMarkupGuard
    ) {
        self.context = context
        self.receiver = receiver
        self.file = file
        self.limits = limits
        self.keepsSpace = keepsSpace
        self.markup = markup
    }

    var currentLine: Int { Int(xmlSAX2GetLineNumber(context)) }

    private mutating func fail(_ diagnostic: Diagnostic) {
        guard !hasFailed else { return }
        hasFailed = true
        failure = diagnostic
        xmlStopParser(context)
    }

    private mutating func exceeded(_ what: String) {
        fail(
            Diagnostic(
                .xmlLimitExceeded, at: SourceLocation(file: file, line: currentLine), what))
    }
}

extension XMLParserState {
    typealias Pointers = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

    mutating func started(
        _ local: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?,
        _ attributes: Pointers?, _ attributeCount: Int
    ) {
        guard !hasFailed else { return }
        elements += 1
        guard elements <= limits.elements else {
            return exceeded("the document has more than \(limits.elements) elements")
        }
        guard open.count < limits.depth else {
            return exceeded("elements are nested more than \(limits.depth) deep")
        }
        guard let name = number(of: local, namespace) else {
            return exceeded("the document has more than \(limits.names) different names")
        }
        let line = currentLine - markup.takeLineBreaks(inTag: elements)
        if !open.isEmpty { open[open.count - 1].hasChild = true }
        open.append(Open(name: name, line: line, textStart: text.count))
        do throws(Diagnostic) {
            try receiver.start(
                name, attributes: Self.attributes(attributes, attributeCount), line: line)
        } catch { fail(error) }
    }

    mutating func ended() {
        guard !hasFailed, let element = open.popLast() else { return }
        do throws(Diagnostic) {
            let whole = text[element.textStart...]
            try receiver.end(
                element.name, text: keepsSpace ? whole : Self.trimmed(whole), line: element.line)
        } catch { fail(error) }
        text.removeLast(text.count - element.textStart)
    }

    mutating func found(_ characters: UnsafePointer<xmlChar>, _ count: Int) {
        guard !hasFailed, let element = open.last else { return }
        let bytes = UnsafeBufferPointer(start: characters, count: count)
        // White space that only separates elements would add up to megabytes in a large feed.
        let maySeparate = element.hasChild || (text.count == element.textStart && !keepsSpace)
        if maySeparate, bytes.allSatisfy(Self.isSpace) {
            return
        }
        text.append(contentsOf: bytes)
        guard text.count - element.textStart <= limits.textBytes else {
            return exceeded("the text of an element is longer than \(limits.textBytes) bytes")
        }
    }

    private mutating func number(
        of local: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?
    ) -> Int? {
        let key = NameKey(
            local: UInt(bitPattern: local), namespace: UInt(bitPattern: namespace))
        let slot = Int(truncatingIfNeeded: (key.local ^ key.local >> 6) & 63)
        if recent[slot].key == key { return recent[slot].number }
        if let known = numbers[key] {
            recent[slot] = (key, known)
            return known
        }
        guard numbers.count < limits.names else { return nil }
        let number = numbers.count
        numbers[key] = number
        receiver.intern(
            XMLName(namespace: Self.string(namespace), local: Self.string(local)))
        return number
    }

    /// Five pointers an attribute: local name, prefix, namespace, begin and end of the value.
    private static func attributes(_ pointers: Pointers?, _ count: Int) -> [XMLAttribute] {
        guard let pointers, count > 0 else { return [] }
        return (0..<count).map { index in
            let field = pointers + index * 5
            let name = XMLName(namespace: string(field[2]), local: string(field[0]))
            guard let begin = field[3], let end = field[4] else {
                return XMLAttribute(name: name, value: "")
            }
            let bytes = UnsafeBufferPointer(start: begin, count: end - begin)
            let raw = String(decoding: bytes, as: UTF8.self)
            // Unless told to replace entities, the library hands an ampersand on as this reference.
            let value = bytes.contains(UInt8(ascii: "&")) ? raw.replacing("&#38;", with: "&") : raw
            return XMLAttribute(name: name, value: value)
        }
    }

    private static func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
        pointer.map { String(cString: $0) } ?? ""
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let head = bytes.drop(while: isSpace)
        guard let last = head.lastIndex(where: { !isSpace($0) }) else { return head }
        return head[...last]
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}

extension XMLPushParser {
    private static let prepareLibrary: Void = {
        xmlInitParser()
        xmlSetExternalEntityLoader { _, _, _ in nil }
    }()

    private static func state(
        _ data: UnsafeMutableRawPointer?
    ) -> UnsafeMutablePointer<XMLParserState>? {
        data?.assumingMemoryBound(to: XMLParserState.self)
    }

    private static var handlers: xmlSAXHandler {
        var handlers = xmlSAXHandler()
        handlers.initialized = UInt32(XML_SAX2_MAGIC)
        handlers.startElementNs = { data, local, _, namespace, _, _, count, _, attributes in
            guard let local else { return }
            XMLPushParser.state(data)?.pointee.started(local, namespace, attributes, Int(count))
        }
        handlers.endElementNs = { data, _, _, _ in XMLPushParser.state(data)?.pointee.ended() }
        handlers.characters = { data, bytes, count in
            guard let bytes else { return }
            XMLPushParser.state(data)?.pointee.found(bytes, Int(count))
        }
        handlers.ignorableWhitespace = handlers.characters
        handlers.cdataBlock = handlers.characters
        handlers.internalSubset = { data, _, _, _ in
            XMLPushParser.state(data)?.pointee.refuseDocumentType()
        }
        handlers.entityDecl = { data, _, _, _, _, _ in
            XMLPushParser.state(data)?.pointee.refuseDocumentType()
        }
        // Untyped on purpose: the pointer is const in later versions of the library.
        handlers.serror = { data, error in
            guard let error else { return }
            XMLPushParser.state(data)?.pointee.report(error.pointee)
        }
        return handlers
    }

}

extension XMLParserState {
    mutating func refuseDocumentType() {
        fail(
            Diagnostic(
                .xmlDoctypeRefused, at: SourceLocation(file: file, line: currentLine),
                "the document declares a document type or an entity"))
    }

    mutating func report(_ error: xmlError) {
        guard error.level.rawValue >= XML_ERR_ERROR.rawValue else { return }
        let message = error.message.map { String(cString: $0) } ?? "the document is not well-formed"
        let place = SourceLocation(
            file: file, line: Int(error.line), column: error.int2 > 0 ? Int(error.int2) : nil)
        // The library has no code of its own for bytes that are not UTF-8.
        if message.hasPrefix("Input is not proper UTF-8") {
            fail(
                Diagnostic(
                    .encodingRefused, at: place, "the bytes are not those of the stated encoding",
                    hint: "save the file as UTF-8"))
        } else {
            let firstLine = message.prefix { $0 != "\n" }
            fail(Diagnostic(.xmlMalformed, at: place, DiagnosticRenderer.quoted(String(firstLine))))
        }
    }
}
