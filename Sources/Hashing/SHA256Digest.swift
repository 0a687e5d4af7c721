internal import COpenSSL

/// A SHA-256 digest (FIPS 180-4): 32 bytes.
package struct SHA256Digest: Hashable, Sendable {
    package let bytes: [UInt8]

    /// - Returns: `nil` unless there are 32 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// Reads 64 lower-case hexadecimal digits.
    package init?(hexadecimal text: String) {
        self.init(hexadecimal: Array(text.utf8)[...])
    }

    /// Reads 64 lower-case hexadecimal digits in ASCII.
    ///
    /// - Returns: `nil` for anything else.
    package init?(hexadecimal digits: ArraySlice<UInt8>) {
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for index in stride(from: digits.startIndex, to: digits.endIndex, by: 2) {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1])
            else { return nil }
            bytes.append(high << 4 | low)
        }
        self.bytes = bytes
    }

    /// The digest of the parts, one after the other.
    package init(hashing parts: [UInt8]...) {
        var hasher = SHA256Hasher()
        for part in parts { hasher.update(part) }
        self = hasher.finalize()
    }

    private static let digits = Array("0123456789abcdef".utf8)

    init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// 64 lower-case hexadecimal digits.
    package var hexadecimal: String { String(decoding: hexadecimalDigits, as: UTF8.self) }

    /// 64 lower-case hexadecimal digits in ASCII.
    package var hexadecimalDigits: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64) { digits, count in
            for (place, byte) in bytes.enumerated() {
                digits[2 * place] = Self.digits[Int(byte >> 4)]
                digits[2 * place + 1] = Self.digits[Int(byte & 15)]
            }
            count = 64
        }
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case _: nil
        }
    }
}

extension SHA256Digest: CustomStringConvertible {
    package var description: String { hexadecimal }
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
