internal import AuditTrail
internal import Hashing
internal import Testing

@Suite("A Swift value in canonical JSON")
struct CanonicalCodableTests {
    struct Part: Codable, Hashable {
        var gwpValueSet = "AR5"
        var a1ToA3: String?
        var isOpen = true
    }

    enum Choice: Codable, Hashable {
        case plain
        case capitalGood(Part)
        case listOf([String])
        case namedValue(firstName: String, part: Part?)
    }

    struct Whole: Codable, Hashable {
        var parts: [Part] = []
        var choices: [Choice] = []
        var nothing: [String] = []
    }

    struct Number<Value: Codable & Sendable>: Codable { var deepDown: [Value] }

    @Test("has names in snake case, and nothing where there is nil")
    func names() throws {
        let expected = #"{"gwp_value_set":"AR5","is_open":true}"#
        #expect(try CanonicalJSON.encode(Part()) == Array(expected.utf8))
        let full = #"{"a1_to_a3":"x","gwp_value_set":"AR5","is_open":false}"#
        #expect(
            try CanonicalJSON.encode(Part(a1ToA3: "x", isOpen: false)) == Array(full.utf8))
    }

    @Test(
        "has the case of an enum as the name of its value",
        arguments: [
            (Choice.plain, #"{"plain":{}}"#),
            (.capitalGood(Part()), #"{"capital_good":{"gwp_value_set":"AR5","is_open":true}}"#),
            (.listOf(["a", "b"]), #"{"list_of":["a","b"]}"#),
            (.namedValue(firstName: "x", part: nil), #"{"named_value":{"first_name":"x"}}"#),
        ])
    func enums(choice: Choice, expected: String) throws {
        let bytes = try CanonicalJSON.encode(choice)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        #expect(try CanonicalJSON.decode(Choice.self, from: bytes) == choice)
    }

    @Test("reads back as the same value")
    func roundTrip() throws {
        let whole = Whole(
            parts: [Part(), Part(gwpValueSet: "", a1ToA3: "ö\n", isOpen: false)],
            choices: [.plain, .capitalGood(Part()), .namedValue(firstName: "a", part: Part())])
        let bytes = try CanonicalJSON.encode(whole)
        #expect(try CanonicalJSON.decode(Whole.self, from: bytes) == whole)
    }

    @Test("has the digest of its bytes")
    func digest() throws {
        let bytes = Array(#"{"gwp_value_set":"AR5","is_open":true}"#.utf8)
        #expect(try CanonicalJSON.digest(of: Part()) == SHA256Digest(hashing: bytes))
    }

    @Test("is refused where it holds a number")
    func numbers() {
        let error = CanonicalJSONError.number(path: "deep_down.0")
        #expect(throws: error) { try CanonicalJSON.encode(Number(deepDown: [1])) }
        #expect(throws: error) { try CanonicalJSON.encode(Number(deepDown: [Int64(1)])) }
        #expect(throws: error) { try CanonicalJSON.encode(Number(deepDown: [UInt8(1)])) }
        #expect(throws: error) { try CanonicalJSON.encode(Number(deepDown: [1.5])) }
        #expect(throws: error) {
            try CanonicalJSON.decode(
                Number<Int>.self, from: Array(#"{"deep_down":["1"]}"#.utf8))
        }
    }

    @Test("is refused where it holds null")
    func nulls() {
        #expect(throws: CanonicalJSONError.self) {
            try CanonicalJSON.encode([String?.none, "a"])
        }
    }

    @Test(
        "is refused where a dictionary has names that are data",
        arguments: ["CO2", "HFC-134a", "", "ö", "_1", "a_b"])
    func dictionaries(_ name: String) {
        #expect(throws: CanonicalJSONError.name(name, path: "")) {
            try CanonicalJSON.encode([name: "1"])
        }
    }

    @Test(
        "is refused, with the path, where the JSON holds something else",
        arguments: [
            (#"{"parts":"x"}"#, "parts"),
            (#"{"parts":[{"gwp_value_set":"AR5","is_open":"x"}]}"#, "parts.0.is_open"),
            (#"{"parts":[{"gwp_value_set":[],"is_open":true}]}"#, "parts.0.gwp_value_set"),
            (#"{"parts":[{"is_open":true}]}"#, "parts.0.gwp_value_set"),
            (#"{"parts":[true]}"#, "parts.0"),
        ])
    func mismatches(text: String, path: String) throws {
        let error = #expect(throws: CanonicalJSONError.self) {
            try CanonicalJSON.decode(Whole.self, from: Array(text.utf8))
        }
        guard case .mismatch(let found, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found == path)
    }
}
