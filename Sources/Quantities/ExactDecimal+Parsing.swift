/// How a source writes decimal numbers. Nothing is guessed: the format or the profile states it.
package struct DecimalNotation: Hashable, Sendable {
    package enum Mark: String, Hashable, Sendable, Codable { case point = ".", comma = "," }

    /// The character before the fraction.
    package let mark: Mark
    /// The character between groups of three digits; `nil` refuses any grouping.
    package let grouping: Character?

    package static let point = DecimalNotation(mark: .point, grouping: nil)
    package static let comma = DecimalNotation(mark: .comma, grouping: nil)

    package init(mark: Mark, grouping: Character?) {
        self.mark = mark
        self.grouping = grouping
    }
}

extension ExactDecimal {
    /// More significant digits are refused, as is a number whose plain notation needs more.
    package static let maximumDigits = 38
    /// Exponents outside `-30…30` are refused.
    package static let maximumExponent = 30

    /// Reads a decimal number, strictly.
    ///
    /// Accepts the lexical space of `xs:decimal` (an optional sign, digits, an optional point with
    /// digits on at least one side) and an optional exponent, in the notation given.
    ///
    /// - Parameter text: The whole text; surrounding spaces are an error of the caller.
    /// - Throws: `notADecimal`, `tooManyDigits`, or `exponentOutOfRange`.
    package init(
        parsing text: String, notation: DecimalNotation = .point
    ) throws(QuantityError) {
        var cleaned = text
        if let grouping = notation.grouping {
            cleaned = try Self.removingGroups(text, grouping: grouping, mark: notation.mark)
        }
        let bytes = Array(cleaned.utf8)
        var position = 0
        var negative = false
        if let first = bytes.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            negative = first == UInt8(ascii: "-")
            position = 1
        }
        var scanner = DigitScanner(bytes: bytes, position: position)
        let mark = notation.mark == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
        try scanner.scanDigitsAndFraction(mark: mark)
        let power = try scanner.scanExponent()
        guard scanner.isAtEnd, scanner.sawDigit else { throw .notADecimal }
        let mantissa = negative ? -scanner.mantissa : scanner.mantissa
        self.init(mantissa: mantissa, exponent: power - scanner.fractionDigits)
        guard isWritable else { throw .tooManyDigits }
    }

    private static func removingGroups(
        _ text: String, grouping: Character, mark: DecimalNotation.Mark
    ) throws(QuantityError) -> String {
        let parts = text.split(
            separator: Character(mark.rawValue), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first else { throw .notADecimal }
        let groups = whole.split(separator: grouping, omittingEmptySubsequences: false)
        guard groups.count > 1 else { return text }
        let lead = groups[0].drop { $0 == "-" || $0 == "+" }
        guard (1...3).contains(lead.count), groups.dropFirst().allSatisfy({ $0.count == 3 }),
            ([lead] + groups.dropFirst()).allSatisfy(Self.isDigits)
        else { throw .notADecimal }
        return groups.joined() + (parts.count > 1 ? mark.rawValue + parts[1] : "")
    }
}

extension ExactDecimal {
    private static func isDigits(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

private struct DigitScanner {
    let bytes: [UInt8]
    var position: Int
    var mantissa: Int128 = 0
    var significantDigits = 0
    var fractionDigits = 0
    var sawDigit = false

    init(bytes: [UInt8], position: Int) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { position == bytes.count }

    mutating func scanDigitsAndFraction(mark: UInt8) throws(QuantityError) {
        while let digit = nextDigit() { try append(digit) }
        guard position < bytes.count, bytes[position] == mark else { return }
        position += 1
        while let digit = nextDigit() {
            try append(digit)
            fractionDigits += 1
        }
    }

    mutating func scanExponent() throws(QuantityError) -> Int {
        guard sawDigit, position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") else {
            return 0
        }
        position += 1
        var sign = 1
        if position < bytes.count,
            bytes[position] == UInt8(ascii: "-") || bytes[position] == UInt8(ascii: "+")
        {
            sign = bytes[position] == UInt8(ascii: "-") ? -1 : 1
            position += 1
        }
        var power = 0
        var digits = 0
        while let digit = nextDigit() {
            digits += 1
            power = min(power * 10 + Int(digit), 1_000)
        }
        guard digits > 0 else { throw .notADecimal }
        guard power <= ExactDecimal.maximumExponent else { throw .exponentOutOfRange }
        return sign * power
    }

    private mutating func nextDigit() -> UInt8? {
        guard position < bytes.count else { return nil }
        let digit = bytes[position] &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        position += 1
        return digit
    }

    private mutating func append(_ digit: UInt8) throws(QuantityError) {
        sawDigit = true
        if significantDigits > 0 || digit != 0 { significantDigits += 1 }
        guard significantDigits <= ExactDecimal.maximumDigits else { throw .tooManyDigits }
        mantissa = mantissa * 10 + Int128(digit)
    }
}
