internal import Documents
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("Source excerpts")
struct SourceExcerptsTests {
    @Test("find each line, whatever ends it", arguments: ["\n", "\r\n", "\r"])
    func lines(ending: String) {
        // More lines than are kept, so that most are found by counting from a kept one; long
        // ones, so that line ends fall on the edges of pieces.
        let texts = (1...5_000).map { "line \($0)" + String(repeating: "x", count: $0 % 37) }
        let text = texts.joined(separator: ending)
        let excerpts = SourceExcerpts(Document(name: "a", bytes: Array(text.utf8)))
        for line in [1, 2, 1_023, 1_024, 1_025, 1_026, 2_048, 2_049, 4_999, 5_000] {
            #expect(excerpts.text(line: line) == texts[line - 1])
            #expect(excerpts.rawLine(line) == texts[line - 1])
        }
        #expect(excerpts.rawLine(5_001) == nil)
        #expect(excerpts.rawLine(0) == nil)
    }

    @Test(
        "leave out the blanks around the text",
        arguments: [
            ("  \t a \t b\t ", "a \t b"), ("a", "a"), ("é ", "é"), (" \u{1}", "·"),
        ])
    func blanks(line: String, text: String) {
        let excerpts = SourceExcerpts(Document(name: "a", bytes: Array("\(line)\n \t \n".utf8)))
        #expect(excerpts.text(line: 1) == text.replacing("\t", with: "·"))
        #expect(excerpts.rawLine(1) == line)
        #expect(excerpts.text(line: 2) == nil)
    }

    @Test("agree with splitting at line ends", arguments: 0..<100)
    func mixed(seed: Int) {
        var generator = SplitMix64(seed: seed)
        var lines: [String] = []
        var text = ""
        for number in 0..<Int.random(in: 1...3_000, using: &generator) {
            lines.append("n\(number)")
            text += "n\(number)" + (["\n", "\r\n", "\r"].randomElement(using: &generator) ?? "\n")
        }
        let excerpts = SourceExcerpts(Document(name: "a", bytes: Array(text.utf8)))
        for place in (0..<20).compactMap({ _ in lines.indices.randomElement(using: &generator) }) {
            #expect(excerpts.rawLine(place + 1) == lines[place])
        }
    }
}
