internal import Testing

@Suite("The style")
struct StyleTests {
    private static let maximumFileLength = 400
    private static let maximumFunctionLength = 70
    private static let maximumLineLength = 100

    @Test("keeps files to 400 lines")
    func fileLength() {
        expectNone(
            SourceTree.swiftFiles.filter { $0.lines.count - 1 > Self.maximumFileLength }.map {
                Finding(
                    $0.path, Self.maximumFileLength + 1,
                    "\($0.lines.count - 1) lines: split the file by subject")
            })
    }

    @Test("keeps functions to 70 lines")
    func functionLength() {
        expectNone(
            SourceTree.swiftFiles.flatMap { file in
                SwiftScanner.functions(in: file.lines)
                    .filter { $0.length > Self.maximumFunctionLength }
                    .map {
                        Finding(
                            file.path, $0.line,
                            "'\($0.name)' has \($0.length) lines: name its steps")
                    }
            })
    }

    @Test("keeps lines to 100 characters")
    func lineLength() {
        expectNone(
            SourceTree.swiftFiles.flatMap { file in
                file.lines.enumerated().filter { $0.element.count > Self.maximumLineLength }.map {
                    Finding(
                        file.path, $0.offset + 1, "\($0.element.count) characters: break the line")
                }
            })
    }

    /// Where none is stated, the argument parser derives it through the conformances of the type:
    /// 1.4 million instructions a command at each start, for those that are not called, too.
    @Test("has every command state its name")
    func commandNames() {
        expectNone(
            SourceTree.swiftFiles.filter { $0.path.hasPrefix("Sources/tonne/") }.flatMap { file in
                file.lines.indices.filter { index in
                    file.lines[index].contains(" = CommandConfiguration(")
                        && !file.lines[index...].prefix(2).contains { $0.contains("commandName:") }
                }.map { Finding(file.path, $0 + 1, "state the commandName of the command") }
            })
    }

    /// Words that no source of the product holds, and what to write instead.
    private static let banned: [(word: String, remedy: String)] = [
        ("try!", "throw, or prove it with a guard and a precondition"),
        (
            "fatalError(",
            "a Diagnostic for data, a thrown error for operations, a precondition for us"
        ),
        ("print(", "write data through the renderer, everything else through the console"),
        ("Double", "amounts are ExactDecimal or whole units"),
        ("Float", "amounts are ExactDecimal or whole units"),
    ]

    /// Marks of unfinished work; also in comments, hence spelled apart here.
    private static let marks = ["FIX" + "ME", "TO" + "DO"]

    /// Files that may calculate in binary floating point, by a word in their name.
    private static let floatingPointFiles = ["Chart", "Progress", "Uncertainty", "SheetNumber"]

    @Test("does without the banned words")
    func bannedWords() {
        expectNone(Self.product.flatMap(Self.bannedWords))
    }

    private static func bannedWords(in file: SourceFile) -> [Finding] {
        let mayFloat = floatingPointFiles.contains { file.name.contains($0) }
        let code = SwiftScanner.code(of: file.lines)
        return code.enumerated().flatMap { index, line in
            banned.filter { entry in
                !(mayFloat && ["Double", "Float"].contains(entry.word))
                    && holdsWord(line, entry.word)
            }.map { Finding(file.path, index + 1, "no '\($0.word)': \($0.remedy)") }
        }
    }

    /// True where the word stands by itself: `blueprint(` holds no `print(`.
    static func holdsWord(_ line: String, _ word: String) -> Bool {
        line.ranges(of: word).contains { range in
            let before = line[..<range.lowerBound].last
            let after = word.last?.isLetter == true ? line[range.upperBound...].first : nil
            return ![before, after].contains { $0.map { $0.isLetter || $0.isNumber } ?? false }
        }
    }

    @Test("leaves no work for later")
    func unfinished() {
        expectNone(
            SourceTree.swiftFiles.flatMap { file in
                file.lines.enumerated().compactMap { index, line in
                    Self.marks.first { Self.holdsWord(line, $0) }.map {
                        Finding(file.path, index + 1, "no '\($0)': do it, or write an issue")
                    }
                }
            })
    }

    @Test("names no place of one machine")
    func machinePaths() {
        let roots = ["work", "farm", "home"].map { "/" + $0 + "/" }
        let files = SourceTree.paths.compactMap(SourceTree.file)
        expectNone(
            files.flatMap { file in
                file.lines.enumerated().compactMap { index, line in
                    roots.first { Self.holdsPath(line, $0) }.map {
                        Finding(file.path, index + 1, "no '\($0)…': make the path relative")
                    }
                }
            })
    }

    /// True where a path begins with the root: `ubl/home/x` does not.
    private static func holdsPath(_ line: String, _ root: String) -> Bool {
        line.ranges(of: root).contains { range in
            guard let before = line[..<range.lowerBound].last else { return true }
            return !(before.isLetter || before.isNumber || "._-~$}/".contains(before))
        }
    }

    private static let product = SourceTree.swiftFiles.filter {
        $0.isIn("Sources") || $0.isIn("importers") || $0.isIn("Schemas")
    }

    @Test("is checked on code, not on text")
    func scanner() {
        let code = SwiftScanner.code(of: [
            "let a = \"print(\" // try!", "/* a", "b */ c", "x = \"\\(f(\")\"))\" + y",
            "a \"\"\"", "text {", "\"\"\"; z", "r = #\"a\"b\"# + q",
        ])
        #expect(
            code == [
                "let a = \"\" ", "", " c", "x = \"\" + y", "a ", "", "; z", "r = #\"\"# + q",
            ])
        #expect(Self.holdsWord("a.print(x)", "print(") && !Self.holdsWord("blueprint(x)", "print("))
        #expect(Self.holdsWord("x: Double?", "Double") && !Self.holdsWord("isDoubled", "Double"))
        let functions = SwiftScanner.functions(in: [
            "struct A {", "  func a() {", "    if x { y }", "  }", "  init(x: Int) { self.x = x }",
            "}", "protocol B {", "  func b()", "}", "func c() -> String {", #"  "}""#, "}",
        ])
        #expect(functions.map(\.length) == [3, 1, 3])
        #expect(functions.map(\.name) == ["a", "init", "c"])
    }
}
