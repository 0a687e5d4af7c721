internal import Foundation
internal import Testing

/// The real program, killed within one operation after the other.
@Suite(
    "An import that is killed",
    .enabled(if: FaultLibrary.isUsable, "no C compiler, or a program built with a sanitizer"))
struct KillTests {
    @Test("leaves a sound book with all that was acknowledged, and can be run again")
    func everyOperation() throws {
        try ImportScenario.with(ImportScenario.papers) { scenario in
            let count = try scenario.operationCount()
            let kills = TortureSize.some(of: 1...count, sample: 8)
            for kill in kills { try Self.kill(at: kill, scenario) }
            TortureSize.report("killed within \(kills.count) of \(count) operations of an import")
        }
    }

    /// The log is written back to the book in between, and starts anew.
    @Test(
        "stands it while the log is written back", .enabled(if: TortureSize.isWhole, "takes long"))
    func writeBack() throws {
        try ImportScenario.with(ImportScenario.manyPapers) { scenario in
            let count = try scenario.operationCount()
            let kills = Array(stride(from: 1, through: count, by: 37))
            for kill in kills { try Self.kill(at: kill, scenario) }
            TortureSize.report("killed within \(kills.count) of \(count) operations of a large one")
        }
    }

    private static func kill(at operation: Int, _ scenario: ImportScenario) throws {
        try scenario.reset()
        let context = "killed within operation \(operation)"
        let killed = try scenario.importAll(faults: ["KILL": "\(operation)"])
        #expect(killed.isKilled, "\(context): it was not")
        try scenario.expectSound(acknowledged: killed.acknowledged, context)
        let again = try scenario.importAll()
        #expect(again.status == 0, "\(context): \(again.errors)")
        try scenario.expectSound(acknowledged: scenario.papers.map(\.name), context + ", again")
    }
}

extension ImportScenario {
    /// What an import that nothing disturbs asks of the disk.
    func trace() throws -> OperationTrace {
        try reset()
        let file = root.appending(path: "trace")
        try? FileManager.default.removeItem(at: file)
        let outcome = try importAll(faults: ["TRACE": file.path])
        try #require(outcome.status == 0, "\(outcome.errors)")
        try expectSound(acknowledged: papers.map(\.name), "nothing disturbed")
        let trace = try OperationTrace(Array(try Data(contentsOf: file)))
        // Each document is one transaction, settled by a sync of its own.
        #expect(trace.syncs >= papers.count)
        return trace
    }

    func operationCount() throws -> Int { try trace().operations.count }
}

extension OperationTrace {
    var syncs: Int {
        operations.count { operation in
            guard case .sync("wal") = operation else { return false }
            return true
        }
    }
}
