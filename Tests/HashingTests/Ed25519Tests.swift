internal import Hashing
internal import Testing

/// RFC 8032 section 7.1, tests 1, 2, 3 and SHA(abc).
@Suite("Ed25519")
struct Ed25519Tests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let seed: String
        let publicKey: String
        let message: String
        let signature: String
    }

    static let vectors = [
        Vector(
            testDescription: "TEST 1",
            seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            message: "",
            signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
                + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"),
        Vector(
            testDescription: "TEST 2",
            seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            message: "72",
            signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"),
        Vector(
            testDescription: "TEST 3",
            seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            message: "af82",
            signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
                + "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"),
        Vector(
            testDescription: "TEST SHA(abc)",
            seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
            publicKey: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
            message: "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
            signature: "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b589"
                + "09351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"),
    ]

    @Test("signs and checks as the standard says", arguments: vectors)
    func standard(_ vector: Vector) throws {
        let key = try #require(Ed25519PrivateKey(seed: bytes(vector.seed)))
        let message = bytes(vector.message)
        let signature = bytes(vector.signature)
        #expect(key.publicKey.bytes == bytes(vector.publicKey))
        #expect(key.signature(of: message) == signature)
        #expect(key.publicKey.isValid(signature: signature, of: message))
        #expect(!key.publicKey.isValid(signature: signature, of: message + [0]))
    }

    @Test("refuses a signature with any bit turned")
    func mutated() throws {
        let key = try #require(Ed25519PrivateKey(seed: Array(0..<32)))
        let message = Array("a record".utf8)
        let signature = key.signature(of: message)
        try #require(key.publicKey.isValid(signature: signature, of: message))
        for bit in 0..<512 {
            var other = signature
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(!key.publicKey.isValid(signature: other, of: message), "bit \(bit)")
        }
        #expect(!key.publicKey.isValid(signature: Array(signature.dropLast()), of: message))
        #expect(!key.publicKey.isValid(signature: signature + [0], of: message))
        #expect(!key.publicKey.isValid(signature: [], of: message))
    }

    /// S + L stands for the same scalar; RFC 8032 section 5.1.7 refuses it.
    @Test("refuses a scalar that is not canonical")
    func scalar() throws {
        let order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        let key = try #require(Ed25519PrivateKey(seed: Array(0..<32)))
        var signature = key.signature(of: [1])
        var carry = 0
        for place in 0..<32 {
            carry += Int(signature[32 + place]) + Int(order[place])
            signature[32 + place] = UInt8(carry & 0xff)
            carry >>= 8
        }
        #expect(!key.publicKey.isValid(signature: signature, of: [1]))
    }

    /// The points whose order divides 8, with both signs, and three y that are p or more.
    @Test(
        "refuses a public key of small order or in a second spelling",
        arguments: [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        ])
    func smallOrder(_ text: String) {
        #expect(Ed25519PublicKey(bytes: bytes(text)) == nil)
    }

    @Test("takes 32 bytes", arguments: [0, 31, 33, 64])
    func length(_ count: Int) {
        #expect(Ed25519PrivateKey(seed: [UInt8](repeating: 7, count: count)) == nil)
        #expect(Ed25519PublicKey(bytes: [UInt8](repeating: 7, count: count)) == nil)
    }
}

/// The bytes of hexadecimal digits.
private func bytes(_ text: String) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
}
