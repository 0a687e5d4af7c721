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

    /// New entries, without reversals.
    package var entries: [JournalEntry] = []
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

    package init(book: Book) { self.book = book }

    /// - Parameters:
    ///   - lastMonth: Amortisation is posted through this month.
    ///   - lateReason: Why entries of closed periods come late; they are then an adjustment.
    /// - Throws: a `Refusal` if an activity cannot be posted, or lies in a closed period and no
    ///   reason is given; then nothing is booked.
    package func run(
        through lastMonth: CalendarMonth, lateReason: String? = nil, dryRun: Bool
    ) throws(Refusal) -> PostReport {
        let state = try book.state()
        guard let organisation = state.organisation else {
            throw Refusal(
                Diagnostic(
                    .organisationInvalid, at: SourceLocation(file: book.path),
                    "the book has no organisation yet",
                    hint: "run 'tonne apply organisation.toml' first"))
        }
        let booked = try book.entries()
        let posted = PostedEntries(booked)
        var run = PostRun(
            planner: PostingPlanner(organisation: organisation, catalog: state.catalog),
            posted: posted, lastMonth: lastMonth, shelf: SeriesShelf(book))
        Self.reverse(posted, state, into: &run.report, bodies: &run.bodies)
        let held = Self.held(state, posted)
        run.report.held = held.count
        for activity in state.activities where !held.contains(activity.number) {
            try run.post(activity)
        }
        var report = run.report
        var bodies = run.bodies
        try cover(booked, state, organisation, into: &report, bodies: &bodies)
        bodies = LateEntries.arranged(bodies, reason: lateReason, state.periods)
        if dryRun {
            try book.admit(bodies, onto: state.head.size)
        } else if !bodies.isEmpty {
            try book.append(bodies, onto: state.head.size)
        }
        return report
    }

    /// The quantity of the part that lacks a factor.
    private static func quantity(of unresolved: PostReport.Unresolved) -> ExactDecimal? {
        let parts = try? PostingPlanner.parts(of: unresolved.record)
        return parts?.first { $0.period == unresolved.role.period }?.quantity.amount
    }

    /// What certificates cover, when all the electricity is known.
    private func cover(
        _ booked: [BookedEntry], _ state: BookState, _ organisation: Organisation,
        into report: inout PostReport, bodies: inout [RecordBody]
    ) throws(Refusal) {
        var gone: Set<RecordNumber> = []
        for case .journal(let entry) in bodies {
            if let reversal = entry.reversal { gone.insert(reversal.entry) }
        }
        do {
            let coverage = try CoverageWorkflow(state: state, organisation: organisation)
                .run(booked, new: report.entries, reversing: gone)
            bodies += (coverage.reversals + coverage.entries).map(RecordBody.journal)
            report.entries += coverage.entries
            report.idle = coverage.idle
            report.unresolved.removeAll { unresolved in
                let place = CoverageWorkflow.Place(
                    activity: unresolved.activity, period: unresolved.role.period)
                return unresolved.role.role == .market
                    && coverage.covered[place] == Self.quantity(of: unresolved)
            }
        } catch {
            throw Refusal(
                Diagnostic(
                    .numberOutOfRange, at: SourceLocation(file: book.path),
                    "what certificates cover cannot be posted: \(error)"))
        }
    }

    /// What replaced activities left in the journal is taken back, with the reason why.
    private static func reverse(
        _ posted: PostedEntries, _ state: BookState, into report: inout PostReport,
        bodies: inout [RecordBody]
    ) {
        let standing = Set(state.activities.map(\.number))
        for orphan in posted.orphans(standing: standing) {
            let reason = state.decision(on: orphan.activity)?.reason ?? "the activity is withdrawn"
            bodies.append(
                .journal(orphan.entry.entry.reversed(orphan.entry.number, reason: reason)))
            report.reversed += 1
        }
    }

    /// What was posted before its history made it an outlier stays posted.
    private static func held(_ state: BookState, _ posted: PostedEntries) -> Set<RecordNumber> {
        let held = Set(state.outliers.filter(\.isHeld).map(\.number))
        return held.subtracting(posted.activities)
    }
}
