internal import Hashing
internal import Testing

/// Example messages of FIPS 180-4: NIST, "Cryptographic Standards and Guidelines: Examples with
/// Intermediate Values", SHA-256, and the extremely long message of RFC 6234 section 8.5.
@Suite("SHA-256")
struct SHA256Tests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let message: String
        var repeats = 1
        let digest: String
    }

    static let vectors = [
        Vector(
            testDescription: "no bytes", message: "",
            digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        Vector(
            testDescription: "one block", message: "abc",
            digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Vector(
            testDescription: "448 bits: the padding needs a second block",
            message: "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            digest: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        Vector(
            testDescription: "896 bits",
            message: "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            digest: "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
        Vector(
            testDescription: "a million times a", message: "a", repeats: 1_000_000,
            digest: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test("gives the digests of the standard", arguments: vectors)
    func standard(_ vector: Vector) {
        let message = String(repeating: vector.message, count: vector.repeats)
        #expect(SHA256Digest(hashing: Array(message.utf8)).hexadecimal == vector.digest)
    }

    @Test("does not depend on how the message is cut", arguments: vectors.prefix(4))
    func pieces(_ vector: Vector) {
        let message = Array(vector.message.utf8)
        for cut in 0...message.count {
            var hasher = SHA256Hasher()
            hasher.update(Array(message[..<cut]))
            hasher.update(Array(message[cut...]))
            let digest = hasher.finalize()
            #expect(digest.hexadecimal == vector.digest, "cut at \(cut)")
        }
    }

    @Test("starts afresh after each digest")
    func reuse() {
        var hasher = SHA256Hasher()
        for vector in Self.vectors.prefix(4) + Self.vectors.prefix(4) {
            hasher.update(Array(vector.message.utf8))
            let digest = hasher.finalize()
            #expect(digest.hexadecimal == vector.digest)
        }
    }
}

@Suite("A digest in hexadecimal")
struct HexadecimalTests {
    @Test("reads back as the same bytes")
    func roundTrip() throws {
        let bytes = (0..<32).map { UInt8($0 * 8 + $0 % 8) }
        let digest = try #require(SHA256Digest(bytes: bytes))
        #expect(SHA256Digest(hexadecimal: digest.hexadecimal)?.bytes == bytes)
    }

    @Test(
        "is refused unless it is 64 lower-case digits",
        arguments: [
            "", "00", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
            String(repeating: "A", count: 64), String(repeating: "g", count: 64),
            " " + String(repeating: "0", count: 63), String(repeating: "٠", count: 32),
        ])
    func refusals(_ text: String) {
        #expect(SHA256Digest(hexadecimal: text) == nil)
    }

    @Test("has 32 bytes and no other number", arguments: [0, 31, 33])
    func size(_ count: Int) {
        #expect(SHA256Digest(bytes: [UInt8](repeating: 0, count: count)) == nil)
    }
}
