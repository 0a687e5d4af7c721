internal import AuditTrail
internal import Hashing
package import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities
package import Reporting

/// Which factor versions the live entries of a period used, what they carry, and the organisation's
/// rule that chose them where one did.
package enum FactorUses {
    private static let rules: Set<String> = [
        PostingRule.factorProduct.rawValue, PostingRule.factorSeriesProduct.rawValue,
        PostingRule.refrigerantLoss.rawValue,
    ]

    /// - Returns: In the order of the factors' records.
    package static func uses(
        in period: ReportingPeriod, of book: Book, _ organisation: Organisation
    ) throws(Refusal) -> [FactorUse] {
        let turnovers = try book.asking { () throws(LedgerStoreError) in
            try book.store.factorTurnovers(rules, in: period)
        }
        let records = try book.records(Set(turnovers.map(\.factor)))
        let reasons = Dictionary(
            organisation.factorRules.map { ($0.factorKey, $0.reason) },
            uniquingKeysWith: { first, _ in first })
        var uses: [FactorUse] = []
        for turnover in turnovers {
            guard let record = records[turnover.factor],
                let cited = try CitedFactor(record, book)
            else { continue }
            var carried: [Substance: ExactDecimal] = [:]
            for case (.emission(let substance), let amount) in turnover.credited {
                carried[substance] = amount
            }
            uses.append(
                FactorUse(
                    factor: cited.factor, record: record.number, hash: cited.hash.hexadecimal,
                    carried: carried, entries: turnover.entries,
                    ruleReason: reasons[cited.factor.key]))
        }
        return uses
    }
}
