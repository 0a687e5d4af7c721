internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantities

/// Writes canonical JSON whose members the caller names in order, without values in between.
///
/// What it cannot write in the one canonical form it refuses: the general encoder then writes it,
/// or says what is wrong.
struct DirectWriter {
    private(set) var bytes: [UInt8] = []
    private(set) var isRefused = false

    /// Mantissas below it have at most 18 digits.
    private static let shortMantissa: UInt128 = 1_000_000_000_000_000_000

    init() { bytes.reserveCapacity(1_024) }

    /// Punctuation and names, as they are.
    mutating func literal(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func text(_ text: String) {
        literal("\"")
        var plain = text
        let isPlain = plain.withUTF8 { content in
            guard content.allSatisfy(Self.isPlain) else { return false }
            bytes.append(contentsOf: content)
            return true
        }
        if !isPlain { escapedText(text) }
        literal("\"")
    }

    /// ASCII that is written as it is.
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    private mutating func escapedText(_ text: String) {
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                bytes.append(UInt8(ascii: "\\"))
            }
            bytes.append(byte)
        }
        // A character that no record holds: the general encoder names it.
        if RecordText.firstForbidden(in: text) != nil { isRefused = true }
    }

    /// A member that is left out where there is no value.
    mutating func text(_ text: String?, _ name: StaticString) {
        guard let text else { return }
        literal(name)
        self.text(text)
    }

    mutating func number(_ number: RecordNumber) {
        literal("\"")
        digits(UInt64(number.value.magnitude))
        literal("\"")
        if number.value < 0 { isRefused = true }
    }

    mutating func date(_ date: CivilDate) {
        literal("\"")
        dateDigits(date)
        literal("\"")
    }

    mutating func period(_ period: ReportingPeriod) {
        literal("\"")
        dateDigits(period.start)
        literal("/")
        dateDigits(period.end)
        literal("\"")
    }

    mutating func digest(_ digest: SHA256Digest) {
        literal("\"")
        bytes.append(contentsOf: digest.hexadecimalDigits)
        literal("\"")
    }

    mutating func decimal(_ decimal: ExactDecimal) {
        literal("\"")
        let magnitude = decimal.mantissa.magnitude
        if magnitude < Self.shortMantissa, (-18...18).contains(decimal.exponent) {
            if decimal.mantissa < 0 { literal("-") }
            shortDecimal(UInt64(magnitude), decimal.exponent)
        } else {
            if !decimal.isWritable { isRefused = true }
            bytes.append(contentsOf: decimal.description.utf8)
        }
        literal("\"")
    }

    private mutating func shortDecimal(_ mantissa: UInt64, _ exponent: Int) {
        guard exponent < 0 else {
            digits(mantissa)
            if mantissa > 0 {
                bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: exponent))
            }
            return
        }
        let power = (0..<(-exponent)).reduce(UInt64(1)) { product, _ in product * 10 }
        let (whole, fraction) = mantissa.quotientAndRemainder(dividingBy: power)
        digits(whole)
        literal(".")
        digits(fraction, width: -exponent)
    }

    private mutating func dateDigits(_ date: CivilDate) {
        if !(1_000...9_999).contains(date.year) { isRefused = true }
        digits(UInt64(date.year.magnitude), width: 4)
        literal("-")
        digits(UInt64(date.month.magnitude), width: 2)
        literal("-")
        digits(UInt64(date.day.magnitude), width: 2)
    }

    /// - Parameter width: Zeros are put in front up to it.
    private mutating func digits(_ value: UInt64, width: Int = 1) {
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        while bytes.count - start < width { bytes.append(UInt8(ascii: "0")) }
        var (low, high) = (start, bytes.count - 1)
        while low < high {
            bytes.swapAt(low, high)
            (low, high) = (low + 1, high - 1)
        }
    }
}
