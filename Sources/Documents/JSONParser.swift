internal import Diagnostics

/// A recursive descent over the bytes. Its depth is capped, so recursion is safe.
struct JSONParser {
    private let bytes: [UInt8]
    private let file: String
    private let limits: JSONLimits
    private var position: Int
    private var line = 1
    private var column = 1
    private var depth = 0
    private var values = 0

    init(_ document: Document, limits: JSONLimits) {
        bytes = document.bytes
        file = document.name
        self.limits = limits
        position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    mutating func document() throws(Diagnostic) -> JSONNode {
        skipBlanks()
        let node = try value()
        skipBlanks()
        guard position == bytes.count else { throw malformed("after the value comes") }
        return node
    }

    // MARK: Values

    private mutating func value() throws(Diagnostic) -> JSONNode {
        values += 1
        guard values <= limits.values else {
            throw exceeded("the document has more than \(limits.values) values")
        }
        let (startLine, startColumn) = (line, column)
        let value: JSONNode.Value =
            switch peek {
            case UInt8(ascii: "{"): .object(try nested { p throws(Diagnostic) in try p.object() })
            case UInt8(ascii: "["): .array(try nested { p throws(Diagnostic) in try p.array() })
            case UInt8(ascii: "\""): .string(try string())
            case UInt8(ascii: "t"): .boolean(try word("true", true))
            case UInt8(ascii: "f"): .boolean(try word("false", false))
            case UInt8(ascii: "n"): try word("null", .null)
            case _: .number(try number())
            }
        return JSONNode(value: value, line: startLine, column: startColumn)
    }

    private mutating func nested<Content>(
        _ read: (inout JSONParser) throws(Diagnostic) -> Content
    ) throws(Diagnostic) -> Content {
        depth += 1
        guard depth <= limits.depth else {
            throw exceeded("values are nested more than \(limits.depth) deep")
        }
        advance()
        let content = try read(&self)
        depth -= 1
        return content
    }

    private mutating func object() throws(Diagnostic) -> [(name: String, node: JSONNode)] {
        var members: [(name: String, node: JSONNode)] = []
        var names: Set<String> = []
        skipBlanks()
        if takes(UInt8(ascii: "}")) { return members }
        repeat {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else {
                throw malformed("instead of a name in quotes there is")
            }
            let (startLine, startColumn) = (line, column)
            let name = try string()
            guard names.insert(name).inserted else {
                throw Diagnostic(
                    .jsonMalformed,
                    at: SourceLocation(file: file, line: startLine, column: startColumn),
                    "the member '\(DiagnosticRenderer.quoted(name))' stands twice in one object",
                    hint: "ask the sender which of them holds")
            }
            skipBlanks()
            guard takes(UInt8(ascii: ":")) else { throw malformed("instead of ':' there is") }
            skipBlanks()
            members.append((name, try value()))
            skipBlanks()
        } while takes(UInt8(ascii: ","))
        guard takes(UInt8(ascii: "}")) else { throw malformed("instead of ',' or '}' there is") }
        return members
    }

    private mutating func array() throws(Diagnostic) -> [JSONNode] {
        var items: [JSONNode] = []
        skipBlanks()
        if takes(UInt8(ascii: "]")) { return items }
        repeat {
            skipBlanks()
            items.append(try value())
            skipBlanks()
        } while takes(UInt8(ascii: ","))
        guard takes(UInt8(ascii: "]")) else { throw malformed("instead of ',' or ']' there is") }
        return items
    }

    private mutating func word<Meaning>(
        _ word: String, _ meaning: Meaning
    ) throws(Diagnostic) -> Meaning {
        for expected in word.utf8 {
            guard takes(expected) else { throw malformed("in the place of '\(word)' there is") }
        }
        return meaning
    }

    private mutating func number() throws(Diagnostic) -> String {
        let start = position
        _ = takes(UInt8(ascii: "-"))
        if !takes(UInt8(ascii: "0")) { try digits() }
        if takes(UInt8(ascii: ".")) { try digits() }
        if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
            if !takes(UInt8(ascii: "-")) { _ = takes(UInt8(ascii: "+")) }
            try digits()
        }
        guard position - start <= limits.numberBytes else {
            throw exceeded("a number has more than \(limits.numberBytes) characters")
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits() throws(Diagnostic) {
        guard let first = peek, first &- 48 < 10 else {
            throw malformed("in the place of a value there is")
        }
        while let digit = peek, digit &- 48 < 10 { advance() }
    }

    // MARK: Bytes

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func advance() {
        let byte = bytes[position]
        position += 1
        if byte == 0x0A {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        advance()
        return true
    }

    private mutating func skipBlanks() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            advance()
        }
    }

    private var here: SourceLocation { SourceLocation(file: file, line: line, column: column) }

    private func malformed(_ what: String) -> Diagnostic {
        let found: String
        if let byte = peek {
            let sequence = bytes[position...].prefix(4)
            let character = String(decoding: sequence, as: UTF8.self).prefix(1)
            found = byte < 0x80 ? "'\(DiagnosticRenderer.quoted(String(character)))'" : "a letter"
        } else {
            found = "the end of the document"
        }
        return Diagnostic(
            .jsonMalformed, at: here, "\(what) \(found)",
            hint: "ask the sender for the whole file, as JSON of RFC 8259")
    }

    private func exceeded(_ what: String) -> Diagnostic {
        Diagnostic(
            .jsonLimitExceeded, at: here, what, hint: "ask the sender for one declaration a file")
    }
}

extension JSONParser {
    // MARK: Strings

    /// The text of a string that begins here; escapes replaced, UTF-8 checked.
    private mutating func string() throws(Diagnostic) -> String {
        advance()
        var text: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                guard let checked = String(validating: text, as: UTF8.self) else {
                    throw Diagnostic(
                        .encodingRefused, at: here, "the string that ends here is not UTF-8",
                        hint: "save the file as UTF-8")
                }
                return checked
            case UInt8(ascii: "\\"):
                advance()
                try escape(into: &text)
            case ..<0x20: throw malformed("inside a string there is the control character")
            case _:
                text.append(byte)
                advance()
            }
            guard text.count <= limits.stringBytes else {
                throw exceeded("a string is longer than \(limits.stringBytes) bytes")
            }
        }
        throw malformed("instead of the closing quote there is")
    }

    private mutating func escape(into text: inout [UInt8]) throws(Diagnostic) {
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F,
            UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
            UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        ]
        if let byte = peek, let meaning = simple[byte] {
            advance()
            text.append(meaning)
            return
        }
        guard takes(UInt8(ascii: "u")) else { throw malformed("after a backslash there is") }
        var code = try codeUnit()
        if (0xD800..<0xDC00).contains(code) {
            guard takes(UInt8(ascii: "\\")), takes(UInt8(ascii: "u")) else {
                throw malformed("after the first half of a surrogate pair there is")
            }
            let low = try codeUnit()
            guard (0xDC00..<0xE000).contains(low) else {
                throw malformed("half a surrogate pair stands before")
            }
            code = 0x1_0000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw malformed("half a surrogate pair stands before")
        }
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
    }

    private mutating func codeUnit() throws(Diagnostic) -> UInt32 {
        var code: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw malformed("among four hexadecimal digits there is")
            }
            advance()
            code = code << 4 | UInt32(digit)
        }
        return code
    }
}
