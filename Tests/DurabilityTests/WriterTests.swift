internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Several programs that write into one book")
struct WriterTests {
    /// Each of four programs brings bills of its own, all at the same time. Who comes second is
    /// told so and tries again.
    @Test("lose nothing, and say what to do when they are in each other's way")
    func importsAtOnce() async throws {
        let writers = 4
        let papers = (1...(TortureSize.isWhole ? 40 : 12)).map { ImportScenario.bill($0) }
        try await TemporaryFolder.with { root in
            let scenario = try ImportScenario.prepared(papers, in: root)
            let refusals = try await withThrowingTaskGroup(of: Int.self) { group in
                for writer in 0..<writers {
                    let own = papers.indices.filter { $0 % writers == writer }.map { papers[$0] }
                    group.addTask { try Self.importAll(own, scenario) }
                }
                return try await group.reduce(0, +)
            }
            let count = try scenario.run(
                ["query", "SELECT kind, count(*) FROM record GROUP BY 1", "--format", "csv"],
                on: scenario.book)
            #expect(count.output.contains("activity,\(papers.count)\n"), "\(count.output)")
            #expect(count.output.contains("document,\(papers.count)\n"), "\(count.output)")
            let verified = try scenario.run(["verify"], on: scenario.book)
            #expect(verified.status == 0, "\(verified.errors)")
            TortureSize.report("\(papers.count) bills by \(writers) writers, \(refusals) refused")
        }
    }

    /// - Returns: How often the program was refused.
    private static func importAll(
        _ papers: [ImportScenario.Paper], _ scenario: ImportScenario
    ) throws -> Int {
        for refusals in 0..<200 {
            let outcome = try scenario.importAll(papers)
            if outcome.status == 0 { return refusals }
            #expect(outcome.status == 4, "\(outcome.errors)")
            #expect(outcome.errors.contains("error[book-locked]"), "\(outcome.errors)")
            #expect(outcome.errors.contains("try again"), "\(outcome.errors)")
        }
        Issue.record("refused 200 times")
        return 200
    }
}
