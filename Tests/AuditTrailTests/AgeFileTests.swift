internal import AuditTrail
internal import TestSupport
internal import Testing

@Suite("Keys under a passphrase")
struct AgeFileTests {
    /// Written by the program age 1.1.1, `age -p -a`.
    private static let foreign = """
        -----BEGIN AGE ENCRYPTED FILE-----
        YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCArY1E1dGNjdmpnRWxaSDg2
        NG5iODhnIDE4CjIvcUlsNWo0UXY1RWNCNytOZzBNTWpWaDd5cjlvNWU4MWtUYVF6
        THpvcEkKLS0tIGJPeFFpZGJWNGhuU0RucVVQaDV1TWdFU2ZPQmpVWnM2NEs5dEti
        TlhiRDAKh2hkIRyW/RjAT3+Fb1qtzeUpvRVdBd63xjI46i5DY+ufbXb6aEj777Q1
        9jVEYjrT/eIsLzF58UtB
        -----END AGE ENCRYPTED FILE-----

        """

    private static let passphrase = Array("correct horse battery".utf8)

    @Test("are read as age wrote them")
    func foreign() throws {
        let text = Array(Self.foreign.utf8)
        #expect(AgeFile.isArmored(text))
        let secret = try AgeFile.decrypted(text, passphrase: Self.passphrase)
        #expect(String(decoding: secret, as: UTF8.self) == "PRIVATE+KEY+sample+plain\n")
        #expect(throws: AgeFile.Fault.refused) {
            try AgeFile.decrypted(text, passphrase: Array("correct horse batterx".utf8))
        }
    }

    private static func text(_ secret: [UInt8], seed: Int) throws -> [UInt8] {
        var random = SplitMix64(seed: seed)
        return Array(
            try AgeFile.encrypted(
                secret, passphrase: passphrase, entropy: random.bytes(48), workFactor: 2
            ).utf8)
    }

    @Test("are read as they were written", arguments: 0..<30)
    func roundTrip(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let secret = random.bytes(Int.random(in: 0...200, using: &random))
        let text = try Self.text(secret, seed: seed)
        #expect(try AgeFile.decrypted(text, passphrase: Self.passphrase) == secret)
    }

    @Test("are refused with any byte changed or cut off")
    func changed() throws {
        let text = try Self.text(Array("PRIVATE+KEY+sample".utf8), seed: 1)
        for index in text.indices.dropLast() {
            for bit: UInt8 in [1, 2, 32] {
                var changed = text
                changed[index] ^= bit
                #expect(throws: AgeFile.Fault.self, "byte \(index)") {
                    try AgeFile.decrypted(changed, passphrase: Self.passphrase)
                }
            }
            #expect(throws: AgeFile.Fault.self) {
                try AgeFile.decrypted(Array(text[..<index]), passphrase: Self.passphrase)
            }
        }
    }
}
