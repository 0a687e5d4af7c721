internal import AuditTrail
internal import Diagnostics
package import Inventory
package import LedgerCore
internal import LedgerStore
package import Quantification
package import Quantities

/// What posting did, or would do.
package struct PostReport: Sendable {
    package struct Unresolved: Hashable, Sendable {
        package let activity: RecordNumber
        package let record: ActivityRecord
        package let role: UnresolvedRole
    }

    /// How many entries are new, without reversals.
    package var entries = 0
    /// Entries of activities that were replaced or withdrawn, now reversed.
    package var reversed = 0
    /// Activities that wait for a decision, because they stand apart from their history.
    package var held = 0
    /// Entries that waited for a factor and were reversed, because one fits now.
    package var resolved = 0
    package var unresolved: [Unresolved] = []
    /// Live entries whose factor would be another one today; they stay as they are.
    package var superseded = 0
    /// Certificates that cover less than they stand for, with the MWh that they cover.
    package var idle: [(certificate: RecordNumber, record: ActivityRecord, covered: ExactDecimal)] =
        []
}

/// Makes the entries that the activities of a book call for and that it lacks.
package struct PostWorkflow: Sendable {
    private let book: Book
    private let block: Int

    /// - Parameter block: Records whose activities are posted together: more take more memory.
    package init(book: Book, block: Int = 1_024) {
        self.book = book
        self.block = block
    }

    /// - Parameters:
    ///   - lastMonth: Amortisation is posted through this month.
    ///   - lateReason: Why entries of closed periods come late; they are then an adjustment.
    /// - Throws: a `Refusal` if an activity cannot be posted, or lies in a closed period and no
    ///   reason is given; then nothing is booked.
    package func run(
        through lastMonth: CalendarMonth, lateReason: String? = nil, dryRun: Bool
    ) throws(Refusal) -> PostReport {
        let reader = try book.asking { () throws(LedgerStoreError) in try book.store.reader() }
        var source = try PostingSource(
            book.reading(reader), through: lastMonth, lateReason: lateReason, block: block)
        let size = source.size
        // With nothing to append nobody is locked out, however long it took to find out.
        var first = try source.next()
        guard first != nil else { return source.report }
        let next = { () throws(Refusal) -> RecordBody? in
            if let body = first.take() { return body }
            return try source.next()
        }
        if dryRun {
            try book.admit(onto: size, next)
        } else {
            try book.append(onto: size, next)
        }
        return source.report
    }
}

extension PostReport {
    /// Counts what certificates cover; what waited for a factor and is covered waits no longer.
    mutating func count(_ coverage: CoverageWorkflow.Result) {
        entries += coverage.entries.count
        idle = coverage.idle
        unresolved.removeAll { unresolved in
            let place = CoverageWorkflow.Place(
                activity: unresolved.activity, period: unresolved.role.period)
            return unresolved.role.role == .market
                && coverage.covered[place] == Self.quantity(of: unresolved)
        }
    }

    /// The quantity of the part that lacks a factor.
    private static func quantity(of unresolved: Unresolved) -> ExactDecimal? {
        let parts = try? PostingPlanner.parts(of: unresolved.record)
        return parts?.first { $0.period == unresolved.role.period }?.quantity.amount
    }
}
