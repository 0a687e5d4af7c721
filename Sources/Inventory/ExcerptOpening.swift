package import Hashing

/// The text of the line or element of a document that a record cites, with its salt.
///
/// The record holds only a commitment to it, SHA-256(salt ‖ text), because a record cannot change
/// and text may be personal data: what opens the commitment is kept beside the records and goes
/// with the document when that is erased. Without the salt a text that few could be cannot be
/// found by trying.
package struct ExcerptOpening: Hashable, Sendable {
    /// SHA-256 of the file that was received, with whose bytes it is erased.
    package let home: SHA256Digest
    package let salt: Salt
    /// One line: no control characters.
    package let text: String
    package let commitment: SHA256Digest

    package init(home: SHA256Digest, salt: Salt, text: String) {
        self.home = home
        self.salt = salt
        self.text = text
        commitment = SHA256Digest(hashing: salt.bytes, Array(text.utf8))
    }
}

/// 16 bytes that nobody can guess.
package struct Salt: Hashable, Sendable {
    /// How many bytes a salt has.
    package static let count = 16

    package let bytes: [UInt8]

    /// - Returns: `nil` unless there are 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.count else { return nil }
        self.bytes = bytes
    }

    /// Draws a salt.
    ///
    /// - Parameter generator: Where secrecy counts, that of the system.
    package init(using generator: inout some RandomNumberGenerator) {
        let words = (generator.next(), generator.next())
        bytes = withUnsafeBytes(of: words) { [UInt8]($0) }
    }

    /// A salt from the random source of the system.
    package static func random() -> Salt {
        var generator = SystemRandomNumberGenerator()
        return Salt(using: &generator)
    }
}
