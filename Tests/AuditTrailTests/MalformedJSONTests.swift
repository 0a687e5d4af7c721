internal import AuditTrail
internal import Testing

@Suite("Bytes that are not canonical JSON")
struct MalformedJSONTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        let bytes: [UInt8]
        let malformation: CanonicalJSONError.Malformation
        let offset: Int

        init(_ text: String, _ malformation: CanonicalJSONError.Malformation, _ offset: Int) {
            self.init(bytes: Array(text.utf8), malformation, offset)
        }

        init(
            bytes: [UInt8], _ malformation: CanonicalJSONError.Malformation, _ offset: Int
        ) {
            self.bytes = bytes
            self.malformation = malformation
            self.offset = offset
        }

        var testDescription: String {
            String(decoding: bytes, as: UTF8.self) + ": " + malformation.rawValue
        }
    }

    static let structure = [
        Refusal("", .unexpectedEnd, 0), Refusal("{", .unexpectedEnd, 1),
        Refusal("[", .unexpectedEnd, 1), Refusal("\"a", .unexpectedEnd, 2),
        Refusal("tru", .unexpectedEnd, 3), Refusal(#"{"a""#, .unexpectedEnd, 4),
        Refusal(#"{"a":"#, .unexpectedEnd, 5), Refusal(#"["a","#, .unexpectedEnd, 5),
        Refusal(#""\u00"#, .unexpectedEnd, 5), Refusal(#""\"#, .unexpectedEnd, 2),
        Refusal("tree", .unexpectedByte, 2), Refusal("True", .unexpectedByte, 0),
        Refusal("'a'", .unexpectedByte, 0), Refusal(#"["a",]"#, .unexpectedByte, 5),
        Refusal(#"[,"a"]"#, .unexpectedByte, 1), Refusal(#"{"a":"b",}"#, .unexpectedByte, 9),
        Refusal(#"{a:"b"}"#, .unexpectedByte, 1), Refusal(#"{"a"="b"}"#, .unexpectedByte, 4),
        Refusal(#"{"a":"b"]"#, .unexpectedByte, 8), Refusal(#"["a"}"#, .unexpectedByte, 4),
        Refusal("\u{FEFF}\"a\"", .unexpectedByte, 0), Refusal("//", .unexpectedByte, 0),
        Refusal(#""a""b""#, .trailingBytes, 3), Refusal("{}\u{0}", .trailingBytes, 2),
        Refusal("[]]", .trailingBytes, 2), Refusal("truetrue", .trailingBytes, 4),
        Refusal("true\n", .whitespace, 4), Refusal(" true", .whitespace, 0),
        Refusal("[ ]", .whitespace, 1), Refusal("[\"a\", \"b\"]", .whitespace, 5),
        Refusal("{\"a\": \"b\"}", .whitespace, 5), Refusal("{\"a\" :\"b\"}", .whitespace, 4),
        Refusal("{\"a\":\"b\"\t}", .whitespace, 8), Refusal("{\r\n}", .whitespace, 1),
    ]

    static let values = [
        Refusal("0", .number, 0), Refusal("-1", .number, 0), Refusal("[1.5e3]", .number, 1),
        Refusal(#"{"a":12}"#, .number, 5), Refusal("null", .null, 0),
        Refusal(#"{"a":null}"#, .null, 5), Refusal("NaN", .unexpectedByte, 0),
        Refusal("Infinity", .unexpectedByte, 0),
    ]

    static let names = [
        Refusal(#"{"a":"","a":""}"#, .duplicateName, 8),
        Refusal(#"{"a":"","b":"","a":""}"#, .unsortedName, 15),
        Refusal(#"{"b":"","a":""}"#, .unsortedName, 8),
        Refusal(#"{"ab":"","a":""}"#, .unsortedName, 9),
        Refusal(#"{"a":"","_":""}"#, .unsortedName, 8),
        Refusal(#"{"":""}"#, .name, 1), Refusal(#"{"A":""}"#, .name, 1),
        Refusal(#"{"a-b":""}"#, .name, 1), Refusal(#"{"é":""}"#, .name, 1),
        Refusal(#"{"\u0061":""}"#, .escape, 2), Refusal(#"{"a\n":""}"#, .name, 1),
    ]

    static let strings = [
        Refusal(#""\/""#, .escape, 1), Refusal(#""\u0041""#, .escape, 1),
        Refusal(#""\u000a""#, .escape, 1), Refusal(#""\u000A""#, .escape, 1),
        Refusal(#""\u001F""#, .escape, 1), Refusal(#""\u0020""#, .escape, 1),
        Refusal(#""\u007f""#, .escape, 1), Refusal(#""\u20ac""#, .escape, 1),
        Refusal(#""\ud800""#, .escape, 1), Refusal(#""\ud83d\ude00""#, .escape, 1),
        Refusal(#""\u00""#, .escape, 1), Refusal(#""\x41""#, .escape, 1),
        Refusal(#""\'""#, .escape, 1), Refusal(#""\U0001""#, .escape, 1),
        Refusal("\"\n\"", .controlCharacter, 1), Refusal("\"a\u{0}\"", .controlCharacter, 2),
        Refusal("\"\u{1F}\"", .controlCharacter, 1),
        // Unicode 16, table 3-7: overlong, surrogate, beyond U+10FFFF, truncated, stray, Latin-1.
        Refusal(bytes: [0x22, 0xC0, 0x80, 0x22], .encoding, 0),
        Refusal(bytes: [0x22, 0xE0, 0x80, 0xAF, 0x22], .encoding, 0),
        Refusal(bytes: [0x22, 0xED, 0xA0, 0x80, 0x22], .encoding, 0),
        Refusal(bytes: [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], .encoding, 0),
        Refusal(bytes: [0x22, 0xE2, 0x82, 0x22], .encoding, 0),
        Refusal(bytes: [0x22, 0x80, 0x22], .encoding, 0),
        Refusal(bytes: [0x22, 0xFC, 0x22], .encoding, 0),
        Refusal(bytes: [0xFF, 0xFE, 0x22, 0x00], .unexpectedByte, 0),
    ]

    @Test("are refused with the place", arguments: structure + values + names + strings)
    func refusals(_ refusal: Refusal) {
        #expect(throws: CanonicalJSONError.malformed(refusal.malformation, offset: refusal.offset))
        {
            try CanonicalJSON.value(of: refusal.bytes)
        }
    }

    @Test("are refused in every way that there is a name for")
    func complete() {
        let all = Self.structure + Self.values + Self.names + Self.strings
        #expect(
            Set(all.map(\.malformation)) == Set(CanonicalJSONError.Malformation.allCases))
    }
}
