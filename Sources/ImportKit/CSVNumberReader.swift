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
        guard let (mantissa, exponent) = plain(text, 0..<text.count) else { return nil }
        return ExactDecimal(normalizedMantissa: Int128(mantissa), exponent: exponent)
    }

    /// The value of a stretch of bytes, as `ExactDecimal` has it: no trailing zeros.
    ///
    /// - Returns: `nil` for anything but up to 18 characters: digits, a sign, one mark.
    func plain(_ text: Span<UInt8>, _ range: Range<Int>) -> (mantissa: Int64, exponent: Int)? {
        guard (1...18).contains(range.count) else { return nil }
        let mark = notation.mark == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
        let isNegative = text[range.lowerBound] == UInt8(ascii: "-")
        var mantissa: Int64 = 0
        /// Where the digits behind the mark begin.
        var fraction: Int?
        for index in range.lowerBound + (isNegative ? 1 : 0)..<range.upperBound {
            let digit = text[index] &- UInt8(ascii: "0")
            if digit < 10 {
                mantissa = mantissa &* 10 &+ Int64(digit)
            } else {
                guard text[index] == mark, fraction == nil else { return nil }
                fraction = index + 1
            }
        }
        let signs = (isNegative ? 1 : 0) + (fraction == nil ? 0 : 1)
        guard range.count > signs else { return nil }
        guard mantissa != 0 else { return (0, 0) }
        var exponent = fraction.map { $0 - range.upperBound } ?? 0
        while mantissa % 10 == 0 {
            mantissa /= 10
            exponent += 1
        }
        return (isNegative ? -mantissa : mantissa, exponent)
    }
}
