/// A decimal number without rounding: `mantissa × 10^exponent`.
///
/// Normalised on creation (no trailing zeros in the mantissa; zero has exponent 0), so that equal
/// values are equal, hash equally and print equally. Reading and arithmetic give only values that
/// are writable (see `isWritable`), so that whatever is written can be read again.
package struct ExactDecimal: Hashable, Sendable {
    /// The digits with their sign; at most 38 digits.
    package let mantissa: Int128
    /// The power of ten; negative for fractions.
    package let exponent: Int

    package static let zero = ExactDecimal(0)
    package static let one = ExactDecimal(1)

    package init(_ integer: some BinaryInteger) {
        self.init(mantissa: Int128(integer), exponent: 0)
    }

    package init(mantissa: Int128, exponent: Int) {
        var digits = mantissa
        var power = exponent
        while digits != 0 {
            let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { break }
            digits = quotient
            power += 1
        }
        self.mantissa = digits
        self.exponent = digits == 0 ? 0 : power
    }

    /// A value whose mantissa and exponent were taken from one: nothing is normalised again.
    package init(normalizedMantissa mantissa: Int128, exponent: Int) {
        self.mantissa = mantissa
        self.exponent = exponent
    }

    /// The largest number of digits after the point: 38 digits with an exponent of -30.
    package static let maximumFractionDigits = 68

    package var isZero: Bool { mantissa == 0 }
    package var isNegative: Bool { mantissa < 0 }

    /// True if the value has no digits after the decimal point.
    package var isInteger: Bool { exponent >= 0 }

    /// The value as an integer.
    ///
    /// - Returns: `nil` if there are digits after the point or the value exceeds `Int128`.
    package var integer: Int128? {
        guard exponent >= 0 else { return nil }
        return Int128.powerOfTen(exponent).flatMap { power in
            let (product, overflow) = mantissa.multipliedReportingOverflow(by: power)
            return overflow ? nil : product
        }
    }

    package var negated: ExactDecimal { ExactDecimal(mantissa: -mantissa, exponent: exponent) }

    package var magnitude: ExactDecimal { isNegative ? negated : self }

    /// True if the plain notation has at most 38 digits and 68 of them after the point, leading
    /// zeros not counted: what the parser reads.
    package var isWritable: Bool {
        guard exponent >= -Self.maximumFractionDigits,
            let limit = Int128.powerOfTen(Self.maximumDigits - max(0, exponent))
        else { return false }
        return mantissa.magnitude < limit.magnitude
    }

    /// The value itself.
    ///
    /// - Throws: `overflow` unless it is writable.
    func checked() throws(QuantityError) -> ExactDecimal {
        guard isWritable else { throw .overflow }
        return self
    }
}

extension ExactDecimal {
    /// The exact sum.
    ///
    /// - Throws: `overflow` where the result is not writable.
    package func adding(_ other: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        if isZero { return other }
        if other.isZero { return self }
        let common = min(exponent, other.exponent)
        let (sum, overflow) = try mantissa(at: common).addingReportingOverflow(
            other.mantissa(at: common))
        guard !overflow else { throw .overflow }
        return try ExactDecimal(mantissa: sum, exponent: common).checked()
    }

    /// The exact difference.
    package func subtracting(_ other: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        try adding(other.negated)
    }

    /// The exact product.
    ///
    /// - Throws: `overflow` where the result is not writable.
    package func multiplied(by other: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        let (product, overflow) = mantissa.multipliedReportingOverflow(by: other.mantissa)
        guard !overflow else { throw .overflow }
        return try ExactDecimal(mantissa: product, exponent: exponent + other.exponent).checked()
    }

    /// The sum of a sequence; zero for none.
    package static func sum(
        _ values: some Sequence<ExactDecimal>
    ) throws(QuantityError) -> ExactDecimal {
        var total = ExactDecimal.zero
        for value in values { total = try total.adding(value) }
        return total
    }

    /// The mantissa this value has when written with another, not larger, exponent.
    package func mantissa(at exponent: Int) throws(QuantityError) -> Int128 {
        guard !isZero else { return 0 }
        guard self.exponent >= exponent else { throw .inexact }
        guard let power = Int128.powerOfTen(self.exponent - exponent) else { throw .overflow }
        let (scaled, overflow) = mantissa.multipliedReportingOverflow(by: power)
        guard !overflow else { throw .overflow }
        return scaled
    }
}

extension ExactDecimal: Comparable {
    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        let (leftSign, rightSign) = (left.mantissa.signum(), right.mantissa.signum())
        guard leftSign == rightSign else { return leftSign < rightSign }
        let (leftOrder, rightOrder) = (left.decimalOrder, right.decimalOrder)
        guard leftOrder == rightOrder else {
            return left.isNegative ? leftOrder > rightOrder : leftOrder < rightOrder
        }
        let (leftDigits, rightDigits) = left.aligned(with: right)
        return leftDigits < rightDigits
    }

    /// Both mantissas at the finer exponent of two values of the same decimal order: aligned, they
    /// have equally many digits, hence fit.
    private func aligned(with other: ExactDecimal) -> (Int128, Int128) {
        let shift = exponent - other.exponent
        guard let power = Int128.powerOfTen(abs(shift)) else {
            preconditionFailure("Values of one order differ by less than 39 powers of ten.")
        }
        return shift < 0 ? (mantissa, other.mantissa * power) : (mantissa * power, other.mantissa)
    }

    /// The number of digits before the decimal point, counting in powers of ten.
    private var decimalOrder: Int {
        var digits = 0
        var rest = mantissa.magnitude
        while rest != 0 {
            rest /= 10
            digits += 1
        }
        return digits + exponent
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// Plain decimal notation without exponent, grouping or trailing zeros: `-12.5`.
    package var description: String {
        if exponent == 0, let short = Int64(exactly: mantissa) { return String(short) }
        guard exponent < 0 else {
            return String(mantissa) + String(repeating: "0", count: isZero ? 0 : exponent)
        }
        let magnitude = mantissa.magnitude
        let digits = UInt64(exactly: magnitude).map { String($0) } ?? String(magnitude)
        let scale = -exponent
        let padded =
            digits.utf8.count > scale
            ? digits : String(repeating: "0", count: scale - digits.utf8.count + 1) + digits
        let split = padded.index(padded.endIndex, offsetBy: -scale)
        return (isNegative ? "-" : "") + padded[..<split] + "." + padded[split...]
    }
}

extension ExactDecimal: Codable {
    /// Decodes the plain notation that `description` gives; JSON numbers are refused.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do {
            self = try ExactDecimal(parsing: text)
        } catch {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a decimal: \(error)")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        guard isWritable else {
            throw EncodingError.invalidValue(
                self,
                EncodingError.Context(
                    codingPath: encoder.codingPath,
                    debugDescription: "a decimal beyond the digits that can be read again"))
        }
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int128 {
    private static let powersOfTen: [Int128] = (0..<38).reduce(into: [1]) { powers, _ in
        powers.append(powers[powers.count - 1] * 10)
    }

    /// `10^exponent`, or `nil` outside 0…38.
    static func powerOfTen(_ exponent: Int) -> Int128? {
        powersOfTen.indices.contains(exponent) ? powersOfTen[exponent] : nil
    }
}
