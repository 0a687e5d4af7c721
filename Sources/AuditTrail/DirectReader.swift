internal import Glibc
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantities

/// Bytes that a direct reader does not know: the general decoder reads them, or says what is wrong.
struct Deviation: Error {}

/// Reads canonical JSON whose members the caller expects in order, without values in between.
///
/// It checks no more than it needs: whoever uses it writes the value again and compares, so that
/// any other spelling of a value deviates in the end. It must not outlive the bytes it is lent.
struct DirectReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// What records in front of this one have spelled; `nil` reads each value anew.
    let memo: RecordMemo?
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ memo: RecordMemo?) {
        self.bytes = bytes
        self.memo = memo
    }

    var isAtEnd: Bool { position == bytes.count }

    /// Passes over punctuation and names.
    mutating func expect(_ literal: StaticString) throws(Deviation) {
        guard skip(literal) else { throw Deviation() }
    }

    /// - Returns: False, without moving, where something else stands.
    mutating func skip(_ literal: StaticString) -> Bool {
        guard stands(literal) else { return false }
        position += literal.utf8CodeUnitCount
        return true
    }

    /// True where this comes next.
    func stands(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard count <= bytes.count - position, let start = bytes.baseAddress else { return false }
        return ByteComparison.areEqual(
            UnsafeRawBufferPointer(start: start + position, count: count),
            UnsafeRawBufferPointer(start: literal.utf8Start, count: count))
    }

    mutating func text() throws(Deviation) -> String {
        try expect("\"")
        guard let content = plainText() else { return try escapedText() }
        return String(decoding: content, as: UTF8.self)
    }

    /// A text that other records are likely to have, too.
    mutating func repeatedText() throws(Deviation) -> String {
        try remembered(memo?.texts) { $0 }
    }

    mutating func repeatedText(_ name: StaticString) throws(Deviation) -> String? {
        skip(name) ? try repeatedText() : nil
    }

    /// - Parameters:
    ///   - table: Knows the spellings of earlier records.
    ///   - make: The value of a spelling; `nil` if there is none.
    mutating func remembered<Value>(
        _ table: MemoTable<Value>?, _ make: (String) -> Value?
    ) throws(Deviation) -> Value {
        try expect("\"")
        let value: Value?
        if let content = plainText() {
            value =
                if let table { table.value(of: content, make) } else {
                    make(String(decoding: content, as: UTF8.self))
                }
        } else {
            value = make(try escapedText())
        }
        guard let value else { throw Deviation() }
        return value
    }

    /// The bytes up to the quotation mark that ends a text, and moves behind it; `nil`, without
    /// moving, where something is escaped or there is no end.
    private mutating func plainText() -> UnsafeRawBufferPointer? {
        guard let base = bytes.baseAddress,
            let end = memchr(base + position, Int32(UInt8(ascii: "\"")), bytes.count - position)
        else { return nil }
        let count = UnsafeRawPointer(end) - UnsafeRawPointer(base + position)
        guard memchr(base + position, Int32(UInt8(ascii: "\\")), count) == nil else { return nil }
        defer { position += count + 1 }
        return UnsafeRawBufferPointer(start: base + position, count: count)
    }

    /// A text with quotation marks or reverse solidi; no other escape stands in a record.
    private mutating func escapedText() throws(Deviation) -> String {
        var content: [UInt8] = []
        while position + 1 < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: content, as: UTF8.self)
            case UInt8(ascii: "\\"):
                content.append(bytes[position + 1])
                position += 2
            case _:
                content.append(bytes[position])
                position += 1
            }
        }
        throw Deviation()
    }

    /// A member that may be left out; `name` ends in its colon.
    mutating func text(_ name: StaticString) throws(Deviation) -> String? {
        skip(name) ? try text() : nil
    }

    mutating func value<Value: LosslessStringConvertible>(
        _ type: Value.Type = Value.self
    ) throws(Deviation) -> Value {
        guard let value = Value(try text()) else { throw Deviation() }
        return value
    }

    mutating func choice<Value: RawRepresentable<String>>(
        _ type: Value.Type = Value.self
    ) throws(Deviation) -> Value {
        guard let value = Value(rawValue: try text()) else { throw Deviation() }
        return value
    }

    mutating func flag() throws(Deviation) -> Bool {
        if skip("true") { return true }
        try expect("false")
        return false
    }

    mutating func number() throws(Deviation) -> Int {
        try expect("\"")
        let (value, count) = digits(atMost: 18)
        guard count > 0 else { throw Deviation() }
        try expect("\"")
        return Int(value)
    }

    mutating func date() throws(Deviation) -> CivilDate {
        try expect("\"")
        let date = try dateDigits()
        try expect("\"")
        return date
    }

    mutating func period() throws(Deviation) -> ReportingPeriod {
        try expect("\"")
        let start = try dateDigits()
        try expect("/")
        let end = try dateDigits()
        try expect("\"")
        guard let period = ReportingPeriod(start: start, end: end) else { throw Deviation() }
        return period
    }

    mutating func digest() throws(Deviation) -> SHA256Digest {
        try expect("\"")
        guard bytes.count - position > 64,
            let digest = SHA256Digest(
                hexadecimal: UnsafeBufferPointer(rebasing: bytes[position..<position + 64]))
        else { throw Deviation() }
        position += 64
        try expect("\"")
        return digest
    }

    mutating func decimal() throws(Deviation) -> ExactDecimal {
        let start = position
        try expect("\"")
        let isNegative = skip("-")
        let (whole, wholeCount) = digits(atMost: 18)
        var (mantissa, scale) = (whole, 0)
        if skip(".") {
            let (fraction, count) = digits(atMost: 18 - wholeCount)
            for _ in 0..<count { mantissa *= 10 }
            (mantissa, scale) = (mantissa + fraction, count)
        }
        guard skip("\"") else {
            position = start
            return try longDecimal()
        }
        var exponent = -scale
        while mantissa != 0, mantissa % 10 == 0 {
            mantissa /= 10
            exponent += 1
        }
        return ExactDecimal(
            normalizedMantissa: Int128(isNegative ? -mantissa : mantissa),
            exponent: mantissa == 0 ? 0 : exponent)
    }

    private mutating func longDecimal() throws(Deviation) -> ExactDecimal {
        let text = try text()
        do { return try ExactDecimal(parsing: text) } catch { throw Deviation() }
    }

    private mutating func dateDigits() throws(Deviation) -> CivilDate {
        let year = digits(atMost: 4).value
        try expect("-")
        let month = digits(atMost: 2).value
        try expect("-")
        let day = digits(atMost: 2).value
        guard let date = CivilDate(year: Int(year), month: Int(month), day: Int(day)) else {
            throw Deviation()
        }
        return date
    }

    private mutating func digits(atMost limit: Int) -> (value: Int64, count: Int) {
        var value: Int64 = 0
        var count = 0
        while count < limit, position < bytes.count {
            let digit = bytes[position] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            value = value * 10 + Int64(digit)
            position += 1
            count += 1
        }
        return (value, count)
    }
}
