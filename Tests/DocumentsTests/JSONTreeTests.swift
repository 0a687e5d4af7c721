internal import Diagnostics
internal import Documents
internal import TestSupport
internal import Testing

@Suite("A JSON document")
struct JSONTreeTests {
    private static func read(
        _ text: String, limits: JSONLimits = .default
    ) throws(Diagnostic) -> JSONNode {
        try JSONTree.read(Document(name: "a.json", bytes: Array(text.utf8)), limits: limits)
    }

    @Test("is read with the place of every value")
    func places() throws {
        let root = try Self.read("\u{FEFF}{\"ä\": 1,\n  \"b\": [true, null, \"x\"]}")
        #expect(root.members.map(\.name) == ["ä", "b"])
        let first = root.members[0].node
        // {"ä": is six characters, whatever its bytes.
        #expect((first.line, first.column) == (1, 7))
        let items = root.members[1].node.items
        #expect(items.map(\.line) == [2, 2, 2])
        #expect(items.map(\.column) == [9, 15, 21])
        #expect(items[2].text == "x")
        #expect(root["b"] != nil)
        #expect(root["c"] == nil)
    }

    @Test(
        "keeps numbers as they are written",
        arguments: [
            "0", "-0", "0.00000108", "1e-30", "12345678901234567890.5", "1E+2",
            "-1.50",
        ])
    func numbers(text: String) throws {
        #expect(try Self.read(text).digits == text)
    }

    @Test("replaces escapes, surrogate pairs included")
    func escapes() throws {
        #expect(try Self.read(#""a\u00e4\"\\\/\n\ud83c\udf31""#).text == "aä\"\\/\n🌱")
    }

    @Test("takes null for absent, and blanks for no text")
    func absence() throws {
        let root = try Self.read(#"{"a": null, "b": "  ", "c": " x "}"#)
        #expect(root["a"] == nil)
        #expect(root["b"]?.text == nil)
        #expect(root["c"]?.text == "x")
    }

    @Test(
        "is refused beyond the grammar of RFC 8259",
        arguments: [
            ("{\"a\": 1,}", 1, 9), ("[1,]", 1, 4), ("[01]", 1, 3), ("[.5]", 1, 2), ("[1.]", 1, 4),
            ("[1e]", 1, 4), ("[+1]", 1, 2), ("[NaN]", 1, 2), ("{a: 1}", 1, 2), ("{\"a\" 1}", 1, 6),
            ("[1 2]", 1, 4), ("1 2", 1, 3), ("[1]\n}", 2, 1), ("['a']", 1, 2), ("[tru]", 1, 5),
            ("\"a\tb\"", 1, 3), ("\"\\x\"", 1, 3), ("\"\\u12g4\"", 1, 6), ("\"\\ud800\"", 1, 8),
            ("\"\\udc00\"", 1, 8), ("// a\n1", 1, 1), ("{\"a\": 1, \"a\": 2}", 1, 10),
        ] as [(String, Int, Int)])
    func malformed(text: String, line: Int, column: Int) {
        #expect {
            _ = try Self.read(text)
        } throws: { error in
            let diagnostic = error as? Diagnostic
            return diagnostic?.code == .jsonMalformed && diagnostic?.location?.line == line
                && diagnostic?.location?.column == column
        }
    }

    @Test("is refused beyond its limits")
    func limits() throws {
        var limits = JSONLimits.default
        limits.values = 5
        limits.stringBytes = 8
        limits.documentBytes = 200
        let cases: [(String, DiagnosticCode)] = [
            (
                String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
                .jsonLimitExceeded
            ),
            ("[1,2,3,4,5]", .jsonLimitExceeded),
            ("\"123456789\"", .jsonLimitExceeded),
            (String(repeating: "9", count: 101), .jsonLimitExceeded),
            (String(repeating: " ", count: 201), .fileTooLarge),
            ("", .fileEmpty),
        ]
        for (text, code) in cases {
            #expect("\(text.prefix(20))") {
                _ = try Self.read(text, limits: limits)
            } throws: { ($0 as? Diagnostic)?.code == code }
        }
        // Deep nesting is refused at its 65th level, before it costs a stack.
        let deep = Document(name: "deep.json", bytes: [UInt8](repeating: 0x5B, count: 4 << 20))
        #expect(throws: Diagnostic.self) { try JSONTree.read(deep) }
    }

    @Test("must be UTF-8")
    func encoding() {
        for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22]] as [[UInt8]] {
            #expect {
                _ = try JSONTree.read(Document(name: "a.json", bytes: bytes))
            } throws: { ($0 as? Diagnostic)?.code == .encodingRefused }
        }
        let wide = Array("{\"a\": 1}".utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(throws: Diagnostic.self) {
            try JSONTree.read(Document(name: "a.json", bytes: wide))
        }
    }

    @Test("cut anywhere is refused, and damaged anywhere is answered")
    func hostile() {
        let text = #"{"a": [1.5e-3, {"b": "\u00e4ö"}], "c": true, "d": null}"#
        let bytes = Array(text.utf8)
        for length in 0..<bytes.count {
            #expect(throws: Diagnostic.self, "cut after \(length)") {
                try JSONTree.read(Document(name: "a.json", bytes: Array(bytes.prefix(length))))
            }
        }
        let seed = 0x5EED_0016
        var random = SplitMix64(seed: seed)
        for _ in 0..<2_000 {
            var damaged = bytes
            damaged[Int.random(in: damaged.indices, using: &random)] = UInt8.random(
                in: 0...255, using: &random)
            do {
                _ = try JSONTree.read(Document(name: "a.json", bytes: damaged))
            } catch {
                #expect(error.location?.file == "a.json", "seed \(seed)")
            }
        }
    }
}
