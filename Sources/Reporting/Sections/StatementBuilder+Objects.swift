internal import Inventory
internal import LedgerCore
internal import Quantities

/// Where emissions arose, what they were spent on, and the energy behind them.
extension StatementBuilder {
    mutating func facilitiesSection() throws(StatementError) -> StatementSection {
        var rows: [StatementTable.Row] = []
        var bars: [StatementChart.Bar] = []
        for id in facilities {
            let name = "FAC_\(Figure.name(id.rawValue))"
            let title = facilityName(id)
            let cells = try facilityCells(name, title, id)
            rows.append(.init(title, .plain, cells))
            bars += ["LB", "MB"].map { suffix in
                StatementChart.Bar(
                    label: "\(title), \(suffix == "LB" ? "location" : "market")", role: .level,
                    value: figure("\(name)_\(suffix)"),
                    segments: ["S1", "S2_\(suffix)", scope3(suffix)].map {
                        figure("\(name)_\($0)")
                    })
            }
        }
        rows.append(
            .init(
                "Total", .total,
                (["S1", "S2_LB", "S2_MB"] + scope3IDs + ["TOT_LB", "TOT_MB"]).map { cell($0) }))
        let table = StatementTable(
            "Emissions by facility, t CO2e",
            [
                .init("Facility", .text), .init("Scope 1"), .init("Scope 2 location"),
                .init("Scope 2 market"),
            ]
                + (isScope3Twin
                    ? [.init("Scope 3 location"), .init("Scope 3 market")] : [.init("Scope 3")])
                + [.init("Total location"), .init("Total market")], rows)
        let chart = StatementChart(
            id: "chart-facilities", title: "Emissions by facility and scope",
            description: "Two bars a facility, location-based and market-based, each divided into"
                + " the three scopes; the table beside it holds the same figures.",
            kind: .stacked(series: ["Scope 1", "Scope 2", "Scope 3"]), bars: bars)
        var blocks: [StatementBlock] = bars.isEmpty ? [] : [.chart(chart)]
        blocks.append(.table(table))
        if input.organisation.consolidationApproach == .equityShare {
            blocks.append(
                .facts(
                    input.organisation.facilities.map { facility in
                        StatementFact(facility.name, "ownership share \(facility.ownershipShare)")
                    }))
        }
        return StatementSection(id: "facilities", title: "Emissions by facility", blocks: blocks)
    }

    private mutating func facilityCells(
        _ name: Figure.ID, _ title: String, _ id: FacilityID
    ) throws(StatementError) -> [StatementTable.Cell] {
        let scopes = EmissionSource.Scope.inventoryAccounts
        let lines: [(String, String, [String], [Basis])] = [
            ("S1", "scope 1", [scopes[0]], [.common]),
            ("S2_LB", "scope 2, location-based", [scopes[1]], Self.location),
            ("S2_MB", "scope 2, market-based", [scopes[1]], Self.market),
        ]
        let scope3: [(String, String, [String], [Basis])] =
            isScope3Twin
            ? [
                ("S3_LB", "scope 3, location-based", [scopes[2]], Self.location),
                ("S3_MB", "scope 3, market-based", [scopes[2]], Self.market),
            ] : [("S3", "scope 3", [scopes[2]], [.common])]
        let totals: [(String, String, [String], [Basis])] = [
            ("LB", "total, location-based", scopes, Self.location),
            ("MB", "total, market-based", scopes, Self.market),
        ]
        var cells: [StatementTable.Cell] = []
        for (suffix, words, accounts, bases) in lines + scope3 + totals {
            let query = AccountQuery(.credit, of: accounts, bases: bases).at(id)
            let draft = FigureDraft(
                "\(name)_\(suffix)", "\(title), \(words)", "\(title): \(words).", query)
            cells.append(try add(draft))
        }
        return cells
    }

    private var scope3IDs: [Figure.ID] { isScope3Twin ? ["S3_LB", "S3_MB"] : ["S3"] }

    mutating func modulesSection() throws(StatementError) -> StatementSection {
        var rows: [StatementTable.Row] = []
        for module in bookedModules {
            let title = LifeCycleModule(rawValue: module).map { "\(module) \($0.words)" } ?? module
            let name = "MOD_\(Figure.name(module))"
            let accounts = facilities.flatMap { id in
                ["object:\(id):stock:\(module)", "object:\(id):use:\(module)"]
            }
            let stocks = accounts.filter { $0.contains(":stock:") }
            let acquired = try moved(.acquired) { $0.module == module }
            var cells: [StatementTable.Cell] = []
            for (suffix, words, bases) in [
                ("LB", "location-based", Self.location), ("MB", "market-based", Self.market),
            ] {
                let query = AccountQuery(.debit, of: accounts, bases: bases)
                let used = try usedUp(query)
                let draft = FigureDraft(
                    "\(name)_\(suffix)", "\(title), \(words)",
                    "Used up or taken into stock in module \(module), \(words); amortisation of"
                        + " earlier acquisitions is not in it.",
                    query.beside([Account.Root.source.rawValue]))
                cells.append(try add(draft, value: exactly([used, acquired])))
            }
            let stock = AccountQuery(.debit, of: stocks, bases: [.common])
            let draft = FigureDraft(
                "\(name)_STOCK", "\(title), taken into stock",
                "Embodied emissions of module \(module) acquired in the period.",
                stock.beside([Account.Root.source.rawValue]))
            cells.append(try add(draft, value: acquired))
            rows.append(.init(title, .plain, cells))
        }
        rows.append(
            .init(
                "Total", .total,
                [cell("TOT_LB"), cell("TOT_MB"), try embodiedAcquired()]))
        let table = StatementTable(
            "Emissions by life-cycle module, t CO2e",
            [
                .init("Module", .text), .init("Location-based"), .init("Market-based"),
                .init("of which into stock"),
            ], rows)
        return StatementSection(
            id: "modules", title: "Emissions by life-cycle module",
            blocks: [
                .paragraph(
                    "The same emissions read from the object side: what they were spent on, by"
                        + " the modules of EN 15978."), .table(table),
            ])
    }

    /// The modules with emissions within the scopes, in the order of the standard.
    private var bookedModules: [String] {
        let order = LifeCycleModule.allCases.map(\.rawValue)
        let modules = Set(
            period.lines.compactMap { line -> String? in
                let segments = line.key.account.segments
                guard line.key.account.root == .object, segments.count > 3,
                    segments[2] == "use" || segments[2] == "stock",
                    line.key.commodity.substance?.isWithinScopes == true,
                    !line.key.account.isAmortisation
                else { return nil }
                return String(segments[3])
            } + input.ledger.stockMovements.filter { $0.kind == .acquired }.map(\.module))
        return modules.sorted { left, right in
            (order.firstIndex(of: left) ?? .max, left) < (
                order.firstIndex(of: right) ?? .max, right
            )
        }
    }

    /// What a period used up under the query: neither stock nor amortisation of it.
    private func usedUp(_ query: AccountQuery) throws(StatementError) -> ExactDecimal {
        var values: [ExactDecimal] = []
        for line in period.lines(of: query) where line.key.account.isUse {
            guard let substance = line.key.commodity.substance else { continue }
            values.append(try valuation.exactValue(substance, line.amount))
        }
        return try exactly(values)
    }
}

extension Account {
    /// `object:<facility>:use:…`, without the amortisation of stocks.
    var isUse: Bool {
        let parts = segments
        return root == .object && parts.count > 3 && parts[2] == "use" && !isAmortisation
    }

    /// `object:<facility>:use:<module>:amortisation`
    var isAmortisation: Bool {
        let parts = segments
        return root == .object && parts.count > 4 && parts[2] == "use"
            && parts[4] == "amortisation"
    }

    /// `object:<facility>:<kind>:…`, such as `stock` or `written-off`.
    func isObject(_ kind: String) -> Bool {
        let parts = segments
        return root == .object && parts.count > 2 && parts[2] == kind
    }
}

extension LifeCycleModule {
    /// The name of the module in EN 15978.
    var words: String {
        switch self {
        case .a1ToA3: "product stage"
        case .a1: "raw material supply"
        case .a2: "transport to the manufacturer"
        case .a3: "manufacturing"
        case .a4: "transport to the site"
        case .a5: "construction and installation"
        case .b1: "use"
        case .b2: "maintenance"
        case .b3: "repair"
        case .b4: "replacement"
        case .b5: "refurbishment"
        case .b6: "operational energy"
        case .b7: "operational water"
        case .c1: "deconstruction"
        case .c2: "transport of waste"
        case .c3: "waste processing"
        case .c4: "disposal"
        case .d: "beyond the system boundary"
        }
    }
}
