internal import Hashing
package import Inventory
internal import LedgerCore
package import LedgerStore
internal import Quantification
internal import Quantities
package import Reporting

/// Which factor versions the live entries of a period used, what they carry, and the organisation's
/// rule that chose them where one did.
package enum FactorUses {
    private struct Tally {
        var carried: [Substance: ExactDecimal] = [:]
        var entries = 0
        var reason: String?
    }

    private static let rules: Set<String> = [
        PostingRule.factorProduct.rawValue, PostingRule.factorSeriesProduct.rawValue,
        PostingRule.refrigerantLoss.rawValue,
    ]

    package static func uses(
        _ entries: [BookedEntry], _ state: BookState, _ organisation: Organisation
    ) -> [FactorUse] {
        let reversed = PostedEntries(entries).reversed
        var tallies: [RecordNumber: Tally] = [:]
        for booked in entries where !reversed.contains(booked.number) {
            guard let calculation = booked.entry.calculation,
                rules.contains(calculation.rule), let factor = calculation.factor
            else { continue }
            var tally = tallies[factor] ?? Tally()
            tally.entries += 1
            for posting in booked.entry.postings where posting.account.root == .source {
                guard case .emission(let substance) = posting.commodity else { continue }
                let sum = try? (tally.carried[substance] ?? .zero).subtracting(posting.amount)
                tally.carried[substance] = sum
            }
            tallies[factor] = tally
        }
        let reasons = Dictionary(
            organisation.factorRules.map { ($0.factorKey, $0.reason) },
            uniquingKeysWith: { first, _ in first })
        let compositions = state.compositions.values.sorted { $0.number < $1.number }
        let versions =
            (state.factors + compositions).map { ($0.number, $0.hash, $0.factor) }
            + state.factorSeries.map { ($0.number, $0.hash, $0.series.factor) }
        return versions.compactMap { number, hash, factor in
            tallies[number].map { tally in
                FactorUse(
                    factor: factor, record: number, hash: hash.hexadecimal,
                    carried: tally.carried, entries: tally.entries,
                    ruleReason: reasons[factor.key])
            }
        }
    }
}
