extension TOMLParser {
    /// A value without quotes or brackets: `true`, a number, a time.
    mutating func scalar() throws(TOMLFault) -> TOMLValue {
        let (start, place) = (index, place)
        passWord()
        // A time may stand behind its date with a blank between.
        if Self.date(bytes[start..<index]) != nil, byte == UInt8(ascii: " "),
            index + 1 < bytes.count, Self.isDigit(bytes[index + 1])
        {
            index += 1
            passWord()
        }
        let word = bytes[start..<index]
        guard !word.isEmpty else { throw fault("a value is expected") }
        let text = String(decoding: word, as: UTF8.self)
        if text == "true" || text == "false" { return .boolean(text == "true") }
        if let (year, month, day) = Self.date(word) {
            return .date(year: year, month: month, day: day)
        }
        if Self.isTime(word) { return .other(text) }
        switch Self.number(word) {
        case .integer(let digits, let radix):
            guard let number = Int64(digits, radix: radix) else {
                throw TOMLFault(message: "'\(text)' is too large a number", place: place)
            }
            return .integer(number)
        case .float: return .other(text)
        case nil:
            throw TOMLFault(message: "no value of TOML; text stands in quotes", place: place)
        }
    }

    private mutating func passWord() {
        let ends = Array(" \t\r\n#,]}[{\"'=".utf8)
        while let byte, !ends.contains(byte) { index += 1 }
    }

    // MARK: Numbers

    private enum Number {
        /// Digits without `_`, with the sign.
        case integer(String, radix: Int)
        case float
    }

    private static func number(_ word: ArraySlice<UInt8>) -> Number? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)]
        where word.starts(with: prefix.utf8) {
            guard let digits = digits(word.dropFirst(2), radix: radix) else { return nil }
            return .integer(digits, radix: radix)
        }
        let sign = word.first == UInt8(ascii: "-") ? "-" : ""
        let rest = isSign(word.first) ? word.dropFirst() : word
        if rest.elementsEqual("inf".utf8) || rest.elementsEqual("nan".utf8) { return .float }
        let whole = rest.prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
        guard let digits = digits(whole, radix: 10), digits == "0" || !digits.hasPrefix("0") else {
            return nil
        }
        if whole.endIndex == rest.endIndex { return .integer(sign + digits, radix: 10) }
        return isFraction(rest[whole.endIndex...]) ? .float : nil
    }

    /// `.5`, `e10` or `.5e-10`: what makes a float of a whole number.
    private static func isFraction(_ tail: ArraySlice<UInt8>) -> Bool {
        var rest = tail
        if rest.first == UInt8(ascii: ".") {
            let places = rest.dropFirst().prefix { isDigit($0) || $0 == UInt8(ascii: "_") }
            guard digits(places, radix: 10) != nil else { return false }
            rest = rest[places.endIndex...]
        }
        guard let first = rest.first else { return true }
        guard first | 0x20 == UInt8(ascii: "e") else { return false }
        rest = rest.dropFirst()
        if isSign(rest.first) { rest = rest.dropFirst() }
        return digits(rest, radix: 10) != nil
    }

    private static func isSign(_ byte: UInt8?) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
    }

    /// Digits without the `_` between them; `nil` for none, and for a `_` that is not between two.
    private static func digits(_ word: ArraySlice<UInt8>, radix: Int) -> String? {
        let groups = word.split(separator: UInt8(ascii: "_"), omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty }) else { return nil }
        let text = String(decoding: groups.joined(), as: UTF8.self)
        return text.allSatisfy { $0.isASCII && Int(String($0), radix: radix) != nil } ? text : nil
    }

    // MARK: Times

    /// `2024-02-29`, a day that there is.
    private static func date(
        _ word: ArraySlice<UInt8>
    ) -> (year: Int, month: Int, day: Int)? {
        guard let parts = fields(word, lengths: [4, 2, 2], separator: UInt8(ascii: "-")) else {
            return nil
        }
        let (year, month, day) = (parts[0], parts[1], parts[2])
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
        return (year, month, day)
    }

    /// A local time, or a time of a day with or without an offset (RFC 3339).
    private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
        guard word.count > 10, date(word.prefix(10)) != nil else { return isLocalTime(word) }
        let between = word[word.startIndex + 10]
        guard between | 0x20 == UInt8(ascii: "t") || between == UInt8(ascii: " ") else {
            return false
        }
        var time = word.dropFirst(11)
        if let last = time.last, last | 0x20 == UInt8(ascii: "z") {
            time = time.dropLast()
        } else if time.count > 6, isSign(time[time.endIndex - 6]) {
            let offset = fields(time.suffix(5), lengths: [2, 2], separator: UInt8(ascii: ":"))
            guard let offset, offset[0] < 24, offset[1] < 60 else { return false }
            time = time.dropLast(6)
        }
        return isLocalTime(time)
    }

    private static func isLocalTime(_ word: ArraySlice<UInt8>) -> Bool {
        let whole = word.prefix { $0 != UInt8(ascii: ".") }
        let fields = fields(whole, lengths: [2, 2, 2], separator: UInt8(ascii: ":"))
        guard let fields, fields[0] < 24, fields[1] < 60, fields[2] <= 60 else { return false }
        guard whole.endIndex < word.endIndex else { return true }
        let places = word[(whole.endIndex + 1)...]
        return !places.isEmpty && places.allSatisfy(isDigit)
    }

    /// Numbers of fixed lengths with one separator between.
    private static func fields(
        _ word: ArraySlice<UInt8>, lengths: [Int], separator: UInt8
    ) -> [Int]? {
        let parts = word.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.map(\.count) == lengths, parts.allSatisfy({ $0.allSatisfy(isDigit) }) else {
            return nil
        }
        return parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    }
}
