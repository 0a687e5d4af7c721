package import LedgerCore
package import Quantities

/// What entries that cite one factor record credit to source accounts.
package struct FactorTurnover: Hashable, Sendable {
    package let factor: RecordNumber
    package let entries: Int
    /// Positive for a credit.
    package let credited: [Commodity: ExactDecimal]

    package init(factor: RecordNumber, entries: Int, credited: [Commodity: ExactDecimal]) {
        self.factor = factor
        self.entries = entries
        self.credited = credited
    }
}

extension FactorTurnover {
    /// The fold over the entries of a period.
    ///
    /// - Returns: In the order of the factors' numbers.
    /// - Throws: `failed` where a sum exceeds the range of exact decimals.
    package static func turnovers(
        of entries: [BookedEntry], _ rules: Set<String>
    ) throws(LedgerStoreError) -> [FactorTurnover] {
        let reversed = Set(entries.compactMap { $0.entry.reversal?.entry })
        var tallies: [RecordNumber: (entries: Int, credited: [Commodity: ExactDecimal])] = [:]
        for booked in entries where !reversed.contains(booked.number) {
            guard let calculation = booked.entry.calculation, rules.contains(calculation.rule),
                let factor = calculation.factor
            else { continue }
            var tally = tallies[factor] ?? (0, [:])
            tally.entries += 1
            for posting in booked.entry.postings where posting.account.root == .source {
                do throws(QuantityError) {
                    tally.credited[posting.commodity] =
                        try (tally.credited[posting.commodity] ?? .zero)
                        .subtracting(posting.amount)
                } catch {
                    throw .failed("the turnover of factor \(factor): \(error)")
                }
            }
            tallies[factor] = tally
        }
        return tallies.sorted { $0.key < $1.key }.map { factor, tally in
            FactorTurnover(factor: factor, entries: tally.entries, credited: tally.credited)
        }
    }
}
