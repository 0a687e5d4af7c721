package import Hashing

/// The public key that checks signatures of notes: C2SP signed-note.
package struct NoteKey: Hashable, Sendable {
    /// The byte by which a key says what it signs.
    package enum Kind: UInt8, Hashable, Sendable {
        /// The text of the note.
        case log = 0x01
        /// The text and the time: a witness's cosignature/v1.
        case witness = 0x04
    }

    package let name: String
    package let kind: Kind
    package let publicKey: Ed25519PublicKey

    /// - Returns: `nil` for a name that cannot stand in a note.
    package init?(name: String, kind: Kind, publicKey: Ed25519PublicKey) {
        guard Self.isName(name) else { return nil }
        self.name = name
        self.kind = kind
        self.publicKey = publicKey
    }

    /// Reads a verifier key: `name+id+base64`.
    package init(parsing text: String) throws(NoteError) {
        let (name, id, bytes) = try Self.parts(of: text)
        guard let kind = bytes.first.flatMap(Kind.init(rawValue:)) else {
            throw .malformed("a verifier key of another kind than Ed25519")
        }
        guard let publicKey = Ed25519PublicKey(bytes: Array(bytes.dropFirst())),
            let key = NoteKey(name: name, kind: kind, publicKey: publicKey)
        else { throw .malformed("the verifier key holds no usable Ed25519 key") }
        guard key.idText == id else { throw .malformed("the verifier key has another id") }
        self = key
    }

    /// SHA-256(name ‖ 0x0A ‖ kind ‖ public key), its first four bytes.
    package var id: [UInt8] {
        Array(
            SHA256Digest(hashing: Array(name.utf8), [0x0a, kind.rawValue], publicKey.bytes)
                .bytes.prefix(4))
    }

    /// Eight lower-case hexadecimal digits.
    var idText: String { Self.idText(id) }

    static func idText(_ id: [UInt8]) -> String {
        id.map { byte in
            let digits = String(byte, radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// A name is not empty and has neither white space nor `+`.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20
            }
    }

    /// The parts of `name+id+base64`. The last may hold `+`.
    static func parts(
        of text: some StringProtocol
    ) throws(NoteError) -> (name: String, id: String, bytes: [UInt8]) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let bytes = Base64.bytes(parts[2]), isName(String(parts[0])) else {
            throw .malformed("a key is written 'name+id+base64'")
        }
        return (String(parts[0]), String(parts[1]), bytes)
    }
}

extension NoteKey: CustomStringConvertible {
    package var description: String {
        "\(name)+\(idText)+\(Base64.text([kind.rawValue] + publicKey.bytes))"
    }
}

/// The private key that signs notes, as Go's `note` writes it.
package struct NoteSigner: Sendable {
    package let key: NoteKey
    private let secret: Ed25519PrivateKey

    private static let prefix = "PRIVATE+KEY+"

    /// - Returns: `nil` for a name that cannot stand in a note, or another length than 32 bytes.
    package init?(name: String, kind: NoteKey.Kind, seed: [UInt8]) {
        guard let secret = Ed25519PrivateKey(seed: seed),
            let key = NoteKey(name: name, kind: kind, publicKey: secret.publicKey)
        else { return nil }
        self.key = key
        self.secret = secret
    }

    /// Reads `PRIVATE+KEY+name+id+base64`. No error repeats the text.
    package init(parsing text: String) throws(NoteError) {
        guard text.utf8.starts(with: Self.prefix.utf8) else {
            throw .malformed("a private key begins with '\(Self.prefix)'")
        }
        let (name, id, bytes) = try NoteKey.parts(of: text.dropFirst(Self.prefix.count))
        guard let kind = bytes.first.flatMap(NoteKey.Kind.init(rawValue:)),
            let signer = NoteSigner(name: name, kind: kind, seed: Array(bytes.dropFirst()))
        else { throw .malformed("the private key is no Ed25519 key of 32 bytes") }
        guard signer.key.idText == id else {
            throw .malformed("the private key has another id")
        }
        self = signer
    }

    /// The secret as text.
    package var secretText: String {
        let bytes = [key.kind.rawValue] + secret.seed
        return "\(Self.prefix)\(key.name)+\(key.idText)+\(Base64.text(bytes))"
    }

    /// Signs the text of a note.
    ///
    /// - Parameter time: Seconds since 1970; goes into the signature of a witness, else unused.
    package func signature(of text: String, at time: Int64) -> SignedNote.Signature {
        let bytes: [UInt8]
        switch key.kind {
        case .log:
            bytes = secret.signature(of: Array(text.utf8))
        case .witness:
            let message = SignedNote.cosigned(text, at: UInt64(clamping: time))
            bytes = SignedNote.bigEndian(UInt64(clamping: time)) + secret.signature(of: message)
        }
        return SignedNote.Signature(name: key.name, keyID: key.id, bytes: bytes)
    }
}

extension NoteSigner: CustomStringConvertible {
    /// The public key: the secret is never printed by chance.
    package var description: String { key.description }
}
