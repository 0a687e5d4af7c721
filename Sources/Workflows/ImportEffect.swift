internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerStore
package import Quantities
package import Reporting

/// What an import would do to the statements: their totals before and after it.
package struct ImportEffect: Sendable {
    package struct Row: Sendable {
        package let year: Int
        package let before: Figure
        package let after: Figure
        /// `after` minus `before`, as displayed.
        package let change: ExactDecimal
    }

    package let rows: [Row]
    /// Activities for which no factor fits, before and after.
    package let unresolved: (before: Int, after: Int)

    /// The totals of a statement, in the order of its first page.
    private static let figures = ["S1", "S2_LB", "S2_MB", "S3", "TOT_LB", "TOT_MB"]

    /// Posts in both books, and compares their statements of the years that the import touches.
    ///
    /// - Parameters:
    ///   - before: A copy of the book; it is written to.
    ///   - after: Another, into which the documents were imported; it is written to.
    /// - Returns: `nil` where the import adds no activity.
    /// - Throws: what posting and the statement refuse: a closed period, no GWP table.
    package static func of(
        before: Book, after: Book
    ) throws(Refusal) -> ImportEffect? {
        let known = Set(try before.state().activities.map(\.number))
        let periods = try after.state().activities.filter { !known.contains($0.number) }.map {
            $0.value.period
        }
        guard let first = periods.map(\.start).min(), let last = periods.map(\.lastDay).max()
        else { return nil }
        let month = CalendarMonth(of: last)
        let unresolved = (
            before: try PostWorkflow(book: before).run(through: month, dryRun: false).unresolved,
            after: try PostWorkflow(book: after).run(through: month, dryRun: false).unresolved
        )
        var rows: [Row] = []
        for year in first.year...last.year { rows += try Self.rows(year, before, after) }
        return ImportEffect(
            rows: rows, unresolved: (unresolved.before.count, unresolved.after.count))
    }

    private static func rows(
        _ year: Int, _ before: Book, _ after: Book
    ) throws(Refusal) -> [Row] {
        guard let period = ReportingPeriod("\(year)") else { return [] }
        let old = try StatementWorkflow(book: before).statement(period)
        let new = try StatementWorkflow(book: after).statement(period)
        var rows: [Row] = []
        for id in figures {
            guard let before = old.figure(id), let after = new.figure(id) else { continue }
            do {
                let change = try after.displayed.subtracting(before.displayed)
                rows.append(Row(year: year, before: before, after: after, change: change))
            } catch {
                throw Refusal(
                    Diagnostic(.numberOutOfRange, "the change of \(id) in \(year) is out of range"))
            }
        }
        return rows
    }
}

extension Book {
    /// A copy in memory, to try something on: what is written to it never reaches the book.
    package func copy() throws(Refusal) -> Book {
        let store = self.store
        let copy = try asking { () throws(LedgerStoreError) in
            try InMemoryLedgerStore(copyOf: store)
        }
        return Book(path: path, store: copy, actor: actor, clock: clock)
    }
}
