internal import Testing

@Suite("A test script")
struct TestScriptTests {
    @Test("is written as it was read")
    func roundTrip() throws {
        let text = """
            # comment

            <<< a.csv
            1,2
            <<<
            $ cat a.csv
            $ echo x >&2
            1,2
            >>>2
            x
            >>>= 0

            $ false
            >>>2 /.*/
            >>>= 1
            $ unrecorded
            >>>=

            """
        let script = try TestScript(parsing: text)
        #expect(script.description == text)
        #expect(script.commands.map(\.status) == [0, 1, nil])
        #expect(script.commands[0].script == ["cat a.csv", "echo x >&2"])
    }

    @Test(
        "that is malformed names the line",
        arguments: [
            ("oops", 1), ("\n<<< a\n1", 2), ("# c\n$ ls\nout", 2), ("$ ls\n>>>= zero", 2),
            ("$ ls\n>>>3\n>>>= 0", 2),
        ])
    func malformed(text: String, line: Int) {
        let error = #expect(throws: TestScript.Malformed.self) { try TestScript(parsing: text) }
        #expect(error?.line == line)
    }
}

@Suite("Expected lines")
struct ExpectedLinesTests {
    @Test(
        "match text and wildcards",
        arguments: [
            ("a", "a", true), ("a", "b", false), ("a{{x}}", "abc", true), ("{{x}}c", "abc", true),
            ("a{{x}}c", "ac", true), ("a{{x}}c", "ab", false), ("a{{x}}a", "a", false),
            ("{{a}}-{{b}}", "2025-01", true), ("{{a}}-{{b}}", "2025", false), ("{{", "{{", true),
            ("{{}}", "", true),
        ])
    func line(pattern: String, line: String, isMatch: Bool) {
        #expect(ExpectedLines.match(pattern, line) == isMatch)
    }

    @Test(
        "match any number of lines where told",
        arguments: [
            (["a", "{{lines}}", "z"], ["a", "b", "c", "z"], true),
            (["a", "{{lines}}", "z"], ["a", "z"], true), (["{{lines}}"], [], true),
            (["a", "{{lines}}", "z"], ["a", "b"], false), (["a"], ["a", "b"], false),
        ] as [([String], [String], Bool)])
    func lines(expected: [String], actual: [String], isMatch: Bool) {
        #expect(ExpectedLines.match(expected[...], actual[...]) == isMatch)
    }

    @Test("show what differs")
    func difference() {
        #expect(
            ExpectedLines.difference(["a", "{{x}}", "c"], ["a", "b", "d"])
                == "      a\n      {{x}}\n    - c\n    + d")
    }

    @Test("are masked where they differ from run to run")
    func masked() {
        let masking = Masking(directory: "/t/work", fixtures: "/f", today: "2025-06-30")
        let digest = String(repeating: "ab", count: 32)
        #expect(
            masking.mask("2025-06-30T12:00:00Z /t/work/x /f/y 2025-06-30 \(digest) tonne 1.2.3")
                == "{{now}} {{directory}}/x {{fixtures}}/y {{today}} {{digest}} tonne {{version}}")
        #expect(masking.mask("2024-01-01T00:00:00Z 1,234.5") == "2024-01-01T00:00:00Z 1,234.5")
        #expect(masking.mask(">>> x") == "{{}}>> x")
        #expect(ExpectedLines.match(masking.mask(">>> x"), ">>> x"))
    }
}
