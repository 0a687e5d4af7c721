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
    private var position = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

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
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return String(
                    decoding: UnsafeBufferPointer(rebasing: bytes[start..<position]),
                    as: UTF8.self)
            case UInt8(ascii: "\\"): return try escapedText(from: start)
            case _: position += 1
            }
        }
        throw Deviation()
    }

    /// A text with quotation marks or reverse solidi; no other escape stands in a record.
    private mutating func escapedText(from start: Int) throws(Deviation) -> String {
        var content = Array(bytes[start..<position])
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
