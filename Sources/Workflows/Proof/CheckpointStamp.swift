internal import AuditTrail
internal import Hashing

/// A time-stamp token (RFC 3161) for a checkpoint, kept as a document of the book.
enum CheckpointStamp {
    /// `format` of its document record.
    static let format = "rfc3161"
    static let mediaType = "application/timestamp-reply"

    /// What a token stamps: the text of the note, to which later signatures add nothing.
    static func digest(of signed: SignedCheckpoint) -> SHA256Digest {
        SHA256Digest(hashing: Array(signed.note.text.utf8))
    }

    /// True where a token holds the digest of the checkpoint. Who made the token, and whether it
    /// is whole, says OpenSSL.
    static func names(_ signed: SignedCheckpoint, in token: [UInt8]) -> Bool {
        let digest = digest(of: signed).bytes
        return token.indices.contains { place in
            token[place] == digest[0] && token[place...].starts(with: digest)
        }
    }
}
