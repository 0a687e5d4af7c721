/// A decimal number without rounding: `mantissa × 10^exponent`.
///
/// Normalised on creation (no trailing zeros in the mantissa; zero has exponent 0), so that equal
/// values are equal, hash equally and print equally.
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
}

extension ExactDecimal {
    /// The exact sum.
    ///
    /// - Throws: `overflow` where the result needs more than an `Int128` mantissa.
    package func adding(_ other: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        if isZero { return other }
        if other.isZero { return self }
        let common = min(exponent, other.exponent)
        let (sum, overflow) = try mantissa(at: common).addingReportingOverflow(
            other.mantissa(at: common))
        guard !overflow else { throw .overflow }
        return ExactDecimal(mantissa: sum, exponent: common)
    }

    /// The exact difference.
    package func subtracting(_ other: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        try adding(other.negated)
    }

    /// The exact product.
    ///
    /// - Throws: `overflow` where the result needs more than an `Int128` mantissa.
    package func multiplied(by other: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        let (product, overflow) = mantissa.multipliedReportingOverflow(by: other.mantissa)
        guard !overflow else { throw .overflow }
        return ExactDecimal(mantissa: product, exponent: exponent + other.exponent)
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
        guard self.exponent >= exponent else { throw .inexact }
        guard let power = Int128.powerOfTen(self.exponent - exponent) else { throw .overflow }
        let (scaled, overflow) = mantissa.multipliedReportingOverflow(by: power)
        guard !overflow else { throw .overflow }
        return scaled
    }
}

extension ExactDecimal: Comparable {
    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        let common = min(left.exponent, right.exponent)
        if let first = try? left.mantissa(at: common), let second = try? right.mantissa(at: common)
        {
            return first < second
        }
        // One side does not fit at the common exponent: its magnitude is the larger one.
        let leftIsLarger = left.decimalOrder > right.decimalOrder
        return left.isNegative ? leftIsLarger : !leftIsLarger
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
        guard exponent < 0 else {
            return String(mantissa) + String(repeating: "0", count: isZero ? 0 : exponent)
        }
        let digits = String(mantissa.magnitude)
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
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Int128 {
    /// `10^exponent`, or `nil` outside 0…38.
    static func powerOfTen(_ exponent: Int) -> Int128? {
        guard (0...38).contains(exponent) else { return nil }
        return (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }
}
