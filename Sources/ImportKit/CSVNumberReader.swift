package import Quantities

/// Reads decimal numbers from cells, without a `String` for the plain ones.
package struct CSVNumberReader: Sendable {
    package let notation: DecimalNotation

    package init(notation: DecimalNotation) { self.notation = notation }

    /// - Throws: see `ExactDecimal.init(parsing:notation:)`, whose answers these are.
    package func read(_ text: Span<UInt8>) throws(QuantityError) -> ExactDecimal {
        if let plain = plain(text) { return plain }
        let copy = String(unsafeUninitializedCapacity: text.count) { buffer in
            for offset in text.indices { buffer[offset] = text[offset] }
            return text.count
        }
        return try ExactDecimal(parsing: copy, notation: notation)
    }

    /// Up to 18 digits with a sign and one mark; anything else is left to the parser.
    private func plain(_ text: Span<UInt8>) -> ExactDecimal? {
        guard (1...18).contains(text.count) else { return nil }
        let mark = notation.mark == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
        let isNegative = text[0] == UInt8(ascii: "-")
        var mantissa: Int64 = 0
        var fractionDigits: Int?
        var digits = 0
        for index in (isNegative ? 1 : 0)..<text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                mantissa = mantissa * 10 + Int64(digit)
                digits += 1
                fractionDigits = fractionDigits.map { $0 + 1 }
            } else {
                guard text[index] == mark, fractionDigits == nil else { return nil }
                fractionDigits = 0
            }
        }
        guard digits > 0 else { return nil }
        return ExactDecimal(
            mantissa: Int128(isNegative ? -mantissa : mantissa), exponent: -(fractionDigits ?? 0))
    }
}
