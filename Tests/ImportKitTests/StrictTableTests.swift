internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Testing

@Suite("A strict table")
struct StrictTableTests {
    @Test("says where a text is no TOML")
    func noTOML() {
        do throws(Diagnostic) {
            _ = try StrictTable(toml: "a = 1\n [ \u{e9}]\n", file: "a.toml", code: .profileInvalid)
            Issue.record("not refused")
        } catch {
            #expect(error.code == .profileInvalid)
            #expect(error.location?.line == 2 && error.location?.column == 4)
            #expect(error.message.hasPrefix("this is not TOML: a key is expected"))
        }
    }

    /// A key in a header, in braces and in a list of tables.
    @Test("says where a key stands")
    func places() throws {
        let table = try StrictTable(
            toml: "\n[a]\n  b = 1\n[[c]]\n[[c]]\nd = { e = 1,  f = 2 }\n", file: "a.toml",
            code: .profileInvalid)
        let header = try #require(table.nested("a"))
        header.fault("b", "1")
        let lists = table.tables("c")
        #expect(lists.map(\.line) == [4, 5])
        try #require(lists.last?.nested("d")).fault("f", "2")
        lists.last?.fault("missing", "3")
        #expect(
            table.diagnostics.map { [$0.location?.line, $0.location?.column] }
                == [[3, 3], [5, nil], [6, 15]])
    }

    /// A local date of TOML states the same day as text does.
    @Test(
        "takes a day as text or as a date",
        arguments: ["a = \"2024-02-29\"", "a = 2024-02-29"])
    func day(text: String) throws {
        let table = try StrictTable(toml: text, file: "a.toml", code: .profileInvalid)
        #expect(table.day("a") == CivilDate("2024-02-29"))
        table.finish()
        #expect(table.diagnostics.isEmpty)
    }

    @Test(
        "refuses what is no day",
        arguments: [
            ("a = \"2023-02-29\"", "'2023-02-29' is no a"), ("b = 1", "'a' is missing"),
            ("a = 20240229", "'a' must be text in quotes"),
            ("a = 2024-02-29T10:00:00", "'a' must be text in quotes"),
        ])
    func noDay(text: String, message: String) throws {
        let table = try StrictTable(toml: text, file: "a.toml", code: .profileInvalid)
        #expect(table.day("a") == nil)
        #expect(table.diagnostics.map(\.message) == [message])
    }
}
