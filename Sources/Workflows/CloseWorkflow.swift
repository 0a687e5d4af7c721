internal import AuditTrail
internal import Diagnostics
package import Inventory
internal import LedgerStore

/// Closes a period: from then on nothing is posted into it.
package struct CloseWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    /// - Throws: `period-closed` if it overlaps a closed period, `line-unmatched` while lines of
    ///   the review wait.
    package func close(_ period: ReportingPeriod, dryRun: Bool) throws(Refusal) {
        let state = try book.state()
        let place = SourceLocation(file: book.path)
        if let closed = state.closings.first(where: period.overlaps) {
            throw Refusal(
                Diagnostic(
                    .periodClosed, at: place, "the period \(closed) is closed already",
                    hint: "close a period that does not overlap it"))
        }
        let waiting = state.reviewItems
        guard waiting.isEmpty else {
            throw Refusal(
                Diagnostic(
                    .lineUnmatched, severity: .error, at: place,
                    "\(waiting.count) lines wait for a decision",
                    hint: "decide on them first: see 'tonne review'"))
        }
        guard !dryRun else { return }
        try book.append([.periodClosing(PeriodClosing(period: period))], onto: state.head.size)
    }
}
