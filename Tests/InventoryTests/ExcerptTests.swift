internal import Hashing
internal import Inventory
internal import TestSupport
internal import Testing

@Suite("An excerpt")
struct ExcerptTests {
    private static let home = SHA256Digest(hashing: [1])

    /// The hashes are those of `printf '0123456789abcdefabc' | sha256sum` and the like.
    @Test(
        "is committed to by SHA-256 of salt and text",
        arguments: [
            ("abc", "ac3897f0ee12bf2590264376fd11d08e1248218af61f5a1fb08ed0fcd8a66557"),
            ("Müller GmbH", "801446d99ca68e08c630066a2100a8ea1522f97253db11409e61decf510803d1"),
        ])
    func commitment(text: String, hash: String) throws {
        let salt = try #require(Salt(bytes: Array("0123456789abcdef".utf8)))
        let opening = ExcerptOpening(home: Self.home, salt: salt, text: text)
        #expect(opening.commitment.hexadecimal == hash)
    }

    @Test("has a salt of 16 bytes, another one each time")
    func salts() {
        #expect(Salt(bytes: [UInt8](repeating: 1, count: 15)) == nil)
        #expect(Salt(bytes: [UInt8](repeating: 1, count: 17)) == nil)
        let drawn = (0..<1_000).map { _ in Salt.random() }
        #expect(Set(drawn).count == drawn.count)
        #expect(drawn.allSatisfy { $0.bytes.count == Salt.count })
        // Of 16,000 random bytes each value comes up about 62 times; never to see one has a
        // chance below 10^-24.
        #expect(Set(drawn.flatMap(\.bytes)).count == 256)
    }

    @Test("of one text cannot be told from that of another by its commitment")
    func equalTexts() {
        var random = SplitMix64(seed: 3)
        let openings = (0..<100).map { _ in
            ExcerptOpening(home: Self.home, salt: Salt(using: &random), text: "Anna")
        }
        #expect(Set(openings.map(\.commitment)).count == openings.count)
    }
}
