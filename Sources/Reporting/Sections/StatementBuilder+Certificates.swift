internal import Inventory
internal import LedgerCore
internal import Quantities

/// The energy attribute certificates behind the market-based total.
extension StatementBuilder {
    mutating func certificatesSection() throws(StatementError) -> StatementSection? {
        let account = "certificate:cancelled"
        let commodities = Set(
            period.lines.filter { $0.key.account.isWithin(account) }.map(\.key.commodity))
        guard !commodities.isEmpty else { return nil }
        var rows: [StatementTable.Row] = []
        for commodity in commodities.sorted() {
            guard case .physical(let unit, let name?) = commodity else { continue }
            let draft = FigureDraft(
                Figure.name(name), "Cancelled: \(name)",
                "Certificates cancelled for the electricity of the period.",
                measure: .quantity(unit),
                AccountQuery(
                    .debit, of: [account], bases: [.common], selection: .commodity(commodity)))
            rows.append(
                .init(name, .plain, [try add(draft), .text(draft.measure.displaySymbol)]))
        }
        return StatementSection(
            id: "certificates", title: "Energy attribute certificates",
            blocks: [
                .table(
                    StatementTable(
                        "Certificates cancelled",
                        [
                            .init("Country of production and technology", .text),
                            .init("Quantity"), .init("Unit", .text),
                        ], rows)),
                .paragraph(
                    "A certificate of generation that emits nothing covers electricity of its"
                        + " facility in the period of use it was cancelled for, the earliest first,"
                        + " and never more than was used; covered electricity carries no emissions"
                        + " in the market-based total. The location-based total does not know"
                        + " certificates. Those of another market, produced more than 12 months"
                        + " before their use, or of a technology that states no rate cover"
                        + " nothing."),
            ])
    }
}
