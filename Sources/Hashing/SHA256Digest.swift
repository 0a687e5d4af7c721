internal import COpenSSL

/// A SHA-256 digest (FIPS 180-4): 32 bytes, held inline, because a book has several a record.
package struct SHA256Digest: Hashable, Sendable {
    /// The bytes as they lie in memory, eight a word.
    private let words: InlineWords

    private struct InlineWords: Hashable, Sendable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var fourth: UInt64 = 0
    }

    /// - Returns: `nil` unless there are 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.init { $0.copyBytes(from: bytes) }
    }

    /// Reads 64 lower-case hexadecimal digits.
    package init?(hexadecimal text: String) {
        var text = text
        guard let digest = text.withUTF8({ SHA256Digest(hexadecimal: $0) }) else { return nil }
        self = digest
    }

    /// Reads 64 lower-case hexadecimal digits in ASCII.
    ///
    /// - Returns: `nil` for anything else.
    package init?(hexadecimal digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count == 2 * Self.count else { return nil }
        var isValid = true
        self.init { bytes in
            for place in 0..<Self.count {
                let high = Self.values[Int(digits[2 * place])]
                let low = Self.values[Int(digits[2 * place + 1])]
                if (high | low) > 0x0F { isValid = false }
                bytes[place] = high << 4 | low & 0x0F
            }
        }
        guard isValid else { return nil }
    }

    /// The digest of the parts, one after the other.
    package init(hashing parts: [UInt8]...) {
        var hasher = SHA256Hasher()
        for part in parts { hasher.update(part) }
        self = hasher.finalize()
    }

    /// - Parameter write: Writes all 32 bytes.
    init(_ write: (UnsafeMutableRawBufferPointer) -> Void) {
        var words = InlineWords()
        withUnsafeMutableBytes(of: &words, write)
        self.words = words
    }

    private static let count = 32
    private static let digits = Array("0123456789abcdef".utf8)

    /// The value of each byte as a digit; 255 for a byte that is none.
    private static let values: [UInt8] = (0...255).map { byte in
        digits.firstIndex(of: byte).map(UInt8.init) ?? 0xFF
    }

    package var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// Lends the 32 bytes.
    package func withUnsafeBytes<Result>(
        _ body: (UnsafeRawBufferPointer) throws -> Result
    ) rethrows -> Result {
        try Swift.withUnsafeBytes(of: words, body)
    }

    /// 64 lower-case hexadecimal digits.
    package var hexadecimal: String {
        String(unsafeUninitializedCapacity: 2 * Self.count) { digits in
            writeHexadecimal(to: digits)
            return 2 * Self.count
        }
    }

    /// Writes 64 lower-case hexadecimal digits in ASCII.
    package func writeHexadecimal(to digits: UnsafeMutableBufferPointer<UInt8>) {
        withUnsafeBytes { bytes in
            for (place, byte) in bytes.enumerated() {
                digits[2 * place] = Self.digits[Int(byte >> 4)]
                digits[2 * place + 1] = Self.digits[Int(byte & 15)]
            }
        }
    }
}

extension SHA256Digest: CustomStringConvertible {
    package var description: String { hexadecimal }
}

extension SHA256Digest: Comparable {
    /// In the order of the bytes, which is that of the hexadecimal digits.
    package static func < (one: SHA256Digest, other: SHA256Digest) -> Bool {
        let (left, right) = (one.words, other.words)
        return (
            left.first.bigEndian, left.second.bigEndian, left.third.bigEndian, left.fourth.bigEndian
        )
            < (
                right.first.bigEndian, right.second.bigEndian, right.third.bigEndian,
                right.fourth.bigEndian
            )
    }
}

extension SHA256Digest: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let digest = SHA256Digest(hexadecimal: try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "not 64 lower-case hexadecimal digits")
        }
        self = digest
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(hexadecimal)
    }
}
