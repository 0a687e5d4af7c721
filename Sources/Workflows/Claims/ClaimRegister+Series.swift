internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Series

/// Two statements of one series: what repeats, what corrects, what contradicts.
extension ClaimRegister {
    mutating func mergeWhole(
        _ record: ActivityRecord, _ same: [Claim], _ ruling: Ruling
    ) throws(Refusal) -> Outcome {
        guard let span = record.span, !same.isEmpty else {
            book(record)
            return .done(.booked)
        }
        let comparison = try ControlComparison(record, finer: same.map(\.record), on: shelf)
        let orders = same.map { WholeComparison.precedence(record, $0.record) }
        let inside = same.allSatisfy {
            $0.record.span.map { span.contains($0, tolerance: Self.tolerance) } ?? false
        }
        if inside, comparison.covers(span), comparison.agrees {
            let statesMore =
                record.quality?.rank != nil
                && same.allSatisfy { ($0.record.quality ?? .unstated).rank == nil }
            guard statesMore || orders.allSatisfy({ $0 == .newer }) else {
                link(record, to: same[0].number, comparison.message)
                return .done(.duplicate)
            }
            return replace(same, with: [record], reason(same, ruling))
        }
        if inside && orders.allSatisfy({ $0 == .newer }) || ruling == .takeNew {
            return replace(same, with: [record], reason(same, ruling))
        }
        let outdated = zip(same, orders).contains { claim, order in
            order == .older
                && claim.record.span?.contains(span, tolerance: Self.tolerance) ?? false
        }
        if outdated {
            link(record, to: same[0].number, "it is outdated: " + comparison.message)
            return .done(.linked)
        }
        return .waits(record, comparison.message + Self.source(of: same))
    }

    mutating func mergeIntervals(
        _ record: ActivityRecord, _ same: [Claim], _ ruling: Ruling
    ) throws(Refusal) -> Outcome {
        let mates = index.mates(of: record)
        guard same.allSatisfy({ rival in mates.contains { $0.number == rival.number } }) else {
            return .waits(record, Self.contradiction(same))
        }
        guard !mates.isEmpty else {
            book(record)
            return .done(.booked)
        }
        let unit = mates[0].record.quantity.unit
        let own = try record.claimedReadings(on: shelf)
            .converted(from: record.quantity.unit, to: unit)
        var booked: [(record: ActivityRecord, readings: [SeriesReading])] = []
        for mate in mates {
            let readings = try mate.record.claimedReadings(on: shelf)
            guard let converted = readings.converted(from: mate.record.quantity.unit, to: unit)
            else { return .waits(record, Self.otherUnit(record)) }
            booked.append((mate.record, converted))
        }
        guard let own else { return .waits(record, Self.otherUnit(record)) }
        let comparison = IntervalComparison(own, of: record, against: booked)
        var better = comparison.better
        if !comparison.contested.isEmpty {
            switch ruling {
            case .bySources:
                return .waits(
                    record,
                    comparison.contestedText(in: unit) + Self.source(of: mates))
            case .keepBooked: break
            case .takeNew: better += comparison.contested.map(\.reading)
            }
        }
        guard !comparison.fresh.isEmpty || !better.isEmpty else {
            let isOutdated = comparison.outdated > 0
            link(
                record, to: mates[0].number,
                isOutdated ? "better readings are booked" : "it repeats the readings")
            return .done(isOutdated ? .linked : .duplicate)
        }
        let inUnit = record.stating(
            Quantity(record.quantity.amount, unit), slot: record.slot, period: record.period,
            series: record.series, register: record.register, revisions: record.revisions)
        let pool = IntervalPool(booked, adding: comparison.fresh + better, of: inUnit)
        let reason =
            better.isEmpty
            ? "readings of the month were added" : reason(mates, ruling)
        let outcome = replace(mates, with: [try pool.activity(on: &shelf)], reason)
        guard case .done(.corrected) = outcome, better.isEmpty else { return outcome }
        return .done(.booked)
    }

    /// Why one value takes the place of another.
    private func reason(_ replaced: [Claim], _ ruling: Ruling) -> String {
        if ruling == .takeNew { return reviewReason }
        return replaced.contains { $0.record.estimated != nil }
            ? "actual reading arrived" : "its source corrects it"
    }

    private static func otherUnit(_ record: ActivityRecord) -> String {
        "it is in \(record.quantity.unit), in which what is booked does not end"
    }
}
