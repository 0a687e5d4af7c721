internal import Diagnostics

/// Looks at the bytes before libxml2 does and refuses what would cost it too much or has no place
/// in data: document types, NUL, start tags with too many attributes, endless constructs.
///
/// It reads UTF-8 in chunks and keeps only its state between them. It need not judge whether the
/// document is well-formed; the parser does.
struct XMLMarkupGuard {
    private enum State {
        case content, opened, exclaimed, exclaimedDash, comment, characterData, instruction
        case startTag, endTag, quoted(UInt8)
    }

    private let file: String
    private let limits: XMLLimits
    private var state = State.content
    private var attributes = 0
    /// How many bytes before the present one look like the beginning of a closing mark.
    private var matched = 0
    private var tagLineBreaks = 0
    private var startTags = 0
    /// Line breaks inside start tags, by the number of the tag; consumed by the parser.
    private var lineBreaks: [Int: Int] = [:]
    private var line = 1
    private var bytesBefore = 0
    private var constructStart = 0
    /// Start tags whose place is asked for, by number, in order.
    private var watched: ArraySlice<Int>
    /// Where the watched start tags begin, in bytes of what was scanned.
    private(set) var places: [Int: Int] = [:]

    /// - Parameter watched: Numbers of start tags, from 1.
    init(file: String, limits: XMLLimits, watching watched: Set<Int> = []) {
        self.file = file
        self.limits = limits
        self.watched = watched.sorted()[...]
    }

    /// - Parameter tag: The number of a start tag, from 1.
    /// - Returns: The line breaks inside that tag.
    mutating func takeLineBreaks(inTag tag: Int) -> Int {
        lineBreaks.isEmpty ? 0 : lineBreaks.removeValue(forKey: tag) ?? 0
    }

    /// - Throws: `xml-doctype-refused`, `xml-limit-exceeded`, `xml-malformed` for a NUL.
    mutating func scan(_ bytes: Span<UInt8>) throws(Diagnostic) {
        var breaks = 0
        var index = 0
        while index < bytes.count {
            breaks += skip(bytes, &index)
            guard index < bytes.count else { break }
            let byte = bytes[index]
            if byte == 0x0A { breaks += 1 }
            guard byte != 0 else {
                throw fault(.xmlMalformed, breaks, "a NUL byte stands in the document")
            }
            if case .content = state {
                if byte == UInt8(ascii: "<") {
                    state = .opened
                    constructStart = bytesBefore + index
                }
            } else {
                try step(byte, breaks)
            }
            index += 1
        }
        line += breaks
        bytesBefore += bytes.count
        if case .content = state { return }
        guard bytesBefore - constructStart <= limits.textBytes else {
            throw fault(
                .xmlLimitExceeded, 0, "a tag or comment is longer than \(limits.textBytes) bytes")
        }
    }

    /// Passes over bytes that change nothing where they stand: most of the text and of the tags.
    ///
    /// - Returns: The line breaks among them.
    private func skip(_ bytes: Span<UInt8>, _ index: inout Int) -> Int {
        var breaks = 0
        switch state {
        case .content:
            while index < bytes.count {
                let byte = bytes[index]
                if byte == UInt8(ascii: "<") || byte == 0 { break }
                breaks += byte == 0x0A ? 1 : 0
                index += 1
            }
        case .startTag, .endTag:
            // Line breaks in a start tag are counted for themselves.
            while index < bytes.count, bytes[index] > UInt8(ascii: "'"),
                bytes[index] != UInt8(ascii: ">")
            {
                index += 1
            }
        case .quoted(let quote):
            while index < bytes.count, bytes[index] != quote, bytes[index] > 0x0A { index += 1 }
        case .opened, .exclaimed, .exclaimedDash, .comment, .characterData, .instruction: break
        }
        return breaks
    }

    private mutating func step(_ byte: UInt8, _ breaks: Int) throws(Diagnostic) {
        switch state {
        case .content: break
        case .opened: open(byte)
        case .exclaimed:
            switch byte {
            case UInt8(ascii: "-"): state = .exclaimedDash
            case UInt8(ascii: "["): begin(.characterData)
            case _: throw declarationRefused(breaks)
            }
        case .exclaimedDash:
            guard byte == UInt8(ascii: "-") else { throw declarationRefused(breaks) }
            begin(.comment)
        case .comment: close(byte, mark: UInt8(ascii: "-"), times: 2)
        case .characterData: close(byte, mark: UInt8(ascii: "]"), times: 2)
        case .instruction: close(byte, mark: UInt8(ascii: "?"), times: 1)
        case .endTag: if byte == UInt8(ascii: ">") { state = .content }
        case .startTag: try stepInStartTag(byte, breaks)
        case .quoted(let quote):
            if byte == quote { state = .startTag }
            if byte == 0x0A { tagLineBreaks += 1 }
        }
    }

    private mutating func open(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "!"): state = .exclaimed
        case UInt8(ascii: "?"): begin(.instruction)
        case UInt8(ascii: "/"): state = .endTag
        case _:
            state = .startTag
            startTags += 1
            if startTags == watched.first { places[watched.removeFirst()] = constructStart }
            attributes = 0
            tagLineBreaks = 0
            if byte == UInt8(ascii: ">") { state = .content }
        }
    }

    private mutating func begin(_ construct: State) {
        state = construct
        matched = 0
    }

    private mutating func close(_ byte: UInt8, mark: UInt8, times: Int) {
        if byte == UInt8(ascii: ">"), matched >= times {
            state = .content
        } else {
            matched = byte == mark ? matched + 1 : 0
        }
    }

    private mutating func stepInStartTag(_ byte: UInt8, _ breaks: Int) throws(Diagnostic) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            state = .quoted(byte)
            attributes += 1
            guard attributes <= limits.attributes else {
                throw fault(
                    .xmlLimitExceeded, breaks,
                    "an element has more than \(limits.attributes) attributes")
            }
        case UInt8(ascii: ">"):
            state = .content
            if tagLineBreaks > 0 { lineBreaks[startTags] = tagLineBreaks }
        case 0x0A: tagLineBreaks += 1
        case _: break
        }
    }

    private func declarationRefused(_ breaks: Int) -> Diagnostic {
        fault(
            .xmlDoctypeRefused, breaks, "the document declares a document type or an entity",
            hint: "remove the '<!DOCTYPE …>' from the file; none of these formats needs one")
    }

    private func fault(
        _ code: DiagnosticCode, _ breaks: Int, _ message: String, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            code, at: SourceLocation(file: file, line: line + breaks), message, hint: hint)
    }
}
