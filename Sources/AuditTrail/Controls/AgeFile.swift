internal import Hashing

/// A short secret under a passphrase, as the program `age -p -a` writes and reads it:
/// age-encryption.org/v1 with the recipient `scrypt`, in ASCII armor.
package enum AgeFile {
    package enum Fault: Error, Hashable, Sendable {
        /// No armored age file with a passphrase, or a longer one than a key needs.
        case malformed
        /// The passphrase is another, or a byte was changed.
        case refused
    }

    /// As long to guess as two to this power: about a quarter of a second and 128 MiB a try.
    package static let workFactor = 17
    /// A file that asks for more is refused: it would hold up the machine.
    private static let maximumWorkFactor = 20
    private static let label = Array("age-encryption.org/v1/scrypt".utf8)
    private static let version = "age-encryption.org/v1"
    private static let begin = "-----BEGIN AGE ENCRYPTED FILE-----"
    private static let end = "-----END AGE ENCRYPTED FILE-----"
    /// The nonce of the one and last chunk.
    private static let onlyChunk = [UInt8](repeating: 0, count: 11) + [1]
    private static let zeroNonce = [UInt8](repeating: 0, count: 12)
    private static let maximumBytes = 4096

    package static func isArmored(_ bytes: [UInt8]) -> Bool { bytes.starts(with: begin.utf8) }

    /// - Parameters:
    ///   - entropy: 48 random bytes.
    ///   - workFactor: Lower only in tests.
    package static func encrypted(
        _ secret: [UInt8], passphrase: [UInt8], entropy: [UInt8],
        workFactor: Int = AgeFile.workFactor
    ) throws(Fault) -> String {
        precondition(entropy.count == 48 && secret.count <= maximumBytes, "A key is short.")
        let fileKey = Array(entropy[..<16])
        let salt = Array(entropy[16..<32])
        let nonce = Array(entropy[32...])
        guard
            let key = Scrypt.key(
                passphrase: passphrase, salt: label + salt, workFactor: workFactor)
        else { throw .refused }
        let wrapped = ChaCha20Poly1305.sealed(fileKey, key: key, nonce: zeroNonce)
        let header =
            "\(version)\n-> scrypt \(unpadded(salt)) \(workFactor)\n\(unpadded(wrapped))\n---"
        let code = HMACSHA256.code(
            key: HMACSHA256.derivedKey(from: fileKey, salt: nil, info: "header"),
            of: Array(header.utf8))
        let payload = ChaCha20Poly1305.sealed(
            secret, key: HMACSHA256.derivedKey(from: fileKey, salt: nonce, info: "payload"),
            nonce: onlyChunk)
        return armored(Array("\(header) \(unpadded(code))\n".utf8) + nonce + payload)
    }

    package static func decrypted(
        _ text: [UInt8], passphrase: [UInt8]
    ) throws(Fault) -> [UInt8] {
        let bytes = try dearmored(text)
        var lines: [String] = []
        var rest = bytes[...]
        while lines.count < 4, let newline = rest.firstIndex(of: 0x0a) {
            lines.append(String(decoding: rest[..<newline], as: UTF8.self))
            rest = rest[(newline + 1)...]
        }
        guard lines.count == 4, lines[0] == version, rest.count >= 16 else { throw .malformed }
        let words = lines[1].split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 4, words[0] == "->", words[1] == "scrypt",
            let salt = padded(words[2]), salt.count == 16, let factor = Int(words[3]),
            String(factor) == words[3], (1...maximumWorkFactor).contains(factor),
            let wrapped = padded(lines[2]), wrapped.count == 32, lines[3].hasPrefix("--- "),
            let code = padded(lines[3].dropFirst(4))
        else { throw .malformed }
        guard
            let key = Scrypt.key(passphrase: passphrase, salt: label + salt, workFactor: factor),
            let fileKey = ChaCha20Poly1305.opened(wrapped, key: key, nonce: zeroNonce)
        else { throw .refused }
        let header = lines[..<3].map { $0 + "\n" }.joined() + "---"
        let headerKey = HMACSHA256.derivedKey(from: fileKey, salt: nil, info: "header")
        let payloadKey = HMACSHA256.derivedKey(
            from: fileKey, salt: Array(rest.prefix(16)), info: "payload")
        guard HMACSHA256.code(key: headerKey, of: Array(header.utf8)) == code,
            let secret = ChaCha20Poly1305.opened(
                Array(rest.dropFirst(16)), key: payloadKey, nonce: onlyChunk)
        else { throw .refused }
        return secret
    }

    // MARK: Text

    private static func unpadded(_ bytes: [UInt8]) -> String {
        String(Base64.text(bytes).prefix { $0 != "=" })
    }

    private static func padded(_ text: some StringProtocol) -> [UInt8]? {
        guard !text.contains("=") else { return nil }
        return Base64.bytes(
            String(text) + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4))
    }

    private static func armored(_ bytes: [UInt8]) -> String {
        let text = Array(Base64.text(bytes).utf8)
        let lines = stride(from: 0, to: text.count, by: 64).map { start in
            String(decoding: text[start..<min(start + 64, text.count)], as: UTF8.self)
        }
        return ([begin] + lines + [end]).map { $0 + "\n" }.joined()
    }

    private static func dearmored(_ text: [UInt8]) throws(Fault) -> [UInt8] {
        guard text.count <= 2 * maximumBytes else { throw .malformed }
        let lines = text.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
        guard lines.count > 2, lines.first == begin, lines.last == end else { throw .malformed }
        let body = lines.dropFirst().dropLast()
        guard body.dropLast().allSatisfy({ $0.utf8.count == 64 }),
            (1...64).contains(body.last?.utf8.count ?? 0),
            let bytes = Base64.bytes(body.joined())
        else { throw .malformed }
        return bytes
    }
}
