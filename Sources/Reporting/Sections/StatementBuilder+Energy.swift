internal import Inventory
internal import LedgerCore
internal import Quantities

/// The physical quantities behind the emissions: what meters and bills say was used.
extension StatementBuilder {
    private struct Use: Hashable, Comparable {
        let carrier: String
        let role: String
        let commodity: Commodity

        static func < (left: Use, right: Use) -> Bool {
            (left.carrier, left.role, left.commodity) < (right.carrier, right.role, right.commodity)
        }
    }

    mutating func energySection() throws(StatementError) -> StatementSection? {
        let uses = metered
        guard !uses.isEmpty else { return nil }
        var rows: [StatementTable.Row] = []
        for use in uses {
            guard case .physical(let unit, _) = use.commodity else { continue }
            let query = AccountQuery(
                .debit, of: ["physical:use:\(use.carrier):\(use.role)"], bases: [.common],
                selection: .commodity(use.commodity))
            let draft = FigureDraft(
                "USE_"
                    + [use.carrier, use.role, unit.symbol].map(Figure.name)
                    .joined(separator: "_"),
                "\(use.carrier), \(use.role)",
                "Quantity of \(use.carrier) used (\(use.role)), as metered or billed.",
                measure: .quantity(unit), query)
            rows.append(
                .init(
                    use.carrier, .plain,
                    [.text(use.role), try add(draft), .text(draft.measure.displaySymbol)]))
        }
        if let total = try totalRow(uses) { rows.append(total) }
        let table = StatementTable(
            "Carriers used",
            [
                .init("Carrier", .text), .init("Used for", .text), .init("Quantity"),
                .init("Unit", .text),
            ], rows)
        return StatementSection(
            id: "energy", title: "Energy and carriers used",
            blocks: [
                .table(table),
                .paragraph(
                    "Fuels metered by volume or mass stand in their own unit: no heating value is"
                        + " assumed, and the energy total leaves them out."),
            ])
    }

    private mutating func totalRow(_ uses: [Use]) throws(StatementError) -> StatementTable.Row? {
        let selection = AccountQuery.Selection.energy
        let energies = uses.filter { selection.contains($0.commodity) }
        guard !energies.isEmpty else { return nil }
        let accounts = Set(energies.map { "physical:use:\($0.carrier):\($0.role)" }).sorted()
        let draft = FigureDraft(
            "ENERGY", "Energy used",
            "All use metered in a unit of energy; fuels metered by volume or mass are not in it.",
            measure: .quantity(.kilowattHour),
            AccountQuery(.debit, of: accounts, bases: [.common], selection: selection))
        return .init("Energy", .total, [.empty, try add(draft), .text("MWh")])
    }

    /// Uses by `physical:use:<carrier>:<role>`; goods and services bought are no carriers.
    private var metered: [Use] {
        let uses = period.lines.compactMap { line -> Use? in
            let segments = line.key.account.segments.map(String.init)
            guard line.key.account.isWithin("physical:use"), segments.count == 4,
                segments[3] != "expense"
            else { return nil }
            return Use(carrier: segments[2], role: segments[3], commodity: line.key.commodity)
        }
        return Set(uses).sorted()
    }
}
