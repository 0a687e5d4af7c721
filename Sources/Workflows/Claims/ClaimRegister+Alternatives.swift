internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Series

/// One quantity of energy in two forms: a bill and the interval data of its meter, a total and its
/// registers, cubic metres and kilowatt hours, a net value and the import.
extension ClaimRegister {
    /// The record is the coarser statement of what is booked.
    mutating func control(
        _ record: ActivityRecord, _ finer: [Claim], _ ruling: Ruling
    ) throws(Refusal) -> Outcome {
        guard let span = record.span else {
            book(record)
            return .done(.booked)
        }
        let comparison = try ControlComparison(
            record, finer: finer.map(\.record), with: index.counterflow(of: record),
            on: shelf)
        let mustAgree = finer.contains { claim in
            ClaimRelation(record, claim.record)
                == .alternative(firstIsFiner: false, mustAgree: true)
        }
        if comparison.covers(span), !mustAgree || comparison.agrees {
            link(record, to: finer[0].number, comparison.message)
            return .done(.linked)
        }
        guard ruling == .takeNew else {
            let why =
                comparison.covers(span)
                ? comparison.message
                : "what is booked from '\(finer[0].record.evidence.name)' covers only a part of "
                    + "its time"
            return .waits(record, why)
        }
        return replace(
            finer, with: [record] + (try rest(of: finer, outside: span)), reviewReason)
    }

    /// The record is the finer statement of what is booked.
    mutating func replaceControls(
        _ record: ActivityRecord, _ coarser: [Claim], _ ruling: Ruling
    ) throws(Refusal) -> Outcome {
        var covered: [(claim: Claim, message: String)] = []
        var open: [Claim] = []
        for claim in coarser {
            let parts =
                [record] + index.finer(than: claim.record)
                + waiting.map(\.record).filter {
                    relation($0, claim) ?? false
                }
            let comparison = try ControlComparison(
                claim.record, finer: parts, with: index.counterflow(of: claim.record),
                on: shelf)
            let mustAgree =
                ClaimRelation(record, claim.record)
                == .alternative(firstIsFiner: true, mustAgree: true)
            if let span = claim.record.span, comparison.covers(span),
                !mustAgree || comparison.agrees
            {
                covered.append((claim, comparison.message))
            } else {
                open.append(claim)
            }
        }
        if open.isEmpty || ruling == .takeNew {
            guard !isClosed(coarser) else { return .waits(record, Self.closed) }
            for claim in coarser { index.remove(claim) }
            let outcome = try judge(record, ruling)
            guard case .done = outcome else {
                for claim in coarser { index.add(claim) }
                return outcome
            }
            for claim in coarser {
                let message = covered.first { $0.claim.number == claim.number }?.message
                supersede(claim, message ?? reviewReason)
            }
            return .done(.corrected)
        }
        return try part(of: record, outside: open, ruling)
    }

    /// Books the readings that the open claims leave free; the others wait.
    mutating func part(
        of record: ActivityRecord, outside open: [Claim], _ ruling: Ruling
    ) throws(Refusal) -> Outcome {
        let why =
            "it covers only a part of the time for which '\(open[0].record.evidence.name)' states "
            + "\(open[0].record.quantity)"
        guard record.isInterval else { return .waits(record, why) }
        let taken = Coverage(open.compactMap(\.record.span))
        let readings = try record.claimedReadings(on: shelf)
        let free = readings.filter { reading in
            let span = TimeSpan(start: reading.start, end: reading.end)
            return taken.uncovered(in: span) == [span]
        }
        guard !free.isEmpty else {
            if ruling == .keepBooked { return .done(.linked) }
            return .waits(record, why)
        }
        let freeStarts = Set(free.map(\.start))
        let inside = readings.filter { !freeStarts.contains($0.start) }
        let outcome = try judge(try restricted(record, to: free), ruling)
        guard case .done = outcome, ruling != .keepBooked else { return outcome }
        return .waits(try restricted(record, to: inside), why)
    }
}
