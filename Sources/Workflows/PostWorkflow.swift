internal import AuditTrail
internal import Diagnostics
package import Inventory
package import LedgerCore
internal import LedgerStore
package import Quantification

/// What posting did, or would do.
package struct PostReport: Sendable {
    package struct Unresolved: Hashable, Sendable {
        package let activity: RecordNumber
        package let record: ActivityRecord
        package let role: UnresolvedRole
    }

    /// New entries, without reversals.
    package var entries: [JournalEntry] = []
    /// Entries that waited for a factor and were reversed, because one fits now.
    package var resolved = 0
    package var unresolved: [Unresolved] = []
    /// Live entries whose factor would be another one today; they stay as they are.
    package var superseded = 0
}

/// Makes the entries that the activities of a book call for and that it lacks.
package struct PostWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    /// - Parameter lastMonth: Amortisation is posted through this month.
    /// - Throws: a `Refusal` if an activity cannot be posted or lies in a closed period; then
    ///   nothing is booked.
    package func run(through lastMonth: CalendarMonth, dryRun: Bool) throws(Refusal) -> PostReport {
        let state = try book.state()
        guard let organisation = state.organisation else {
            throw Refusal(
                Diagnostic(
                    .organisationInvalid, at: SourceLocation(file: book.path),
                    "the book has no organisation yet",
                    hint: "run 'tonne apply organisation.toml' first"))
        }
        var run = PostRun(
            planner: PostingPlanner(organisation: organisation, catalog: state.catalog),
            posted: PostedEntries(try book.entries()), lastMonth: lastMonth,
            shelf: SeriesShelf(book))
        for activity in state.activities { try run.post(activity) }
        try Self.refuseClosed(run.bodies, state, book)
        if !dryRun, !run.bodies.isEmpty { try book.append(run.bodies, onto: state.head.size) }
        return run.report
    }

    private static func refuseClosed(
        _ bodies: [RecordBody], _ state: BookState, _ book: Book
    ) throws(Refusal) {
        for case .journal(let entry) in bodies {
            guard let closing = state.closing(covering: entry.effective) else { continue }
            throw Refusal(
                Diagnostic(
                    .periodClosed, at: SourceLocation(file: book.path),
                    "'\(entry.description)' takes effect on \(entry.effective), in the closed "
                        + "period \(closing)",
                    hint: "nothing is posted into a closed period"))
        }
    }
}
