internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// Shows the same energy once where a feed states it in two ways.
enum SameEnergy {
    private struct Slot: Hashable {
        let owner: Int?
        let meter: String?
        let channel: String?
        let carrier: Carrier
        let direction: FlowDirection
        let unit: String
    }

    /// - Returns: Amounts of periods rather than readings of a register; nothing where two series
    ///   of one kind, written in two units, cover one time.
    static func shownOnce(
        _ all: [OwnedSeries], _ findings: inout Findings
    ) -> [OwnedSeries] {
        let groups = Dictionary(grouping: all.indices) { slot(of: all[$0]) }
        var dropped: Set<Int> = []
        for members in groups.values where members.count > 1 {
            for first in members {
                for second in members where first < second && overlap(all[first], all[second]) {
                    let pair = [first, second]
                    let registers = pair.filter { all[$0].series.behaviour == .cumulative }
                    dropped.formUnion(registers.count == 1 ? registers : pair)
                    if registers.count == 1 { continue }
                    findings.conflict(
                        .periodOverlap, line: all[first].series.readings.first?.line ?? 0,
                        "meter '\(all[first].series.meter ?? "")' has two series for one time",
                        hint: "ask the sender which of them is right")
                }
            }
        }
        if !dropped.isEmpty, !findings.hasConflict {
            findings.warn(
                .readingDuplicate, line: nil,
                "'\(dropped.count)' series of registers repeat the amounts of other series and"
                    + " are left out")
        }
        return all.indices.filter { !dropped.contains($0) }.map { all[$0] }
    }

    private static func slot(of owned: OwnedSeries) -> Slot {
        let series = owned.series
        return Slot(
            owner: owned.owner, meter: series.meter, channel: series.channel,
            carrier: series.carrier, direction: series.direction, unit: series.unit.symbol)
    }

    private static func overlap(_ first: OwnedSeries, _ second: OwnedSeries) -> Bool {
        guard let start = first.series.start, let end = first.series.end,
            let otherStart = second.series.start, let otherEnd = second.series.end
        else { return false }
        return start < otherEnd && otherStart < end
    }
}
