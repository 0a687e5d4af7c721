internal import AuditTrail
internal import TestSupport
internal import Testing

@Suite("Canonical JSON")
struct CanonicalJSONTests {
    @Test("writes the sample object of RFC 8785, less numbers and null")
    func sample() throws {
        // Section 3.2.2: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/"; bytes in section 3.2.4.
        let value = CanonicalValue.object([
            "string": .string("\u{20AC}$\u{0F}\u{0A}A'\u{42}\u{22}\u{5C}\\\"/"),
            "literals": .array([.bool(true), .bool(false)]),
        ])
        let tail: [UInt8] = [
            0x22, 0x73, 0x74, 0x72, 0x69, 0x6E, 0x67, 0x22, 0x3A, 0x22, 0xE2, 0x82, 0xAC, 0x24,
            0x5C, 0x75, 0x30, 0x30, 0x30, 0x66, 0x5C, 0x6E, 0x41, 0x27, 0x42, 0x5C, 0x22, 0x5C,
            0x5C, 0x5C, 0x5C, 0x5C, 0x22, 0x2F, 0x22, 0x7D,
        ]
        let expected = Array(#"{"literals":[true,false],"#.utf8) + tail
        #expect(try CanonicalJSON.bytes(of: value) == expected)
        #expect(try CanonicalJSON.value(of: expected) == value)
    }

    @Test("orders members by the code units of their names, as RFC 8785 section 3.2.3")
    func order() throws {
        // The names of the example are outside the profile: their values stand under names whose
        // order is that of ASCII, digits before "_" before letters, a prefix before the longer.
        let value = CanonicalValue.object([
            "b": .string("Hebrew Letter Dalet With Dagesh"), "a_b": .string("Euro Sign"),
            "a": .string("Latin Small Letter O With Diaeresis"), "1": .string("One"),
            "ab": .string("Emoji: Grinning Face"), "_": .string("Control"),
            "0": .string("Carriage Return"),
        ])
        let expected =
            #"{"0":"Carriage Return","1":"One","_":"Control","#
            + #""a":"Latin Small Letter O With Diaeresis","a_b":"Euro Sign","#
            + #""ab":"Emoji: Grinning Face","b":"Hebrew Letter Dalet With Dagesh"}"#
        #expect(try text(of: value) == expected)
    }

    @Test("escapes as little as RFC 8785 section 3.2.2.2 allows")
    func escapes() throws {
        let short: [UInt8: String] = [
            0x08: "b", 0x09: "t", 0x0A: "n", 0x0C: "f", 0x0D: "r", 0x22: "\"", 0x5C: "\\",
        ]
        for byte in UInt8(0)...0x7F {
            let character = String(decoding: [byte], as: UTF8.self)
            let expected =
                if let letter = short[byte] {
                    "\\" + letter
                } else if byte < 0x20 {
                    "\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16)
                } else {
                    character
                }
            let written = try text(of: .string(character))
            #expect(written == "\"" + expected + "\"")
            #expect(try CanonicalJSON.value(of: Array(written.utf8)) == .string(character))
        }
    }

    @Test("leaves characters beyond ASCII as they are")
    func beyondASCII() throws {
        let characters = "\u{80}ö€😀\u{FB33}\u{2028}\u{FFFF}\u{10FFFF}"
        #expect(try text(of: .string(characters)) == "\"" + characters + "\"")
    }

    @Test("refuses names outside a-z, 0-9 and _", arguments: ["", "A", "a-b", "ö", "a b", "a\"b"])
    func names(_ name: String) {
        #expect(throws: CanonicalJSONError.name(name, path: "")) {
            try CanonicalJSON.bytes(of: .object([name: .bool(true)]))
        }
    }

    @Test("takes 32 levels and no more")
    func depth() throws {
        func nested(_ levels: Int) -> CanonicalValue {
            (0..<levels).reduce(.string("x")) { inner, level in
                level.isMultiple(of: 2) ? .array([inner]) : .object(["a": inner])
            }
        }
        let deepest = try CanonicalJSON.bytes(of: nested(32))
        #expect(try CanonicalJSON.value(of: deepest) == nested(32))
        #expect(throws: CanonicalJSONError.tooDeep) { try CanonicalJSON.bytes(of: nested(33)) }
        let tooDeep = Array(String(repeating: "[", count: 60_000).utf8)
        #expect(throws: CanonicalJSONError.tooDeep) { try CanonicalJSON.value(of: tooDeep) }
    }

    @Test("takes 65,535 bytes and no more")
    func size() throws {
        let largest = String(repeating: "x", count: 65_533)
        let bytes = try CanonicalJSON.bytes(of: .string(largest))
        #expect(bytes.count == 65_535)
        #expect(try CanonicalJSON.value(of: bytes) == .string(largest))
        #expect(throws: CanonicalJSONError.tooLarge(size: 65_536)) {
            try CanonicalJSON.bytes(of: .string(largest + "x"))
        }
        #expect(throws: CanonicalJSONError.tooLarge(size: 65_536)) {
            try CanonicalJSON.value(of: bytes + [0x20])
        }
    }

    @Test("reads what it writes, and only that", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let value = randomValue(&random, depth: 0)
        let bytes = try CanonicalJSON.bytes(of: value)
        #expect(try CanonicalJSON.value(of: bytes) == value)
    }

    @Test("never reads two texts as one value", arguments: 0..<200)
    func mutations(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        var bytes = try CanonicalJSON.bytes(of: randomValue(&random, depth: 0))
        let position = Int.random(in: bytes.indices, using: &random)
        bytes[position] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
        let value: CanonicalValue
        do throws(CanonicalJSONError) { value = try CanonicalJSON.value(of: bytes) } catch {
            return
        }
        #expect(try CanonicalJSON.bytes(of: value) == bytes)
    }

    private func text(of value: CanonicalValue) throws -> String {
        String(decoding: try CanonicalJSON.bytes(of: value), as: UTF8.self)
    }
}

/// A value with every kind of string the encoding must carry.
func randomValue(_ random: inout SplitMix64, depth: Int) -> CanonicalValue {
    switch Int.random(in: 0..<(depth < 4 ? 6 : 3), using: &random) {
    case 0: return .bool(Bool.random(using: &random))
    case 1, 2: return .string(randomString(&random))
    case 3:
        return .array(
            (0..<Int.random(in: 0..<5, using: &random)).map { _ in
                randomValue(&random, depth: depth + 1)
            })
    case _:
        var members: [String: CanonicalValue] = [:]
        for _ in 0..<Int.random(in: 0..<6, using: &random) {
            let letters = Array("abz019_")
            let name = String(
                (0..<Int.random(in: 1..<5, using: &random)).compactMap { _ in
                    letters.randomElement(using: &random)
                })
            members[name] = randomValue(&random, depth: depth + 1)
        }
        return .object(members)
    }
}

private func randomString(_ random: inout SplitMix64) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &random) {
        let limit: UInt32 =
            [0x20, 0x80, 0x800, 0x10000, 0x110000].randomElement(using: &random) ?? 1
        if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) {
            scalars.append(scalar)
        }
    }
    return String(scalars)
}
