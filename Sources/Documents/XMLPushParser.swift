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

    private let context: xmlParserCtxtPtr
    private let receiver: any XMLEventReceiver
    private let file: String
    private let limits: XMLLimits
    private let keepsSpace: Bool
    private var markup: XMLMarkupGuard
    private var failure: Diagnostic?
    private var numbers: [NameKey: Int] = [:]
    private var open: [Open] = []
    private var elements = 0
    private var text: [UInt8] = []

    init(
        file: String, limits: XMLLimits, receiver: any XMLEventReceiver, keepsSpace: Bool = false
    ) {
        _ = Self.prepareLibrary
        var handlers = Self.handlers
        guard let context = xmlCreatePushParserCtxt(&handlers, nil, nil, 0, nil) else {
            preconditionFailure("The XML parser could not be given memory.")
        }
        self.context = context
        self.receiver = receiver
        self.file = file
        self.limits = limits
        self.keepsSpace = keepsSpace
        markup = XMLMarkupGuard(file: file, limits: limits)
        // The bytes are UTF-8 by now, whatever the declaration says: hence IGNORE_ENC.
        let options = [
            XML_PARSE_NONET, XML_PARSE_NOERROR, XML_PARSE_NOWARNING, XML_PARSE_IGNORE_ENC,
        ]
        xmlCtxtUseOptions(context, options.reduce(0) { $0 | CInt($1.rawValue) })
        context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    }

    deinit {
        if let document = context.pointee.myDoc { xmlFreeDoc(document) }
        xmlFreeParserCtxt(context)
    }

    /// Parses the next bytes of UTF-8.
    func feed(_ bytes: Span<UInt8>) throws(Diagnostic) {
        try markup.scan(bytes)
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
        if let failure { throw failure }
        guard status == 0, context.pointee.wellFormed != 0 else {
            throw Diagnostic(
                .xmlMalformed, at: SourceLocation(file: file, line: currentLine),
                "the document is not well-formed")
        }
    }

    private var currentLine: Int { Int(xmlSAX2GetLineNumber(context)) }

    private func fail(_ diagnostic: Diagnostic) {
        guard failure == nil else { return }
        failure = diagnostic
        xmlStopParser(context)
    }

    private func exceeded(_ what: String) {
        fail(
            Diagnostic(
                .xmlLimitExceeded, at: SourceLocation(file: file, line: currentLine), what))
    }
}

extension XMLPushParser {
    private typealias Pointers = UnsafeMutablePointer<UnsafePointer<xmlChar>?>

    private func started(
        _ local: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?,
        _ attributes: Pointers?, _ attributeCount: Int
    ) {
        guard failure == nil else { return }
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

    private func ended() {
        guard failure == nil, let element = open.popLast() else { return }
        let whole = text[element.textStart...]
        do throws(Diagnostic) {
            try receiver.end(
                element.name, text: keepsSpace ? whole : Self.trimmed(whole), line: element.line)
        } catch { fail(error) }
        text.removeSubrange(element.textStart...)
    }

    private func found(_ characters: UnsafePointer<xmlChar>, _ count: Int) {
        guard failure == nil, let element = open.last else { return }
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

    private func number(
        of local: UnsafePointer<xmlChar>, _ namespace: UnsafePointer<xmlChar>?
    ) -> Int? {
        let key = NameKey(
            local: UInt(bitPattern: local), namespace: UInt(bitPattern: namespace))
        if let known = numbers[key] { return known }
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

    private static func parser(_ data: UnsafeMutableRawPointer?) -> XMLPushParser? {
        data.map { Unmanaged<XMLPushParser>.fromOpaque($0).takeUnretainedValue() }
    }

    private static var handlers: xmlSAXHandler {
        var handlers = xmlSAXHandler()
        handlers.initialized = UInt32(XML_SAX2_MAGIC)
        handlers.startElementNs = { data, local, _, namespace, _, _, count, _, attributes in
            guard let local else { return }
            XMLPushParser.parser(data)?.started(local, namespace, attributes, Int(count))
        }
        handlers.endElementNs = { data, _, _, _ in XMLPushParser.parser(data)?.ended() }
        handlers.characters = { data, bytes, count in
            guard let bytes else { return }
            XMLPushParser.parser(data)?.found(bytes, Int(count))
        }
        handlers.ignorableWhitespace = handlers.characters
        handlers.cdataBlock = handlers.characters
        handlers.internalSubset = { data, _, _, _ in
            XMLPushParser.parser(data)?.refuseDocumentType()
        }
        handlers.entityDecl = { data, _, _, _, _, _ in
            XMLPushParser.parser(data)?.refuseDocumentType()
        }
        // Untyped on purpose: the pointer is const in later versions of the library.
        handlers.serror = { data, error in
            guard let error else { return }
            XMLPushParser.parser(data)?.report(error.pointee)
        }
        return handlers
    }

    private func refuseDocumentType() {
        fail(
            Diagnostic(
                .xmlDoctypeRefused, at: SourceLocation(file: file, line: currentLine),
                "the document declares a document type or an entity"))
    }

    private func report(_ error: xmlError) {
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
