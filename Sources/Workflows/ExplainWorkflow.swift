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
        let state = try book.state()
        let entries = try book.entries().filter {
            Self.covers(figure.query.span, period, $0.entry.effective)
        }
        let origins = Dictionary(
            entries.map { ($0.number, $0.entry) }, uniquingKeysWith: { $1 })
        let lines = entries.flatMap { booked in
            let origin = booked.entry.reversal.flatMap { origins[$0.entry] } ?? booked.entry
            let evidence = origin.calculation.flatMap { state.activity($0.activity)?.evidence }
            return figure.query.postings(of: booked.entry).map {
                Explanation.Line(entry: booked, posting: $0, evidence: evidence)
            }
        }
        return Explanation(figure: figure, lines: lines)
    }

    private static func covers(
        _ span: AccountQuery.Span, _ period: ReportingPeriod, _ day: CivilDate
    ) -> Bool {
        switch span {
        case .period: period.contains(day)
        case .before: day < period.start
        case .untilEnd: day < period.end
        case .comparison: false
        }
    }
}
