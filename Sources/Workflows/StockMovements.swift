internal import AuditTrail
package import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities
package import Reporting

/// What changed the embodied stock in a period, told from the entries: a balance alone cannot say
/// whether a credit amortised a good or took its acquisition back.
package enum StockMovements {
    /// In the order of the entries.
    package static func movements(
        of facilities: Set<FacilityID>, in period: ReportingPeriod, _ book: Book
    ) throws(Refusal) -> [StockMovement] {
        var entries: [RecordNumber: JournalEntry] = [:]
        for facility in facilities {
            let selection = EntrySelection(
                period: period, accountPrefix: "object:\(facility):stock")
            for booked in try book.entries(selection) { entries[booked.number] = booked.entry }
        }
        let reversed = Set(entries.values.compactMap { $0.reversal?.entry })
        let origins = try book.records(reversed)
        return entries.sorted { $0.key < $1.key }.flatMap { _, entry in
            var rule = entry.calculation?.rule
            if let reversal = entry.reversal, let origin = origins[reversal.entry],
                case .journal(let reversed) = origin.body
            {
                rule = reversed.calculation?.rule
            }
            return movements(of: entry, rule: rule)
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
