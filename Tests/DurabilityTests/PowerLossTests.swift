internal import Foundation
internal import TestSupport
internal import Testing

/// The power fails after each operation of an import; of what was not synced the disk has kept
/// some sectors and lost others.
@Suite(
    "A book whose machine loses power",
    .enabled(if: FaultLibrary.isUsable, "no C compiler, or a program built with a sanitizer"))
struct PowerLossTests {
    @Test("is sound and holds all that was acknowledged")
    func everyOperation() throws {
        try ImportScenario.with(ImportScenario.papers) { scenario in
            let seeds = TortureSize.isWhole ? 4 : 1
            try Self.run(scenario, after: { TortureSize.some(of: 0...$0, sample: 10) }, seeds)
        }
    }

    @Test(
        "stands it while the log is written back", .enabled(if: TortureSize.isWhole, "takes long"))
    func writeBack() throws {
        try ImportScenario.with(ImportScenario.manyPapers) { scenario in
            try Self.run(scenario, after: { Array(stride(from: 0, through: $0, by: 37)) }, 1)
        }
    }

    private static func run(
        _ scenario: ImportScenario, after choice: (Int) -> [Int], _ seeds: Int
    ) throws {
        try scenario.reset()
        let before = Array(try Data(contentsOf: scenario.book))
        let operations = try scenario.trace().operations
        let losses = choice(operations.count)
        var disk = ForgetfulDisk(book: before)
        for done in 0...operations.count {
            if done > 0 { disk.apply(operations[done - 1]) }
            guard losses.contains(done) else { continue }
            for seed in 0..<seeds {
                var random = SplitMix64(seed: done << 8 | seed)
                try scenario.replaceBook(disk.afterPowerLoss(&random))
                try scenario.expectSound(
                    acknowledged: disk.acknowledged,
                    "power lost after operation \(done), seed \(seed)")
            }
        }
        TortureSize.report(
            "\(losses.count * seeds) states after a loss of power, \(operations.count) operations")
    }

    /// Were the log not synced before a document is acknowledged, this would find it: the states
    /// are those of a disk that is told nothing.
    @Test("would be caught out without its syncs")
    func withoutSyncs() throws {
        try ImportScenario.with(ImportScenario.papers) { scenario in
            try scenario.reset()
            let before = Array(try Data(contentsOf: scenario.book))
            var disk = ForgetfulDisk(book: before)
            let operations = try scenario.trace().operations
            // All documents are acknowledged, the log is not written back yet.
            let end = operations.lastIndex { operation in
                guard case .output = operation else { return false }
                return true
            }
            for operation in operations.prefix(try #require(end) + 1) {
                guard case .sync = operation else {
                    disk.apply(operation)
                    continue
                }
            }
            #expect(disk.acknowledged.count == scenario.papers.count)
            var random = SplitMix64(seed: 1)
            try scenario.replaceBook(disk.afterPowerLoss(&random))
            withKnownIssue("documents are lost") {
                try scenario.expectSound(acknowledged: disk.acknowledged, "never synced")
            }
        }
    }
}

extension ForgetfulDisk {
    /// The documents that the program had acknowledged by then.
    fileprivate var acknowledged: [String] {
        ImportScenario.acknowledged(in: String(decoding: output, as: UTF8.self))
    }
}
