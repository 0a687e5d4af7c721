/// Why an exact calculation or a reading of a number is refused.
package enum QuantityError: Error, Hashable, Sendable {
    /// The text is not a decimal number in the stated notation.
    case notADecimal
    /// More than 38 significant digits.
    case tooManyDigits
    /// An exponent beyond ±30.
    case exponentOutOfRange
    /// The result does not fit.
    case overflow
    /// The value cannot be written exactly with the digits asked for.
    case inexact
    /// A division by zero, or a ratio with a zero denominator.
    case divisionByZero
    /// Two units measure different things.
    case dimensionMismatch(from: String, to: String)
    /// No unit has this symbol or code.
    case unknownUnit(String)
}
