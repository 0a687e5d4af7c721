internal import AuditTrail
internal import Foundation
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Testing

/// Measures, and so runs only where a quiet release build asks for it.
private let isMeasuring = ProcessInfo.processInfo.environment["TONNE_MEASURE"] != nil

@Suite("The throughput of a book", .enabled(if: isMeasuring, "set TONNE_MEASURE to measure"))
struct ThroughputTests {
    @Test("is at least 10,000 entries in two seconds")
    func entries() async throws {
        try await TemporaryBook.with { book in
            let store = try SQLiteLedgerStore.create(at: book.path)
            let bodies = try (0..<10_000).map { RecordBody.journal(try Sample.entry($0)) }
            let clock = ContinuousClock()
            let appending = try clock.measure { try store.append(Sample.batch(bodies)) }
            let checking = try clock.measure { _ = try store.firstProjectionDifference() }
            let reading = try clock.measure { _ = try store.entries(.all) }
            let balancing = try clock.measure { _ = try store.trialBalance(in: nil) }
            let report =
                "append \(appending) check \(checking) entries \(reading) balance \(balancing)"
            #expect(appending < .seconds(2), "\(report)")
            FileHandle.standardError.write(Data((report + "\n").utf8))
        }
    }
}
