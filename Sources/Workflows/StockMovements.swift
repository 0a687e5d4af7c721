package import Inventory
internal import LedgerCore
package import LedgerStore
internal import Quantification
internal import Quantities
package import Reporting

/// What changed the embodied stock in a period, told from the entries: a balance alone cannot say
/// whether a credit amortised a good or took its acquisition back.
package enum StockMovements {
    package static func movements(
        _ entries: [BookedEntry], in period: ReportingPeriod
    ) -> [StockMovement] {
        let byNumber = Dictionary(
            entries.map { ($0.number, $0.entry) }, uniquingKeysWith: { $1 })
        return entries.filter { period.contains($0.entry.effective) }.flatMap { booked in
            let origin = booked.entry.reversal.flatMap { byNumber[$0.entry] } ?? booked.entry
            return movements(of: booked.entry, rule: origin.calculation?.rule)
        }
    }

    private static func movements(of entry: JournalEntry, rule: String?) -> [StockMovement] {
        guard let kind = kind(of: rule) else { return [] }
        return entry.postings.compactMap { posting in
            guard case .emission(let substance) = posting.commodity,
                posting.account.root == .object, posting.account.segments.count == 6,
                posting.account.segments[2] == "stock"
            else { return nil }
            return StockMovement(
                kind, account: posting.account, substance: substance,
                milligrams: kind == .acquired ? posting.amount : posting.amount.negated)
        }
    }

    private static func kind(of rule: String?) -> StockMovement.Kind? {
        switch rule.flatMap(PostingRule.init) {
        case .factorProduct: .acquired
        case .straightLineMonthly: .amortised
        case .physicalFlow, .factorSeriesProduct, .unresolvedFactor, .refrigerantLoss,
            .statedEmission, .certificateCoverage, nil:
            nil
        }
    }
}
