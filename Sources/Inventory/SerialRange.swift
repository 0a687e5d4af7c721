/// Consecutive serial numbers of certificates: a common beginning and a span of whole numbers.
package struct SerialRange: Hashable, Sendable {
    /// Longer runs of digits are refused.
    static let maximumDigits = 30

    package let prefix: String
    package let first: Int128
    package let last: Int128

    /// Reads the first and the last serial number, both of which belong to the range.
    ///
    /// The digits at the end count, what stands before them must be equal. A last number of digits
    /// alone takes over what stands before the digits of the first, as registries write it
    /// (`ACR-US-102-120158095 to 120158156`).
    ///
    /// - Returns: `nil` where a number has no digits at its end or too many, where the beginnings
    ///   differ, or where the last comes before the first.
    package init?(from first: String, to last: String) {
        guard let start = Self.split(first), let end = Self.split(last) else { return nil }
        guard end.prefix == start.prefix || end.prefix.isEmpty, start.number <= end.number else {
            return nil
        }
        prefix = start.prefix
        self.first = start.number
        self.last = end.number
    }

    /// How many numbers it holds.
    package var count: Int128 { last - first + 1 }

    package func overlaps(_ other: SerialRange) -> Bool {
        prefix == other.prefix && first <= other.last && other.first <= last
    }

    package func contains(_ other: SerialRange) -> Bool {
        prefix == other.prefix && first <= other.first && other.last <= last
    }

    private static func split(_ serial: String) -> (prefix: String, number: Int128)? {
        let bytes = Array(serial.utf8)
        let digits = bytes.reversed().prefix { (48...57).contains($0) }.count
        guard (1...maximumDigits).contains(digits) else { return nil }
        let number = bytes.suffix(digits).reduce(Int128(0)) { $0 * 10 + Int128($1 - 48) }
        return (String(decoding: bytes.dropLast(digits), as: UTF8.self), number)
    }
}
