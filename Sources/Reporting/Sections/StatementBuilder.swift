internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities

/// Computes figures one after the other and arranges them into sections.
struct StatementBuilder {
    let input: StatementInput
    let valuation: Valuation
    /// Turnover of the period, with shares of ownership.
    let period: StatementLedger
    let opening: StatementLedger
    let untilEnd: StatementLedger
    let comparison: StatementLedger?
    /// Turnover of the period as booked.
    let booked: StatementLedger
    let unresolved: [UnresolvedActivity]
    /// Whether scope 3 holds statements of providers by both methods. Each facility asks.
    let isScope3Twin: Bool
    var figures: [Figure] = []
    var byID: [Figure.ID: Figure] = [:]
    var checks: [StatementCheck] = []

    static let location: [Basis] = [.common, .location]
    static let market: [Basis] = [.common, .market]

    init(_ input: StatementInput) throws(StatementError) {
        let organisation = input.organisation
        let share = { (facility: FacilityID) in organisation.consolidatedShare(of: facility) }
        self.input = input
        valuation = Valuation(table: input.gwpTable)
        period = try StatementLedger([input.ledger.movement], share: share)
        opening = try StatementLedger([input.ledger.opening], share: share)
        untilEnd = try StatementLedger(
            [input.ledger.opening, input.ledger.movement], share: share)
        comparison =
            if let earlier = input.ledger.comparison {
                try StatementLedger([earlier], share: share)
            } else { nil }
        booked = try StatementLedger([input.ledger.movement], share: { _ in .one })
        unresolved = booked.lines.compactMap(UnresolvedActivity.init)
        isScope3Twin = Self.isTwin(
            [EmissionSource.Scope.three.accountPrefix], in: period, comparison)
        try Self.checkBases(booked)
    }

    private static func checkBases(_ ledger: StatementLedger) throws(StatementError) {
        for line in ledger.lines {
            // A provider states the electricity behind its services by both methods.
            let isSingle =
                line.key.account.isWithin("source:scope1")
                || line.key.account.isWithin("source:scope3")
                    && line.key.account != .source(.purchasedGoods)
            switch line.key.basis {
            case .common, .scenario: continue
            case .location, .market:
                if isSingle { throw .basisOutsideScope2(line.key.account, line.key.basis) }
            }
        }
    }

    mutating func sections() throws(StatementError) -> [StatementSection] {
        let emissions = try emissionsSection()
        let gases = try gasesSection()
        let facilities = try facilitiesSection()
        let modules = try modulesSection()
        let energy = try energySection()
        let certificates = try certificatesSection()
        let embodied = try embodiedSection()
        let reconciliation = try reconciliationSection()
        let factors = try factorsSection()
        return [
            emissions, gases, facilities, modules, energy, certificates, embodied, reconciliation,
            factors,
            basisOfPreparation(), controlSection(), evidence(),
        ].compactMap(\.self)
    }

    /// Computes a figure from its query and adds it to the set.
    mutating func add(
        _ draft: FigureDraft
    ) throws(StatementError) -> StatementTable.Cell {
        precondition(draft.query.beside.isEmpty, "A trial balance cannot tell entries apart.")
        let ledger =
            switch draft.query.span {
            case .period: period
            case .before: opening
            case .untilEnd: untilEnd
            case .comparison: comparison ?? period
            }
        let value =
            switch (draft.measure, draft.query.selection) {
            case (.carbonDioxideEquivalent, _):
                try ledger.carbonDioxideEquivalent(draft.query, valuation)
            case (.ledgerMass, _): try booked.amount(draft.query)
            case (.quantity, .energy): try ledger.kilowattHours(draft.query)
            case (.quantity, _), (.gas, _), (.percentage, _): try ledger.amount(draft.query)
            }
        return try add(draft, value: value)
    }

    /// Adds a figure whose value needs more than the balances of its query.
    mutating func add(
        _ draft: FigureDraft, value: ExactDecimal
    ) throws(StatementError) -> StatementTable.Cell {
        precondition(byID[draft.id] == nil, "A figure stands in the set once.")
        let displayed: ExactDecimal
        do {
            displayed = try draft.measure.displayed(value)
        } catch {
            throw .arithmetic(error)
        }
        let isOpen =
            !draft.isAsBooked && unresolved.contains { $0.mayBelong(to: draft.query) }
        let figure = Figure(
            id: draft.id, label: draft.label, definition: draft.definition,
            measure: draft.measure, query: draft.query, value: value, displayed: displayed,
            status: isOpen ? .incomplete : .complete)
        figures.append(figure)
        byID[figure.id] = figure
        return .figure(figure)
    }

    /// A figure of the set shown once more.
    func cell(_ id: Figure.ID) -> StatementTable.Cell { byID[id].map { .figure($0) } ?? .empty }

    func figure(_ id: Figure.ID) -> Figure {
        guard let figure = byID[id] else {
            preconditionFailure("The figure \(id) is computed before it is shown.")
        }
        return figure
    }

    /// Facilities in the order of the organisation, then any other that has a balance.
    var facilities: [FacilityID] {
        let named = input.organisation.facilities.map(\.id)
        return named + untilEnd.facilities().filter { !named.contains($0) }
    }

    func facilityName(_ id: FacilityID) -> String {
        input.organisation.facility(id)?.name ?? id.rawValue
    }
}

extension Organisation {
    /// The part of a facility in the inventory: its ownership share under the equity share
    /// approach, else the whole (GHG Protocol Corporate Standard, chapter 3).
    func consolidatedShare(of id: FacilityID) -> ExactDecimal {
        switch consolidationApproach {
        case .equityShare: facility(id)?.ownershipShare ?? .one
        case .operationalControl, .financialControl: .one
        }
    }
}
