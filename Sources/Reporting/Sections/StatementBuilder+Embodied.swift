internal import Inventory
internal import LedgerCore
internal import Quantities

/// Embodied carbon held in assets: a memo, in no total.
extension StatementBuilder {
    /// The columns of the roll-forward: name of the figure, heading, kind of movement.
    private static let steps: [(id: String, title: String, kind: StockMovement.Kind)] = [
        ("ADD", "Acquired", .acquired), ("AMORT", "Amortised", .amortised),
        ("WRITTEN_OFF", "Written off", .writtenOff), ("TRANSFER", "Transferred", .transferred),
    ]

    /// The value of the movements of one kind that a condition selects, as consolidated.
    func moved(
        _ kind: StockMovement.Kind, where isSelected: (StockMovement) -> Bool
    ) throws(StatementError) -> ExactDecimal {
        var values: [ExactDecimal] = []
        for movement in input.ledger.stockMovements
        where movement.kind == kind && isSelected(movement) {
            let value = try valuation.exactValue(movement.substance, movement.milligrams)
            let share = input.organisation.consolidatedShare(of: movement.facility)
            do throws(QuantityError) {
                values.append(try value.multiplied(by: share))
            } catch {
                throw .arithmetic(error)
            }
        }
        return try exactly(values)
    }

    private var stockAccounts: [String] { facilities.map { "object:\($0):stock" } }

    /// `EMB_ADD`; the table of modules needs it before the roll-forward does.
    mutating func embodiedAcquired() throws(StatementError) -> StatementTable.Cell {
        let query = AccountQuery(.debit, of: stockAccounts, bases: [.common])
        return try step(0, "EMB", "all assets", query) { _ in true }
    }

    private mutating func step(
        _ index: Int, _ prefix: String, _ words: String, _ stocks: AccountQuery,
        where isSelected: (StockMovement) -> Bool
    ) throws(StatementError) -> StatementTable.Cell {
        let step = Self.steps[index]
        let other = facilities.map { "object:\($0)" }
        let beside: [String] =
            switch step.kind {
            case .acquired: [Account.Root.source.rawValue]
            case .amortised: other.map { $0 + ":use" }
            case .writtenOff: other.map { $0 + ":written-off" }
            case .transferred: [Account.Root.transfer.rawValue]
            }
        let sign: AccountQuery.Sign = step.kind == .acquired ? .debit : .credit
        let query = AccountQuery(sign, of: stocks.accounts, bases: [.common])
            .at(stocks.facility).beside(beside)
        let draft = FigureDraft(
            "\(prefix)_\(step.id)", "\(step.title), \(words)",
            "Embodied emissions \(step.title.lowercasedFirst) in the period, \(words). A memo,"
                + " in no total.", query)
        return try add(draft, value: moved(step.kind, where: isSelected))
    }

    mutating func embodiedSection() throws(StatementError) -> StatementSection? {
        let assets = stockAssets
        guard !assets.isEmpty else { return nil }
        var rows: [StatementTable.Row] = []
        for asset in assets {
            let facility = FacilityID(unchecked: asset.facility)
            let accounts = stockComponents.filter { $0.isOf(asset) }.map(\.account)
            let query = AccountQuery(.debit, of: accounts, bases: [.common]).at(facility)
            let prefix = "EMB_\(Figure.name(asset.facility))_\(Figure.name(asset.name))"
            let words = "\(facilityName(facility)), \(asset.name)"
            let cells = try rollForward(prefix, words, query) { movement in
                movement.facility == facility && movement.asset == asset.name
            }
            rows.append(.init(words, .plain, cells))
        }
        let all = AccountQuery(.debit, of: stockAccounts, bases: [.common])
        rows.append(
            .init("All assets", .total, try rollForward("EMB", "all assets", all) { _ in true }))
        checkStocks()
        let table = StatementTable(
            "Embodied carbon in stock, t CO2e",
            [.init("Asset", .text), .init("Opening")] + Self.steps.map { .init($0.title) }
                + [.init("Closing")], rows)
        return StatementSection(
            id: "embodied", title: "Embodied carbon in stock (memo)",
            blocks: [
                .paragraph(
                    "Acquisitions are in scope 3 whole, in the period of acquisition. This memo"
                        + " follows what assets hold: opening + acquired − amortised − written"
                        + " off − transferred = closing. It is in no total."),
                .chart(waterfall), .table(table),
            ])
    }

    private mutating func rollForward(
        _ prefix: String, _ words: String, _ stocks: AccountQuery,
        where isSelected: (StockMovement) -> Bool
    ) throws(StatementError) -> [StatementTable.Cell] {
        let opening = FigureDraft(
            "\(prefix)_OPEN", "Opening stock, \(words)",
            "Embodied emissions held at the start of the period, \(words). A memo, in no total.",
            stocks.during(.before))
        var cells = [try add(opening)]
        for index in Self.steps.indices {
            let known = cell("\(prefix)_\(Self.steps[index].id)")
            cells.append(
                known == .empty
                    ? try step(index, prefix, words, stocks, where: isSelected) : known)
        }
        let closing = FigureDraft(
            "\(prefix)_CLOSE", "Closing stock, \(words)",
            "Embodied emissions held at the end of the period, \(words). A memo, in no total.",
            stocks.during(.untilEnd))
        return cells + [try add(closing)]
    }

    private var waterfall: StatementChart {
        let bars: [(String, String, StatementChart.Bar.Role)] = [
            ("Opening", "OPEN", .level), ("Acquired", "ADD", .increase),
            ("Amortised", "AMORT", .decrease), ("Written off", "WRITTEN_OFF", .decrease),
            ("Transferred", "TRANSFER", .decrease), ("Closing", "CLOSE", .level),
        ]
        return StatementChart(
            id: "chart-embodied", title: "Embodied carbon from opening to closing stock",
            description: "Opening stock, what was added and taken away in the period, and closing"
                + " stock; the last row of the table beside it holds the same figures.",
            kind: .waterfall,
            bars: bars.map { label, id, role in
                let value = figure("EMB_\(id)")
                return .init(label: label, role: role, value: value, segments: [value])
            })
    }
}

/// Components with a stock, and the identity between movements and accounts.
extension StatementBuilder {
    struct StockAsset: Hashable, Comparable {
        let facility: String
        let name: String

        static func < (left: StockAsset, right: StockAsset) -> Bool {
            (left.facility, left.name) < (right.facility, right.name)
        }
    }

    struct StockComponent: Hashable, Comparable {
        let facility: String
        let module: String
        let asset: String
        let component: String

        var account: String { "object:\(facility):stock:\(module):\(asset):\(component)" }

        func isOf(_ other: StockAsset) -> Bool {
            facility == other.facility && asset == other.name
        }

        static func < (left: StockComponent, right: StockComponent) -> Bool {
            left.account < right.account
        }
    }

    var stockComponents: [StockComponent] {
        let moved = input.ledger.stockMovements.map { movement in
            StockComponent(
                facility: movement.facility.rawValue, module: movement.module,
                asset: movement.asset, component: movement.component)
        }
        let held = (untilEnd.lines + opening.lines).compactMap { line -> StockComponent? in
            let segments = line.key.account.segments.map(String.init)
            guard line.key.account.isObject("stock"), segments.count == 6 else { return nil }
            return StockComponent(
                facility: segments[1], module: segments[3], asset: segments[4],
                component: segments[5])
        }
        return Set(moved + held).sorted()
    }

    private var stockAssets: [StockAsset] {
        Set(stockComponents.map { StockAsset(facility: $0.facility, name: $0.asset) }).sorted()
    }

    private mutating func checkStocks() {
        var differences: [String: [ExactDecimal]] = [:]
        for (key, amount) in input.ledger.movement.balances
        where key.account.isObject("stock") {
            guard let substance = key.commodity.substance else { continue }
            differences["\(key.account) \(substance)", default: []].append(amount)
        }
        for movement in input.ledger.stockMovements {
            let account =
                "object:\(movement.facility):stock:\(movement.module):\(movement.asset):"
                + movement.component
            let amount =
                movement.kind == .acquired ? movement.milligrams.negated : movement.milligrams
            differences["\(account) \(movement.substance)", default: []].append(amount)
        }
        let open = differences.filter { entry in
            do { return try !exactly(entry.value).isZero } catch { return true }
        }.keys.sorted()
        checks.append(
            StatementCheck(
                title: "Opening stock + acquired − amortised − written off − transferred ="
                    + " closing stock",
                passed: open.isEmpty,
                detail: open.first.map { "differs at \($0)" }
                    ?? "to the milligram, for each component and gas"))
    }
}
