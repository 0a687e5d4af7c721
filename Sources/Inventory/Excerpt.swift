package import Hashing

/// The text of the line or element of a document that a record cites.
///
/// The record holds only a commitment to it, SHA-256(salt ‖ text), because a record cannot change
/// and text may be personal data: what opens the commitment is kept beside the records and goes
/// with the document when that is erased. Without the salt a text that few could be cannot be
/// found by trying.
package struct Excerpt: Sendable {
    package let commitment: SHA256Digest
    /// What it commits to; `nil` in an excerpt that was read from a record.
    package let opening: ExcerptOpening?

    package init(commitment: SHA256Digest) {
        self.commitment = commitment
        opening = nil
    }

    package init(_ opening: ExcerptOpening) {
        commitment = opening.commitment
        self.opening = opening
    }
}

extension Excerpt: Hashable {
    /// A commitment has one opening, so that it alone tells excerpts apart.
    package static func == (one: Excerpt, other: Excerpt) -> Bool {
        one.commitment == other.commitment
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(commitment) }
}

extension Excerpt: Codable {
    package init(from decoder: any Decoder) throws {
        self.init(commitment: try SHA256Digest(from: decoder))
    }

    package func encode(to encoder: any Encoder) throws { try commitment.encode(to: encoder) }
}

/// What opens the commitment of an excerpt. A class, because few of the many records that cite
/// one carry it.
package final class ExcerptOpening: Sendable {
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
