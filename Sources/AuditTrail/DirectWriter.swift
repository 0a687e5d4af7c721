internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantities

/// Writes canonical JSON whose members the caller names in order, without values in between.
///
/// What it cannot write in the one canonical form it refuses: the general encoder then writes it,
/// or says what is wrong. It writes into memory of its own, with room for the longest record: an
/// array would be checked, and perhaps copied, at each of a hundred pieces.
struct DirectWriter: ~Copyable {
    private let start: UnsafeMutablePointer<UInt8>
    private var count = 0
    private(set) var isRefused = false

    /// Mantissas below it have at most 18 digits.
    private static let shortMantissa: UInt128 = 1_000_000_000_000_000_000

    init() { start = .allocate(capacity: CanonicalJSON.maximumSize) }

    deinit { start.deallocate() }

    /// What was written.
    var bytes: [UInt8] { [UInt8](UnsafeBufferPointer(start: start, count: count)) }

    /// True where these bytes were written.
    func holds(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { other in
            ByteComparison.areEqual(other, UnsafeRawBufferPointer(start: start, count: count))
        }
    }

    /// Room for the next bytes; `nil`, and the record is refused, where there is none.
    private mutating func room(_ size: Int) -> UnsafeMutableBufferPointer<UInt8>? {
        guard size <= CanonicalJSON.maximumSize - count else {
            isRefused = true
            return nil
        }
        defer { count += size }
        return UnsafeMutableBufferPointer(start: start + count, count: size)
    }

    private mutating func append(_ content: UnsafeBufferPointer<UInt8>) {
        guard let room = room(content.count) else { return }
        _ = room.update(fromContentsOf: content)
    }

    private mutating func append(_ byte: UInt8) { room(1)?[0] = byte }

    /// Punctuation and names, as they are.
    mutating func literal(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func text(_ text: String) {
        literal("\"")
        var plain = text
        let isPlain = plain.withUTF8 { content in
            guard content.allSatisfy(Self.isPlain) else { return false }
            append(content)
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
                append(UInt8(ascii: "\\"))
            }
            append(byte)
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
        if let room = room(64) { digest.writeHexadecimal(to: room) }
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
            var description = decimal.description
            description.withUTF8 { append($0) }
        }
        literal("\"")
    }

    private mutating func shortDecimal(_ mantissa: UInt64, _ exponent: Int) {
        guard exponent < 0 else {
            digits(mantissa)
            if mantissa > 0 {
                for _ in 0..<exponent { append(UInt8(ascii: "0")) }
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
        var size = 1
        var rest = value / 10
        while rest > 0 {
            size += 1
            rest /= 10
        }
        guard let room = room(max(size, width)) else { return }
        rest = value
        for place in room.indices.reversed() {
            room[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }
}
