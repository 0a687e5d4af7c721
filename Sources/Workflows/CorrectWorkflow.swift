internal import AuditTrail
internal import Diagnostics
package import LedgerCore
internal import LedgerStore

/// Takes back what was booked, by reversal and with a reason. Nothing is edited.
package struct CorrectWorkflow: Sendable {
    package enum Scope: Hashable, Sendable {
        /// The activity is withdrawn: all its entries are reversed, its slot is free for a
        /// corrected document.
        case activity
        /// Only this entry is reversed; the next posting makes it again with today's factors.
        case entry
    }

    private let book: Book

    package init(book: Book) { self.book = book }

    /// - Parameter isLate: Reversals in closed periods are an adjustment, with the same reason.
    /// - Returns: The reversals, booked unless it is a dry run.
    /// - Throws: `entry-unknown`, `entry-reversed`, `period-closed` as a `Refusal`.
    package func correct(
        _ number: RecordNumber, scope: Scope, reason: String, isLate: Bool = false, dryRun: Bool
    ) throws(Refusal) -> [JournalEntry] {
        let state = try book.state()
        let entries = try book.entries()
        let booked = try live(number, entries)
        guard let calculation = booked.entry.calculation else {
            throw refusal(.entryReversed, "entry \(number) is a reversal itself")
        }
        let reversed = PostedEntries(entries).reversed
        let chosen =
            switch scope {
            case .entry: [booked]
            case .activity:
                entries.filter {
                    $0.entry.calculation?.activity == calculation.activity
                        && !reversed.contains($0.number)
                }
            }
        let affected =
            chosen + Self.coverage(of: chosen, in: entries.filter { !reversed.contains($0.number) })
        let reversals = affected.map { $0.entry.reversed($0.number, reason: reason) }
        var bodies = reversals.map(RecordBody.journal)
        if scope == .activity {
            bodies.append(
                .decision(
                    Decision(subject: calculation.activity, outcome: .withdrawn, reason: reason)))
        }
        bodies = LateEntries.arranged(bodies, reason: isLate ? reason : nil, state.periods)
        if dryRun {
            try book.admit(bodies, onto: state.head.size)
        } else {
            try book.append(bodies, onto: state.head.size)
        }
        return reversals
    }

    /// What certificates cover of electricity that is taken back goes with it; the next posting
    /// finds what they cover instead.
    private static func coverage(
        of chosen: [BookedEntry], in live: [BookedEntry]
    ) -> [BookedEntry] {
        let numbers = Set(chosen.map(\.number))
        return live.filter { coverage in
            coverage.entry.isCoverage && !numbers.contains(coverage.number)
                && chosen.contains { $0.entry.isCovered(by: coverage.entry) }
        }
    }

    private func live(
        _ number: RecordNumber, _ entries: [BookedEntry]
    ) throws(Refusal) -> BookedEntry {
        guard let booked = entries.first(where: { $0.number == number }) else {
            throw refusal(.entryUnknown, "no journal entry has the number '\(number)'")
        }
        guard !PostedEntries(entries).reversed.contains(number) else {
            throw refusal(.entryReversed, "entry \(number) is reversed already")
        }
        return booked
    }

    private func refusal(_ code: DiagnosticCode, _ message: String) -> Refusal {
        Refusal(
            Diagnostic(
                code, at: SourceLocation(file: book.path), message,
                hint: "'tonne entries' lists the entries, 'tonne trace NUMBER' shows one"))
    }
}
