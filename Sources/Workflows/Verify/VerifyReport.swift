package import LedgerStore
internal import Threads

/// What a verification has checked.
package struct VerifyReport: Sendable {
    package let head: TreeHead
    package var records = 0
    package var counts = VerifyCounts()
    /// Checkpoints of the book, each of which it begins with.
    package var checkpoints = 0
    /// Documents whose bytes were taken out of the book, each by a record that says why.
    package var erased = 0
    /// What the records say about keys, roles and seals.
    package var controls: [String] = []

    package var entries: Int { counts.entries }
    package var recomputed: Int { counts.recomputed }
    package var documents: Int { counts.documents }
    /// Series chunks read.
    package var chunks: Int { counts.chunks }
}

/// What the checks of the records have read.
package struct VerifyCounts: Hashable, Sendable {
    package var entries = 0
    package var recomputed = 0
    package var documents = 0
    package var chunks = 0

    static func + (left: VerifyCounts, right: VerifyCounts) -> VerifyCounts {
        VerifyCounts(
            entries: left.entries + right.entries, recomputed: left.recomputed + right.recomputed,
            documents: left.documents + right.documents, chunks: left.chunks + right.chunks)
    }
}

/// Counts records, from any thread. A class, because all threads count in one.
final class RecordCount: Sendable {
    private let sum = Guarded(0)

    /// - Returns: How many there are now.
    func add(_ count: Int) -> Int {
        sum.withLock { sum in
            sum += count
            return sum
        }
    }
}

/// How far a verification is.
package struct VerifyProgress: Sendable {
    /// Records read and recomputed so far, each counted twice.
    package let done: Int
    package let all: Int
}
