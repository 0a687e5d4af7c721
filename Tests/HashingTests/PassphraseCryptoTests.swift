internal import Hashing
internal import Testing

@Suite("Keys from passphrases")
struct PassphraseCryptoTests {
    private static func hexadecimal(_ bytes: [UInt8]) -> String? {
        SHA256Digest(bytes: bytes)?.hexadecimal
    }

    @Test("HMAC-SHA-256: RFC 4231, test case 2")
    func authentication() {
        let code = HMACSHA256.code(
            key: Array("Jefe".utf8), of: Array("what do ya want for nothing?".utf8))
        #expect(
            Self.hexadecimal(code)
                == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")
    }

    @Test("HKDF-SHA-256: RFC 5869, test case 3, its first 32 bytes")
    func derivation() {
        let key = HMACSHA256.derivedKey(
            from: [UInt8](repeating: 0x0b, count: 22), salt: nil, info: "")
        #expect(
            Self.hexadecimal(key)
                == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d")
    }

    @Test("scrypt: RFC 7914 section 12, N = 16384, its first 32 bytes")
    func stretching() {
        let key = Scrypt.key(
            passphrase: Array("pleaseletmein".utf8), salt: Array("SodiumChloride".utf8),
            workFactor: 14)
        #expect(
            key.flatMap(Self.hexadecimal)
                == "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2")
    }

    @Test("ChaCha20-Poly1305 opens what it sealed and nothing else")
    func sealing() {
        let key = [UInt8](repeating: 7, count: 32)
        let nonce = [UInt8](repeating: 9, count: 12)
        for count in [0, 1, 15, 16, 17, 64, 1000] {
            let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let text = ChaCha20Poly1305.sealed(plain, key: key, nonce: nonce)
            #expect(text.count == count + 16)
            #expect(ChaCha20Poly1305.opened(text, key: key, nonce: nonce) == plain)
            for index in [0, text.count / 2, text.count - 1] {
                var changed = text
                changed[index] ^= 1
                #expect(ChaCha20Poly1305.opened(changed, key: key, nonce: nonce) == nil)
            }
        }
        #expect(ChaCha20Poly1305.opened([1, 2, 3], key: key, nonce: nonce) == nil)
    }
}
