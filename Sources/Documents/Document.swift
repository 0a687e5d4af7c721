package import Hashing

/// The bytes of a file as they came, with the name the user gave.
package struct Document: Sendable {
    /// Data shown in messages, never a path to open.
    package let name: String
    package let bytes: [UInt8]
    /// SHA-256 of `bytes`, computed before anything is parsed.
    package let digest: SHA256Digest

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        self.digest = SHA256Digest(hashing: bytes)
    }
}
