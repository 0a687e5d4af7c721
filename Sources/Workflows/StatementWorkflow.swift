internal import AuditTrail
internal import Diagnostics
internal import Hashing
package import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities
package import Reporting

/// Draws a statement from a book.
package struct StatementWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    /// What a statement tells beside the balances; factors are asked for by their use.
    private static let kinds = BookState.kinds
        .subtracting([.factor, .factorSeries, .refrigerantBlend, .matchingRules])
        .subtracting(ControlLedger.kinds.subtracting([.genesis]))

    /// - Parameter gwpValueSet: Values the gases; `nil` takes the organisation's.
    /// - Throws: a `Refusal` if the book lacks an organisation or the GWP table.
    package func statement(
        _ period: ReportingPeriod, gwpValueSet: GWPValueSet? = nil
    ) throws(Refusal) -> Statement {
        let state = try book.state(Self.kinds)
        guard let organisation = state.organisation else {
            throw refusal(
                .organisationInvalid, "the book has no organisation yet",
                "run 'tonne apply organisation.toml' first")
        }
        let set = gwpValueSet ?? organisation.gwpValueSet
        guard let table = state.gwpTables[set] else {
            throw refusal(
                .factorMissing, "the book has no GWP table of \(set.rawValue)",
                "run 'tonne factors load'")
        }
        let input = StatementInput(
            organisation: organisation, period: period, gwpTable: table,
            ledger: try ledger(period, organisation),
            disclosures: try disclosures(state, organisation, period),
            provenance: StatementInput.Provenance(
                origin: state.genesis?.origin ?? "", bookSize: state.head.size,
                root: state.head.root.hexadecimal, program: ProgramVersion.text,
                drawnUp: book.clock().utcDate))
        do {
            return try Statement(input)
        } catch {
            throw Refusal(error.diagnostic)
        }
    }

    private func ledger(
        _ period: ReportingPeriod, _ organisation: Organisation
    ) throws(Refusal) -> StatementInput.Ledger {
        let movement = try balance(period)
        let facilities = Set(organisation.facilities.map(\.id))
            .union(movement.balances.keys.map(\.facility))
        return StatementInput.Ledger(
            movement: movement, opening: try balance(before(period)),
            stockMovements: try StockMovements.movements(of: facilities, in: period, book))
    }

    private func before(_ period: ReportingPeriod) throws(Refusal) -> ReportingPeriod {
        guard let first = CivilDate(year: 1_900, month: 1, day: 1),
            let span = ReportingPeriod(start: first, end: period.start)
        else {
            throw refusal(.dateInvalid, "no time lies before \(period)", "choose a later period")
        }
        return span
    }

    private func balance(_ period: ReportingPeriod) throws(Refusal) -> TrialBalance {
        try book.asking { () throws(LedgerStoreError) in
            try book.store.trialBalance(in: period)
        }
    }

    private func disclosures(
        _ state: BookState, _ organisation: Organisation, _ period: ReportingPeriod
    ) throws(Refusal) -> StatementInput.Disclosures {
        StatementInput.Disclosures(
            factorsUsed: try FactorUses.uses(in: period, of: book, organisation),
            documents: state.documents.map { document in
                let erasure = state.erasures[document.home].map {
                    ", erased by record \($0.number): \($0.value.basis)"
                }
                return DocumentUse(
                    name: document.name, digest: document.digest.hexadecimal,
                    outcome: document.outcome + (erasure ?? ""))
            }, waitingLines: state.reviewItems.count,
            control: try PeriodDisclosure(book, period).control)
    }

    private func refusal(_ code: DiagnosticCode, _ message: String, _ hint: String) -> Refusal {
        Refusal(
            Diagnostic(
                code, severity: .error, at: SourceLocation(file: book.path), message, hint: hint))
    }
}
