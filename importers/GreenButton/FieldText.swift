internal import Quantities

/// Reads the text of an element as a number.
enum FieldText {
    /// A signed integer in decimal digits, as `xs:long`.
    static func integer(_ text: ArraySlice<UInt8>) -> Field<Int64> {
        if text.isEmpty { return .empty }
        let negative = text.first == UInt8(ascii: "-")
        let digits = negative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
        // 18 digits always fit; no time or value of a meter has more.
        guard (1...18).contains(digits.count) else { return .invalid(string(text)) }
        var magnitude: Int64 = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return .invalid(string(text)) }
            magnitude = magnitude * 10 + Int64(digit)
        }
        return .value(negative ? -magnitude : magnitude)
    }

    /// An integer as the schema asks for, or a decimal as some vendors write.
    static func decimal(_ text: ArraySlice<UInt8>) -> Field<ExactDecimal> {
        switch integer(text) {
        case .absent: return .absent
        case .empty: return .empty
        case .value(let value): return .value(ExactDecimal(value))
        case .invalid(let written):
            // The notation of numbers with an exponent has no place in a feed.
            if written.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
                return .invalid(written)
            }
            do {
                return .value(try ExactDecimal(parsing: written))
            } catch {
                return .invalid(written)
            }
        }
    }

    private static func string(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text.prefix(400), as: UTF8.self)
    }
}
