internal import Diagnostics
internal import Testing

@Suite("The renderer of diagnostics")
struct DiagnosticRendererTests {
    private let renderer = DiagnosticRenderer()

    @Test("shows place, code, message, excerpt, caret and hint")
    func whole() {
        let diagnostic = Diagnostic(
            .unitUnknown, at: SourceLocation(file: "meters.csv", line: 14, column: 17),
            "no unit named 'kWhr'", hint: "write 'kWh'")
        let expected = """
            meters.csv:14:17: error[unit-unknown]: no unit named 'kWhr'
              | 2025-01-31,1200,kWhr
              |                 ^
              hint: write 'kWh'
            """
        #expect(renderer.render(diagnostic, sourceLine: "2025-01-31,1200,kWhr") == expected)
    }

    @Test("leaves out what is not known")
    func parts() {
        let file = SourceLocation(file: "a.csv")
        #expect(renderer.render(Diagnostic(.fileEmpty, "empty")) == "error[file-empty]: empty")
        #expect(
            renderer.render(Diagnostic(.readingDuplicate, at: file, "seen"))
                == "a.csv: warning[reading-duplicate]: seen")
        let line = SourceLocation(file: "a.csv", line: 2)
        #expect(
            renderer.render(Diagnostic(.csvRowRagged, at: line, "short"), sourceLine: "1,2")
                == "a.csv:2: error[csv-row-ragged]: short\n  | 1,2")
    }

    @Test(
        "puts the caret under the character meant",
        arguments: [
            ("ab", 1, "ab", "^"), ("ab", 3, "ab", "  ^"), ("ab", 500, "ab", "  ^"),
            ("a\tb", 3, "a·b", "  ^"), ("é\u{200D}x", 2, "é" + "x", " ^"), ("", 1, "", "^"),
            ("ab", 0, "ab", "^"), ("ab", -7, "ab", "^"),
        ])
    func caret(line: String, column: Int, shown: String, caret: String) {
        let text = render(line, column: column)
        #expect(text == ["  | " + shown, "  | " + caret])
    }

    @Test("cuts a long line around the column")
    func cut() {
        let line = String(repeating: "a", count: 500) + "X" + String(repeating: "b", count: 500)
        let text = render(line, column: 501)
        #expect(text[0].contains("aX") && text[0].contains("Xb"))
        #expect(text[0].count == 84)
        #expect(
            text[0].distance(
                from: text[0].startIndex, to: text[0].firstIndex(of: "X") ?? text[0].endIndex)
                == text[1].count - 1)
    }

    @Test("shows every character that would disguise the message, in every part")
    func disguise() {
        let hostile = "a\u{1B}[2Jb\u{202E}c\rd\ne\u{2028}f\u{E0041}g"
        let diagnostic = Diagnostic(
            .textSuspicious, at: SourceLocation(file: "zip!\u{1B}[31m", line: 1, column: 1),
            hostile,
            hint: hostile)
        let text = renderer.render(diagnostic, sourceLine: hostile)
        #expect(text.split(separator: "\n").count == 4)
        #expect(
            !text.unicodeScalars.contains { scalar in
                scalar != "\n" && DiagnosticRenderer.visible(String(scalar)) != String(scalar)
            })
    }

    @Test("quotes values up to the limit")
    func quoted() {
        #expect(DiagnosticRenderer.quoted("ab\u{7}") == "ab·")
        let long = DiagnosticRenderer.quoted(String(repeating: "x", count: 200))
        #expect(long.count == DiagnosticRenderer.excerptLimit)
        #expect(long.hasSuffix("x…"))
    }

    private func render(_ line: String, column: Int) -> [String] {
        let location = SourceLocation(file: "f", line: 1, column: column)
        let text = renderer.render(Diagnostic(.numberInvalid, at: location, "m"), sourceLine: line)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            .map(String.init)
    }
}

@Suite("The codes of diagnostics")
struct DiagnosticCodeTests {
    @Test(
        "are the names of their cases in lower case with hyphens",
        arguments: DiagnosticCode.allCases)
    func spelling(code: DiagnosticCode) {
        let name = String(describing: code).reduce(into: "") { text, character in
            text += character.isUppercase ? "-" + character.lowercased() : String(character)
        }
        #expect(code.rawValue == name)
    }

    @Test("are warnings or errors, and a diagnostic may say otherwise")
    func severity() {
        #expect(DiagnosticCode.allCases.allSatisfy { $0.severity != .info })
        #expect(Diagnostic(.factorMissing, "m").severity == .warning)
        #expect(Diagnostic(.factorMissing, severity: .error, "m").severity == .error)
        #expect(Diagnostic(.integrityFailure, "m").severity == .error)
    }
}
