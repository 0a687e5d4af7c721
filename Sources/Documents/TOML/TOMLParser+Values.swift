extension TOMLParser {
    /// - Parameter key: Where the key of the value stands.
    mutating func value(at key: TOMLPlace, depth: Int) throws(TOMLFault) -> TOMLValue {
        guard depth <= Self.maximumDepth else {
            throw fault("brackets are nested more than \(Self.maximumDepth) deep")
        }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string())
        case UInt8(ascii: "["): return try array(at: key, depth: depth)
        case UInt8(ascii: "{"): return try inlineTable(at: key, depth: depth)
        case _: return try scalar()
        }
    }

    private mutating func array(at key: TOMLPlace, depth: Int) throws(TOMLFault) -> TOMLValue {
        index += 1
        var values: [TOMLValue] = []
        while true {
            try passSpace()
            if byte == UInt8(ascii: "]") { break }
            values.append(try value(at: key, depth: depth + 1))
            try passSpace()
            if byte == UInt8(ascii: "]") { break }
            guard byte == UInt8(ascii: ",") else {
                throw fault("a list goes on with , or ends with ]")
            }
            index += 1
        }
        index += 1
        return .array(values)
    }

    /// Blanks, comments and line breaks, as between the elements of an array.
    private mutating func passSpace() throws(TOMLFault) {
        repeat {
            passBlanks()
            try passComment()
        } while passLineBreak()
    }

    private mutating func inlineTable(at key: TOMLPlace, depth: Int) throws(TOMLFault) -> TOMLValue
    {
        let table = TOMLTable(at: key, .inline)
        index += 1
        // Dotted keys within braces are of these braces alone.
        let outer = section
        defer { section = outer }
        section = -index
        passBlanks()
        while byte != UInt8(ascii: "}") {
            try assignment(to: table, depth: depth + 1)
            passBlanks()
            guard byte == UInt8(ascii: ",") else { break }
            index += 1
            passBlanks()
            guard byte != UInt8(ascii: "}") else { throw fault("a key is expected after ,") }
        }
        guard byte == UInt8(ascii: "}") else {
            throw fault("a table in braces goes on with , or ends with }, on one line")
        }
        index += 1
        return .table(table)
    }

    // MARK: Text

    /// Whether three quotes stand here.
    var isTripled: Bool {
        index + 2 < bytes.count && bytes[index] == bytes[index + 1]
            && bytes[index] == bytes[index + 2]
    }

    /// Text in quotes, of one line or of several.
    mutating func string() throws(TOMLFault) -> String {
        let opening = place
        let quote = bytes[index]
        let isLong = isTripled
        index += isLong ? 3 : 1
        if isLong { _ = passLineBreak() }
        var text: [UInt8] = []
        while let byte {
            if byte == quote {
                guard isLong else {
                    index += 1
                    return String(decoding: text, as: UTF8.self)
                }
                let count = bytes[index...].prefix(5).prefix { $0 == quote }.count
                index += count
                guard count < 3 else {
                    // Up to two quotes of the text may stand in front of the three at its end.
                    text += repeatElement(quote, count: count - 3)
                    return String(decoding: text, as: UTF8.self)
                }
                text += repeatElement(quote, count: count)
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(into: &text, isLong: isLong)
            } else if isLong, passLineBreak() {
                text.append(UInt8(ascii: "\n"))
            } else {
                try checkPrintable(byte)
                text.append(byte)
                index += 1
            }
        }
        throw TOMLFault(message: "the quotes are not closed", place: opening)
    }

    private mutating func escape(into text: inout [UInt8], isLong: Bool) throws(TOMLFault) {
        let backslash = place
        index += 1
        let known: [UInt8: UInt8] = [
            UInt8(ascii: "b"): 0x08, UInt8(ascii: "t"): 0x09, UInt8(ascii: "n"): 0x0A,
            UInt8(ascii: "f"): 0x0C, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "\""): 0x22,
            UInt8(ascii: "\\"): 0x5C,
        ]
        if let byte, let meant = known[byte] {
            text.append(meant)
            index += 1
            return
        }
        if byte == UInt8(ascii: "u") || byte == UInt8(ascii: "U") {
            let count = byte == UInt8(ascii: "u") ? 4 : 8
            let digits = bytes[(index + 1)...].prefix(count)
            if digits.count == count, digits.allSatisfy(Self.isHexadecimal),
                let number = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
                let scalar = Unicode.Scalar(number)
            {
                text += Array(String(Character(scalar)).utf8)
                index += 1 + count
                return
            }
        }
        // A backslash at the end of a line takes the white space that follows with it.
        if isLong {
            passBlanks()
            if passLineBreak() {
                repeat { passBlanks() } while passLineBreak()
                return
            }
        }
        throw TOMLFault(
            message: "no escape of TOML: \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX", place: backslash)
    }

    static func isHexadecimal(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
