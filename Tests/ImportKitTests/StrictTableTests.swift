internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Testing

/// What is TOML and what is not: https://toml.io/en/v1.0.0, "Table".
@Suite("A strict table")
struct StrictTableTests {
    /// Found by `make torture`: the parser ends the program on each of these.
    @Test(
        "refuses a header without a name, at its place",
        arguments: [
            ("[\u{fffd}ime]\n", 1, 2), ("a = 1\n [ \u{e9}]\n", 2, 4), ("[\n", 1, 2),
            ("[=]", 1, 2), ("[[#]]\n", 1, 3), ("[.a]", 1, 2),
            ("a = \"\\\"[\"\n[!]\n", 2, 2), ("a = '\\'\n[!]\n", 2, 2),
            ("a = \"\"\"\n[!]\\\"\"\"\n\"\"\"\"\"\n[!]\n", 4, 2),
            ("a = '''\n[!]'\n''''\n\t[[ !]]\n", 4, 5),
            ("a = \"\" # [\n[!]", 2, 2), ("a = [ # ]\n[\"]\", ']'],\n]\n[a]\n[b.c]\n[!]\n", 6, 2),
            ("\u{feff}[!]", 1, 2),
        ])
    func headerWithoutName(text: String, line: Int, column: Int) {
        do throws(Diagnostic) {
            _ = try StrictTable(toml: text, file: "a.toml", code: .profileInvalid)
            Issue.record("not refused")
        } catch {
            #expect(error.code == .profileInvalid)
            #expect(error.location?.line == line && error.location?.column == column)
            #expect(error.message == "this is not TOML: a table needs a name")
        }
    }

    /// Found by `make torture`, too.
    @Test(
        "refuses a brace in a list, at its place",
        arguments: [
            ("a = [}", 1, 6), ("a = [[[}\n]]]\n", 1, 8), ("a = [1, }]", 1, 9),
            ("a = [ # ]\n  {b = 1}, }", 2, 12), ("[a]\nb = {c = [}]}", 2, 11),
        ])
    func braceInList(text: String, line: Int, column: Int) {
        do throws(Diagnostic) {
            _ = try StrictTable(toml: text, file: "a.toml", code: .profileInvalid)
            Issue.record("not refused")
        } catch {
            #expect(error.location?.line == line && error.location?.column == column)
            #expect(error.message == "this is not TOML: a '}' stands in a list")
        }
    }

    @Test(
        "takes brackets in text, comments and lists for what they are",
        arguments: [
            "a = [\n  [1, 2],\n  [{ b = 1 }],\n]\n[c]\n", "a = \"\"\"\n[!]\n\"\"\"\n[b]\n",
            "a = '''\n[!]\n'''\n", "# [!]\n[ \"!\" ]\n", "a = \"[\" # ]\n[b]\n[[ c ]]\n['!'.d]\n",
            "a = [ # [\n  '[', \"\\\"[\",\n]\n[b-1]\n", "a = [\n  [],\n  [\n    ['x'],\n  ],\n]\n",
        ])
    func brackets(text: String) throws {
        _ = try StrictTable(toml: text, file: "a.toml", code: .profileInvalid)
    }

    @Test(
        "leaves other faults of the text to the parser",
        arguments: ["[]\n", "[a", "[[a]\n", "a = ["])
    func otherFaults(text: String) {
        #expect(throws: Diagnostic.self) {
            _ = try StrictTable(toml: text, file: "a.toml", code: .profileInvalid)
        }
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
