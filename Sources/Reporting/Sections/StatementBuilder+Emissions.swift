internal import Inventory
internal import LedgerCore
internal import Quantities

/// The first page: totals by scope and category, and everything that limits them.
extension StatementBuilder {
    mutating func emissionsSection() throws(StatementError) -> StatementSection {
        var rows: [StatementTable.Row] = []
        rows += try scopeRows(.one, "Scope 1", "direct emissions")
        rows += try scopeRows(.two, "Scope 2", "purchased energy")
        rows += try scope3Rows()
        rows.append(
            .init(
                "Total", .total,
                try twins(
                    "TOT", "Total emissions",
                    "Scope 1, scope 2 and scope 3 together; biogenic CO2, amortisation and"
                        + " stocks are not in it.",
                    EmissionSource.Scope.inventoryAccounts)))
        if let difference = try roundingRow() { rows.append(difference) }
        var columns: [StatementTable.Column] = [
            .init("t CO2e", .text), .init("Location-based"), .init("Market-based"),
        ]
        if comparison != nil {
            columns += [.init("Comparison, location"), .init("Comparison, market")]
        }
        let table = StatementTable("Emissions by scope and category", columns, rows)
        var blocks: [StatementBlock] = [.table(table)]
        blocks += try limits()
        return StatementSection(id: "emissions", title: "Statement of emissions", blocks: blocks)
    }

    private mutating func scopeRows(
        _ scope: EmissionSource.Scope, _ title: String, _ words: String
    ) throws(StatementError) -> [StatementTable.Row] {
        let isTwin = scope == .two
        let id = "S\(scope.rawValue)"
        let definition = "\(title), \(words): every source booked in the scope."
        var rows = [
            StatementTable.Row(
                "\(title): \(words)", .subtotal,
                try isTwin
                    ? twins(id, title, definition, [scope.accountPrefix])
                    : single(id, title, definition, [scope.accountPrefix]))
        ]
        for source in EmissionSource.allCases where source.scope == scope && isShown([source]) {
            let account = Account.source(source).name
            let name = "\(id)_\(source.figureName)"
            let text = "\(title), \(source.title.lowercasedFirst)."
            rows.append(
                .init(
                    source.title, .detail,
                    try isTwin
                        ? twins(name, source.title, text, [account])
                        : single(name, source.title, text, [account])))
        }
        return rows
    }

    private mutating func scope3Rows() throws(StatementError) -> [StatementTable.Row] {
        let prefix = EmissionSource.Scope.three.accountPrefix
        var rows = [
            StatementTable.Row(
                "Scope 3: value chain", .subtotal,
                try singleOrTwins(
                    "S3", "Scope 3", "Scope 3, value chain: every category booked.", [prefix]))
        ]
        for category in 1...15 {
            let sources = EmissionSource.sources(ofCategory: category)
            guard isShown(sources) else { continue }
            let title = EmissionSource.categoryTitle(category)
            var text = "Scope 3, category \(title)."
            if category == 2 {
                text += " Cradle to gate, whole in the period of acquisition; never amortised."
            }
            let cells = try singleOrTwins(
                "S3_C\(category)", title, text, sources.map { Account.source($0).name })
            rows.append(.init(title, .detail, cells))
            guard sources.count > 1 else { continue }
            for source in sources where isShown([source]) {
                let cells = try single(
                    "S3_\(source.figureName)", source.title,
                    "Scope 3, part of category \(category): \(source.title.dropFirst(3)).",
                    [Account.source(source).name])
                rows.append(.init("of which \(source.title)", .detail, cells))
            }
        }
        return rows
    }

    private func isShown(_ sources: [EmissionSource]) -> Bool {
        let query = AccountQuery(
            .credit, of: sources.map { Account.source($0).name },
            bases: [.common, .location, .market])
        return period.holds(query) || comparison?.holds(query) == true
    }

    /// The figure of scope 3 in one total.
    func scope3(_ suffix: String) -> Figure.ID { isScope3Twin ? "S3_\(suffix)" : "S3" }

    private func isTwin(_ accounts: [String]) -> Bool {
        Self.isTwin(accounts, in: period, comparison)
    }

    /// Whether accounts hold statements by both methods, which are then shown side by side.
    static func isTwin(
        _ accounts: [String], in period: StatementLedger, _ comparison: StatementLedger?
    ) -> Bool {
        let query = AccountQuery(.credit, of: accounts, bases: [.location, .market])
        return period.holds(query) || comparison?.holds(query) == true
    }

    private mutating func singleOrTwins(
        _ id: Figure.ID, _ label: String, _ definition: String, _ accounts: [String]
    ) throws(StatementError) -> [StatementTable.Cell] {
        try isTwin(accounts)
            ? twins(id, label, definition, accounts) : single(id, label, definition, accounts)
    }

    /// One figure for both totals: the source stands in the basis `common` alone.
    private mutating func single(
        _ id: Figure.ID, _ label: String, _ definition: String, _ accounts: [String]
    ) throws(StatementError) -> [StatementTable.Cell] {
        let query = AccountQuery(.credit, of: accounts, bases: [.common])
        let cell = try add(FigureDraft(id, label, definition, query))
        guard comparison != nil else { return [cell, cell] }
        let earlier = try add(
            FigureDraft("\(id)_PRIOR", label, definition, query.during(.comparison)))
        return [cell, cell, earlier, earlier]
    }

    /// Two figures that are never added: location-based and market-based.
    private mutating func twins(
        _ id: Figure.ID, _ label: String, _ definition: String, _ accounts: [String]
    ) throws(StatementError) -> [StatementTable.Cell] {
        var cells: [StatementTable.Cell] = []
        for span in comparison == nil ? [.period] : [AccountQuery.Span.period, .comparison] {
            for (suffix, words, bases) in [
                ("LB", "location-based", Self.location), ("MB", "market-based", Self.market),
            ] {
                let query = AccountQuery(.credit, of: accounts, bases: bases).during(span)
                let draft = FigureDraft(
                    "\(id)_\(suffix)\(span == .comparison ? "_PRIOR" : "")",
                    "\(label), \(words)", "\(definition) By the \(words) method.", query)
                cells.append(try add(draft))
            }
        }
        return cells
    }

    /// What the displayed total differs by from the sum of the displayed scopes; `nil` for nothing.
    private mutating func roundingRow() throws(StatementError) -> StatementTable.Row? {
        var differences: [ExactDecimal] = []
        for suffix in ["LB", "MB"] {
            let parts = ["S1", "S2_\(suffix)", scope3(suffix)].map { figure($0).displayed }
            let sum = try exactly(parts)
            differences.append(try exactly([figure("TOT_\(suffix)").displayed, sum.negated]))
        }
        guard differences.contains(where: { !$0.isZero }) else { return nil }
        var cells: [StatementTable.Cell] = []
        for (suffix, tonnes) in zip(["LB", "MB"], differences) {
            let draft = FigureDraft(
                "ROUND_\(suffix)", "Rounding difference",
                "The displayed total less the sum of the displayed scopes; nothing is lost, each"
                    + " number is rounded on its own.", figure("TOT_\(suffix)").query,
                isAsBooked: true)
            let milligrams = ExactDecimal(mantissa: tonnes.mantissa, exponent: tonnes.exponent + 9)
            cells.append(try add(draft, value: milligrams))
        }
        if comparison != nil { cells += [.empty, .empty] }
        return .init("of which rounding difference", .detail, cells)
    }
}

/// What the totals leave out.
extension StatementBuilder {
    private mutating func limits() throws(StatementError) -> [StatementBlock] {
        var blocks = controlWarnings
        if !unresolved.isEmpty {
            blocks.append(
                .warning(
                    title: "Activities without a factor",
                    items: [
                        "No emission factor fits these activities. They are in no total; figures"
                            + " they may belong to are marked † and are incomplete."
                    ]))
            blocks.append(.table(try unresolvedTable()))
        }
        if input.disclosures.waitingLines > 0 {
            let count = input.disclosures.waitingLines
            blocks.append(
                .warning(
                    title: "Lines in the review",
                    items: [
                        "\(count) imported \(count == 1 ? "line waits" : "lines wait") for a"
                            + " decision and \(count == 1 ? "is" : "are") in no figure."
                    ]))
        }
        let silent = silentCategories
        if !silent.isEmpty {
            blocks.append(
                .warning(
                    title: "Scope 3 categories with nothing booked and no reason stated",
                    items: [silent.map(EmissionSource.categoryTitle).joined(separator: "; ")]))
        }
        if !input.organisation.exclusions.isEmpty {
            let rows = input.organisation.exclusions.map { exclusion in
                StatementTable.Row(
                    Int(exclusion.category).map(EmissionSource.categoryTitle)
                        ?? exclusion.category, .plain, [.text(exclusion.reason)])
            }
            blocks.append(
                .table(
                    StatementTable(
                        "Excluded categories of scope 3",
                        [.init("Category", .text), .init("Reason", .text)], rows)))
        }
        return blocks
    }

    private var silentCategories: [Int] {
        let excluded = input.organisation.exclusions.compactMap { Int($0.category) }
        return (1...15).filter { category in
            !excluded.contains(category) && byID["S3_C\(category)"] == nil
                && byID["S3_C\(category)_LB"] == nil
        }
    }

    private mutating func unresolvedTable() throws(StatementError) -> StatementTable {
        var rows: [StatementTable.Row] = []
        for item in unresolved {
            let account =
                "\(UnresolvedActivity.accountPrefix):\(item.role.rawValue):\(item.activity)"
            let unit = item.quantity.unit
            let query = AccountQuery(
                .debit, of: [account], bases: [item.basis],
                selection: .commodity(.physical(unit, of: item.substance))
            ).at(item.facility)
            let name = [
                "UNRESOLVED", item.facility.rawValue, item.role.rawValue, item.activity,
                item.substance ?? "", unit.symbol, item.basis.description,
            ].filter { !$0.isEmpty }.map(Figure.name).joined(separator: "_")
            let draft = FigureDraft(
                name, "\(item.activity), no factor",
                "Quantity of an activity for which no factor fits, as booked.",
                measure: .quantity(unit), query)
            let cell = try add(draft, value: item.quantity.amount)
            rows.append(
                .init(
                    item.activity, .plain,
                    [
                        .text(facilityName(item.facility)), .text(item.role.title), cell,
                        .text(draft.measure.displaySymbol),
                    ]))
        }
        return StatementTable(
            "Activities without a factor",
            [
                .init("Activity", .text), .init("Facility", .text), .init("Factor needed", .text),
                .init("Quantity"), .init("Unit", .text),
            ], rows)
    }
}

extension String {
    /// The text with a small first letter.
    var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
