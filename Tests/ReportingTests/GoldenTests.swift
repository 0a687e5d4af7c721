internal import Foundation
internal import Reporting
internal import TestSupport
internal import Testing

/// The renderings of the sample, compared as text. `UPDATE_GOLDEN=1` writes them anew; a change is
/// reviewed as a result, and its commit says why a number moved.
@Suite("The golden statements")
struct GoldenTests {
    private static let folder = Repository.root.appending(path: "Tests/ReportingTests/Golden")

    private static func name(_ format: String) -> String {
        "statement" + (format == "text" ? ".txt" : "." + format)
    }

    @Test("are what each renderer writes", arguments: StatementRenderers.all.map(\.format))
    func renderings(format: String) throws {
        let renderer = try #require(StatementRenderers.named(format))
        let text = renderer.render(try StatementSample.statement())
        let file = Self.folder.appending(path: Self.name(format))
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(text.utf8).write(to: file)
        }
        let golden = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        #expect(
            text == golden, "\(Self.difference(golden, text)); UPDATE_GOLDEN=1 takes the new text")
    }

    @Test("are all in use")
    func used() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(files) == Set(StatementRenderers.all.map { Self.name($0.format) }))
    }

    /// The first line that differs.
    private static func difference(_ expected: String, _ actual: String) -> String {
        let lines = [expected, actual].map {
            $0.split(separator: "\n", omittingEmptySubsequences: false)
        }
        let count = min(lines[0].count, lines[1].count)
        let index = (0..<count).first { lines[0][$0] != lines[1][$0] } ?? count
        let shown = lines.map { $0.indices.contains(index) ? String($0[index]) : "(end)" }
        return "line \(index + 1): expected '\(shown[0])', found '\(shown[1])'"
    }
}
