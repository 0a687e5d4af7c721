internal import AuditTrail
internal import Diagnostics
package import Inventory
package import LedgerCore
package import LedgerStore
package import Reporting

/// A figure of a statement with the postings it sums and the lines they come from.
package struct Explanation: Sendable {
    package struct Line: Sendable {
        package let entry: BookedEntry
        package let posting: Posting
        package let evidence: EvidenceReference?
    }

    package let figure: Figure
    package let lines: [Line]
}

package struct ExplainWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    /// - Throws: `figure-unknown` as a `Refusal`.
    package func explain(
        _ name: String, in period: ReportingPeriod
    ) throws(Refusal) -> Explanation {
        let statement = try StatementWorkflow(book: book).statement(period)
        guard let figure = statement.figure(name) else {
            let stem = name.prefix { $0 != "_" }
            let near = statement.figures.map(\.id).filter { $0.hasPrefix(stem) }
            let shown = (near.isEmpty ? statement.figures.map(\.id) : near).prefix(8)
            throw Refusal(
                Diagnostic(
                    .figureUnknown, "the statement has no figure '\(name)'",
                    hint: "it has \(shown.joined(separator: ", ")) …; "
                        + "'tonne statement PERIOD --format csv' lists them all"))
        }
        let entries = try self.entries(of: figure.query, in: period)
        let origins = try book.records(Set(entries.compactMap { $0.entry.reversal?.entry }))
        let calculations = entries.map { booked in
            booked.entry.reversal.flatMap { origins[$0.entry]?.body.calculation }
                ?? booked.entry.calculation
        }
        let activities = try book.records(Set(calculations.compactMap { $0?.activity }))
        let lines = zip(entries, calculations).flatMap { booked, calculation in
            let evidence = calculation.flatMap { activities[$0.activity]?.body.evidence }
            return figure.query.postings(of: booked.entry).map {
                Explanation.Line(entry: booked, posting: $0, evidence: evidence)
            }
        }
        return Explanation(figure: figure, lines: lines)
    }

    /// The entries that may have a posting of the figure, in order.
    private func entries(
        of query: AccountQuery, in period: ReportingPeriod
    ) throws(Refusal) -> [BookedEntry] {
        guard let days = Self.days(query.span, period) else { return [] }
        var entries: [RecordNumber: BookedEntry] = [:]
        for account in query.accounts {
            let selection = EntrySelection(
                period: days, facility: query.facility, accountPrefix: account)
            for booked in try book.entries(selection) { entries[booked.number] = booked }
        }
        return entries.values.sorted { $0.number < $1.number }
    }

    /// - Returns: `nil` where no day is meant.
    private static func days(
        _ span: AccountQuery.Span, _ period: ReportingPeriod
    ) -> ReportingPeriod? {
        guard let first = CivilDate(year: 1_900, month: 1, day: 1) else { return nil }
        return switch span {
        case .period: period
        case .before: ReportingPeriod(start: first, end: period.start)
        case .untilEnd: ReportingPeriod(start: first, end: period.end)
        case .comparison: nil
        }
    }
}

extension RecordBody {
    fileprivate var calculation: JournalEntry.Calculation? {
        guard case .journal(let entry) = self else { return nil }
        return entry.calculation
    }

    fileprivate var evidence: EvidenceReference? {
        guard case .activity(let activity) = self else { return nil }
        return activity.evidence
    }
}
