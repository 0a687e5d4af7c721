/// Reads canonical JSON and refuses everything else, with the offset of the first bad byte.
struct CanonicalParser {
    private let bytes: [UInt8]
    private var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func parse() throws(CanonicalJSONError) -> CanonicalValue {
        let value = try parseValue(depth: 0)
        guard position == bytes.count else {
            throw .malformed(
                isSpace(bytes[position]) ? .whitespace : .trailingBytes, offset: position)
        }
        return value
    }

    private mutating func parseValue(depth: Int) throws(CanonicalJSONError) -> CanonicalValue {
        switch try peek() {
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "{"): return .object(try parseObject(depth: depth))
        case UInt8(ascii: "["): return .array(try parseArray(depth: depth))
        case UInt8(ascii: "t"):
            try expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try expect("false")
            return .bool(false)
        case UInt8(ascii: "n"): throw .malformed(.null, offset: position)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            throw .malformed(.number, offset: position)
        case _: throw unexpected()
        }
    }

    private mutating func parseArray(depth: Int) throws(CanonicalJSONError) -> [CanonicalValue] {
        guard depth < CanonicalJSON.maximumDepth else { throw .tooDeep }
        position += 1
        if try take(UInt8(ascii: "]")) { return [] }
        var elements: [CanonicalValue] = []
        repeat {
            elements.append(try parseValue(depth: depth + 1))
        } while try takeComma(orEnd: UInt8(ascii: "]"))
        return elements
    }

    private mutating func parseObject(
        depth: Int
    ) throws(CanonicalJSONError) -> [String: CanonicalValue] {
        guard depth < CanonicalJSON.maximumDepth else { throw .tooDeep }
        position += 1
        if try take(UInt8(ascii: "}")) { return [:] }
        var members: [String: CanonicalValue] = [:]
        var last: String?
        repeat {
            let start = position
            guard try peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let name = try parseString()
            guard CanonicalJSON.isName(name.utf8) else { throw .malformed(.name, offset: start) }
            if let last, last >= name {
                throw .malformed(last == name ? .duplicateName : .unsortedName, offset: start)
            }
            last = name
            guard try take(UInt8(ascii: ":")) else { throw unexpected() }
            members[name] = try parseValue(depth: depth + 1)
        } while try takeComma(orEnd: UInt8(ascii: "}"))
        return members
    }

    private mutating func parseString() throws(CanonicalJSONError) -> String {
        let start = position
        position += 1
        var content: [UInt8] = []
        var runStart = position
        while true {
            switch try peek() {
            case UInt8(ascii: "\""):
                content.append(contentsOf: bytes[runStart..<position])
                position += 1
                guard let text = String(validating: content, as: UTF8.self) else {
                    throw .malformed(.encoding, offset: start)
                }
                return text
            case UInt8(ascii: "\\"):
                content.append(contentsOf: bytes[runStart..<position])
                content.append(try parseEscape())
                runStart = position
            case 0x00..<0x20: throw .malformed(.controlCharacter, offset: position)
            case _: position += 1
            }
        }
    }

    /// The character of an escape, which is always one byte of ASCII in the canonical form.
    private mutating func parseEscape() throws(CanonicalJSONError) -> UInt8 {
        let start = position
        position += 1
        let letter = try peek()
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "u"): return try parseControl(from: start)
        case _: throw .malformed(.escape, offset: start)
        }
    }

    /// `\u00xx` of a control character that has no short escape.
    private mutating func parseControl(from start: Int) throws(CanonicalJSONError) -> UInt8 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            let digit = try peek()
            position += 1
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                value = value << 4 | UInt16(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                value = value << 4 | UInt16(digit - UInt8(ascii: "a") + 10)
            case _: throw .malformed(.escape, offset: start)
            }
        }
        switch value {
        case 0x08, 0x09, 0x0A, 0x0C, 0x0D: throw .malformed(.escape, offset: start)
        case 0x00..<0x20: return UInt8(value)
        case _: throw .malformed(.escape, offset: start)
        }
    }

    private mutating func expect(_ word: StaticString) throws(CanonicalJSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard try take(word.utf8Start[index]) else { throw unexpected() }
        }
    }

    /// Takes a comma or the end of an array or object; true after a comma.
    private mutating func takeComma(orEnd end: UInt8) throws(CanonicalJSONError) -> Bool {
        if try take(UInt8(ascii: ",")) { return true }
        guard try take(end) else { throw unexpected() }
        return false
    }

    private mutating func take(_ byte: UInt8) throws(CanonicalJSONError) -> Bool {
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    private func peek() throws(CanonicalJSONError) -> UInt8 {
        guard position < bytes.count else { throw .malformed(.unexpectedEnd, offset: position) }
        return bytes[position]
    }

    private func unexpected() -> CanonicalJSONError {
        .malformed(isSpace(bytes[position]) ? .whitespace : .unexpectedByte, offset: position)
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
