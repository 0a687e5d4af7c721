package import Inventory
package import LedgerCore

/// Makes an entry again from what it cites, for comparison with what is booked.
package enum Recalculation {
    /// The entry that the cited activity and factor give under the cited rule.
    ///
    /// - Parameters:
    ///   - activity: The record that `calculation.activity` names.
    ///   - factor: The record that `calculation.factor` names, if it is a factor.
    ///   - series: The same, if it is a factor series.
    ///   - pair: The readings of the activity and the values of the series.
    /// - Throws: `calculationUnknown` for a rule, part or role that does not follow from the
    ///   activity, and whatever the arithmetic throws.
    package static func entry(
        _ calculation: JournalEntry.Calculation, activity: ActivityRecord, factor: BookedFactor?,
        series: BookedFactorSeries? = nil, pair: SeriesPair? = nil
    ) throws(PostingError) -> JournalEntry {
        guard let rule = PostingRule(rawValue: calculation.rule) else {
            throw .calculationUnknown("rule '\(calculation.rule)'")
        }
        let part = try part(of: activity, calculation, rule)
        let role = RolePlan.plans(for: activity).first { $0.role == calculation.role }
        guard calculation.role == nil || role != nil else {
            throw .calculationUnknown("role '\(calculation.role?.rawValue ?? "")'")
        }
        return try EntryMaker(number: calculation.activity, record: activity)
            .entry(
                EntryPlan(
                    rule: rule, part: part, role: role, factor: factor,
                    series: series.map { EntryPlan.RuledSeries(booked: $0) }), with: pair)
    }

    private static func part(
        of activity: ActivityRecord, _ calculation: JournalEntry.Calculation, _ rule: PostingRule
    ) throws(PostingError) -> ActivityPart {
        switch rule {
        case .certificateCoverage:
            // How much is covered follows from all the electricity; the verifier bounds the sums.
            return ActivityPart(period: calculation.period, quantity: calculation.quantity)
        case .straightLineMonthly:
            return ActivityPart(period: calculation.period, quantity: activity.quantity)
        case .physicalFlow, .factorProduct, .factorSeriesProduct, .unresolvedFactor,
            .refrigerantLoss, .statedEmission:
            let parts = try PostingPlanner.parts(of: activity)
            guard let part = parts.first(where: { $0.period == calculation.period }) else {
                throw .calculationUnknown("period '\(calculation.period)'")
            }
            return part
        }
    }
}
