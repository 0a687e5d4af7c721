internal import Documents
internal import Testing

@Suite("Decoded text")
struct TextEncodingTests {
    private static func text(_ bytes: [UInt8], _ stated: TextEncoding?) throws -> String {
        let text = try DecodedText(decoding: bytes, stated: stated)
        return String(decoding: text.bytes[text.start...], as: UTF8.self)
    }

    @Test(
        "comes from the mark, else from UTF-8, else from what is stated",
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0x41], nil, "A"), ([0xC3, 0xA9], nil, "é"),
            ([0xC3, 0xA9], .windows1252, "é"), ([0xFF, 0xFE, 0xE9, 0x00], nil, "é"),
            ([0xFE, 0xFF, 0x00, 0xE9], .latin1, "é"),
            ([0xFF, 0xFE, 0x3D, 0xD8, 0x00, 0xDE], nil, "😀"),
            ([0xE9, 0x00], .utf16LittleEndian, "é"), ([0x00, 0xE9], .utf16BigEndian, "é"),
            ([0xE9], .latin1, "é"), ([0xA4, 0xE9], .latin9, "€é"), ([0xA4, 0xE9], .latin1, "¤é"),
            ([0x80, 0xE9, 0x9F], .windows1252, "€éŸ"), ([], nil, ""),
        ] as [([UInt8], TextEncoding?, String)])
    func decodes(bytes: [UInt8], stated: TextEncoding?, expected: String) throws {
        #expect(try Self.text(bytes, stated) == expected)
    }

    @Test(
        "is refused where nothing says what the bytes are",
        arguments: [
            ([0x41, 0xE9], nil, .undeclared(offset: 1)),
            ([0x41, 0x00], nil, .nul(offset: 1)), ([0x41, 0x00], .latin1, .nul(offset: 1)),
            ([0xEF, 0xBB, 0xBF, 0xE9], .latin1, .malformed(.utf8, offset: 3)),
            ([0xC0, 0x80], nil, .undeclared(offset: 0)),
            ([0xED, 0xA0, 0x80], nil, .undeclared(offset: 0)),
            ([0xE9, 0x81], .windows1252, .malformed(.windows1252, offset: 1)),
            ([0xFF, 0xFE, 0x41], nil, .malformed(.utf16LittleEndian, offset: 2)),
            ([0xFF, 0xFE, 0x00, 0xD8], nil, .malformed(.utf16LittleEndian, offset: 2)),
            ([0xFF, 0xFE, 0x00, 0x00], nil, .nul(offset: 2)),
        ] as [([UInt8], TextEncoding?, TextDecodingError)])
    func refuses(bytes: [UInt8], stated: TextEncoding?, error: TextDecodingError) {
        #expect(throws: error) { try Self.text(bytes, stated) }
    }
}
