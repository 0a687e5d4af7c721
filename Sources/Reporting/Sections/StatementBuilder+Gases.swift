internal import Inventory
internal import LedgerCore
internal import Quantities

/// Emissions gas by gas, in tonnes of the gas and as CO2e.
extension StatementBuilder {
    mutating func gasesSection() throws(StatementError) -> StatementSection {
        var blocks: [StatementBlock] = [.table(try gasTable())]
        blocks += [.paragraph(absentGases)]
        if let scope1 = try scope1Table() { blocks.append(.table(scope1)) }
        if let outside = try outsideTable() {
            blocks.append(.table(outside))
            blocks.append(
                .paragraph(
                    "Biogenic CO2 and gases outside the Kyoto basket are stated in tonnes of the"
                        + " gas. They are in no scope and in no total."))
        }
        if let equivalents = try equivalentsTable() {
            blocks.append(.table(equivalents))
            blocks.append(
                .paragraph(
                    "Where a source states CO2e and names no gas, the amount cannot be revalued:"
                        + " it stands as published, also in a statement under another GWP set."))
        }
        return StatementSection(id: "gases", title: "Emissions by gas", blocks: blocks)
    }

    private func substances(_ accounts: [String]) -> [Substance] {
        let query = AccountQuery(
            .credit, of: accounts, bases: [.common, .location, .market])
        return period.commodities(query).compactMap(\.substance).sorted(by: Substance.inOrder)
    }

    private mutating func gasTable() throws(StatementError) -> StatementTable {
        let accounts = EmissionSource.Scope.inventoryAccounts
        var rows: [StatementTable.Row] = []
        for substance in substances(accounts) {
            var cells: [StatementTable.Cell] = []
            for (suffix, bases) in [("LB", Self.location), ("MB", Self.market)] {
                let query = AccountQuery(
                    .credit, of: accounts, bases: bases, selection: .substance(substance))
                cells += try massAndValue(
                    "GAS_\(Figure.name(substance.description))_\(suffix)", substance, query,
                    "All scopes, \(suffix == "LB" ? "location" : "market")-based.")
            }
            rows.append(.init(substance.title, .plain, cells))
        }
        rows.append(
            .init("Total", .total, [.empty, cell("TOT_LB"), .empty, cell("TOT_MB")]))
        return StatementTable(
            "Emissions within the scopes by gas",
            [
                .init("Gas", .text), .init("t of gas, location"), .init("t CO2e, location"),
                .init("t of gas, market"), .init("t CO2e, market"),
            ], rows)
    }

    private mutating func scope1Table() throws(StatementError) -> StatementTable? {
        let accounts = [EmissionSource.Scope.one.accountPrefix]
        var rows: [StatementTable.Row] = []
        for substance in substances(accounts) {
            let query = AccountQuery(
                .credit, of: accounts, bases: [.common], selection: .substance(substance))
            let cells = try massAndValue(
                "S1_\(Figure.name(substance.description))", substance, query, "Scope 1.")
            rows.append(.init(substance.title, .plain, cells))
        }
        guard !rows.isEmpty else { return nil }
        rows.append(.init("Scope 1", .total, [.empty, cell("S1")]))
        return StatementTable(
            "Direct emissions (scope 1) by gas",
            [.init("Gas", .text), .init("t of gas"), .init("t CO2e")], rows)
    }

    /// The mass of a gas and its value; CO2e that names no gas has a value alone.
    private mutating func massAndValue(
        _ id: Figure.ID, _ substance: Substance, _ query: AccountQuery, _ words: String
    ) throws(StatementError) -> [StatementTable.Cell] {
        let mass: StatementTable.Cell
        switch substance {
        case .carbonDioxideEquivalent: mass = .empty
        case .gas(let gas):
            mass = try add(
                FigureDraft(
                    "\(id)_MASS", "\(substance.title), mass", "\(words) Mass of the gas.",
                    measure: .gas(gas), query))
        }
        let set = input.gwpTable.set.rawValue
        let value = try add(
            FigureDraft(
                id, substance.title, "\(words) Valued by the GWP set \(set), 100 years.", query))
        return [mass, value]
    }

    private mutating func outsideTable() throws(StatementError) -> StatementTable? {
        var rows: [StatementTable.Row] = []
        for source in EmissionSource.allCases where source.scope == .outside {
            let account = Account.source(source).name
            let all = [Basis.common, .location, .market]
            let gases = Set(
                period.lines.filter { $0.key.account.isWithin(account) }
                    .filter { all.contains($0.key.basis) }.compactMap(\.key.commodity.substance))
            for substance in gases.sorted(by: Substance.inOrder) {
                guard case .gas(let gas) = substance else { continue }
                var cells: [StatementTable.Cell] = []
                for (suffix, bases) in [("LB", Self.location), ("MB", Self.market)] {
                    let query = AccountQuery(
                        .credit, of: [account], bases: bases, selection: .substance(substance))
                    let draft = FigureDraft(
                        "OUT_\(Figure.name(substance.description))_\(suffix)", source.title,
                        "\(source.title), outside the scopes; mass of the gas.",
                        measure: .gas(gas), query)
                    cells.append(try add(draft))
                }
                rows.append(.init(gas.name, .plain, cells))
            }
        }
        guard !rows.isEmpty else { return nil }
        return StatementTable(
            "Outside the scopes",
            [.init("Gas", .text), .init("t of gas, location"), .init("t of gas, market")], rows)
    }

    private var absentGases: String {
        let booked = Set(
            substances(EmissionSource.Scope.inventoryAccounts).compactMap(\.family))
        let kyoto = Gas.Family.allCases.filter { family in
            switch family {
            case .carbonDioxide, .methane, .nitrousOxide, .hydrofluorocarbons,
                .perfluorocarbons, .sulphurHexafluoride, .nitrogenTrifluoride:
                true
            case .biogenicCarbonDioxide, .outsideKyoto: false
            }
        }
        let absent = kyoto.filter { !booked.contains($0) }.map(\.rawValue)
        return absent.isEmpty
            ? "Each family of the Kyoto basket has been booked."
            : "Nothing was booked as \(absent.joined(separator: ", "))."
    }
}

/// CO2e that names no gas.
extension StatementBuilder {
    private mutating func equivalentsTable() throws(StatementError) -> StatementTable? {
        let accounts = EmissionSource.Scope.inventoryAccounts
        let set = input.gwpTable.set
        let any = AccountQuery(
            .credit, of: accounts, bases: [.common, .location, .market],
            selection: .equivalents(exceptSet: nil))
        guard !period.lines(of: any).isEmpty else { return nil }
        var rows: [StatementTable.Row] = []
        for (id, title, except) in [
            ("CO2E_ONLY", "CO2e that names no gas", nil),
            ("CO2E_OTHER_SET", "of which under a GWP set other than \(set.rawValue)", set),
        ] as [(String, String, GWPValueSet?)] {
            var cells: [StatementTable.Cell] = []
            for (suffix, bases) in [("LB", Self.location), ("MB", Self.market)] {
                let query = AccountQuery(
                    .credit, of: accounts, bases: bases,
                    selection: .equivalents(exceptSet: except))
                let amount = try add(
                    FigureDraft(
                        "\(id)_\(suffix)", title, "\(title), as its sources publish it.", query))
                let share = try percentage(
                    of: figure("\(id)_\(suffix)").value, in: figure("TOT_\(suffix)").value)
                let draft = FigureDraft(
                    "\(id)_\(suffix)_SHARE", "\(title), share of the total",
                    "\(title), in percent of TOT_\(suffix).", measure: .percentage, query)
                cells += [amount, try add(draft, value: share)]
            }
            rows.append(.init(title, except == nil ? .plain : .detail, cells))
        }
        return StatementTable(
            "CO2e that cannot be revalued",
            [
                .init("Amount", .text), .init("t CO2e, location"), .init("% of total"),
                .init("t CO2e, market"), .init("% of total"),
            ], rows)
    }

    private func percentage(
        of part: ExactDecimal, in whole: ExactDecimal
    ) throws(StatementError) -> ExactDecimal {
        if whole.isZero { return .zero }
        do throws(QuantityError) {
            let ratio = try Ratio(part).divided(by: Ratio(whole)).multiplied(by: Ratio(100))
            return try ratio.rounded(toDecimals: 1, .halfEven)
        } catch {
            throw .arithmetic(error)
        }
    }
}

extension Commodity {
    /// The substance of an emission; `nil` for a physical commodity.
    var substance: Substance? {
        switch self {
        case .emission(let substance): substance
        case .physical: nil
        }
    }
}

extension Substance {
    var title: String {
        switch self {
        case .gas(let gas): gas.name
        case .carbonDioxideEquivalent(let set): "CO2e (\(set.rawValue)), gas not named"
        }
    }

    var family: Gas.Family? {
        switch self {
        case .gas(let gas): gas.family
        case .carbonDioxideEquivalent: nil
        }
    }

    /// Families in the order of the GHG Protocol, then names; CO2e last.
    static func inOrder(_ left: Substance, _ right: Substance) -> Bool {
        let order = [left, right].map { substance in
            substance.family.flatMap { Gas.Family.allCases.firstIndex(of: $0) } ?? Int.max
        }
        return (order[0], left.description) < (order[1], right.description)
    }
}
