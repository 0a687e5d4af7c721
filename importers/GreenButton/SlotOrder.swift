internal import ImportKit
internal import Inventory
internal import Quantities

/// Puts the slots of one series in order and finds those that claim the same time.
///
/// The result does not depend on the order of the file. Everything is linear after one sort: a
/// feed in which all periods overlap costs no more than a sound one.
struct SlotOrder {
    /// Uncontested slots in order of time, each stretch of time once.
    private(set) var kept = CompactIntervals<Slot>()
    /// Repeats of a slot with the same value.
    private(set) var duplicates: [Slot] = []
    /// Slots of one period with different values.
    private(set) var contradicting: [Slot] = []
    /// Slots of unequal periods that overlap.
    private(set) var overlapping: [Slot] = []
    /// Longer slots made up of shorter ones: the same amounts again.
    private(set) var repeated: [(slot: Slot, sum: ExactDecimal)] = []

    init(_ slots: CompactIntervals<Slot>) throws(QuantityError) {
        // Nearly every feed: nothing is claimed twice, and time runs forward.
        if slots.isOrderedAndDisjoint {
            kept = slots
            return
        }
        let ordered = slots.sorted {
            ($0.start, -$0.end, $0.quality.rank, $0.qualityCode ?? -1, $0.line)
                < ($1.start, -$1.end, $1.quality.rank, $1.qualityCode ?? -1, $1.line)
        }
        if zip(ordered, ordered.dropFirst()).allSatisfy({ $0.end <= $1.start }) {
            kept = CompactIntervals(ordered)
            return
        }
        let distinct = removingDuplicates(from: ordered)
        let isContainer = Self.containers(among: distinct)
        let leaves = zip(distinct, isContainer).filter { !$0.1 }.map(\.0)
        let containers = zip(distinct, isContainer).filter(\.1).map(\.0)
        try settle(leaves, containers)
    }

    private mutating func removingDuplicates(from ordered: [Slot]) -> [Slot] {
        var distinct: [Slot] = []
        var index = 0
        while index < ordered.count {
            let first = ordered[index]
            var next = index + 1
            while next < ordered.count, ordered[next].start == first.start,
                ordered[next].end == first.end
            { next += 1 }
            let claims = ordered[index..<next]
            if claims.allSatisfy({ $0.value == first.value }) {
                distinct.append(first)
                duplicates += claims.dropFirst()
            } else {
                contradicting += claims
            }
            index = next
        }
        return distinct
    }

    /// A slot contains another if one that starts later, or equally and shorter, ends no later.
    private static func containers(among slots: [Slot]) -> [Bool] {
        var earliestEnd = Int64.max
        var result = [Bool](repeating: false, count: slots.count)
        for index in slots.indices.reversed() {
            result[index] = earliestEnd <= slots[index].end
            earliestEnd = min(earliestEnd, slots[index].end)
        }
        return result
    }

    /// - Parameter leaves: Slots that contain no other: both their starts and their ends rise.
    private mutating func settle(_ leaves: [Slot], _ containers: [Slot]) throws(QuantityError) {
        var sums: [ExactDecimal] = [.zero]
        var seconds: [Int64] = [0]
        for leaf in leaves {
            sums.append(try (sums.last ?? .zero).adding(leaf.value))
            seconds.append((seconds.last ?? 0) + leaf.duration)
        }
        // +1 where a contested stretch of leaves begins, -1 where it ends.
        var edges = [Int](repeating: 0, count: leaves.count + 1)
        for index in leaves.indices.dropFirst() {
            let (before, after) = (leaves[index - 1], leaves[index])
            if before.end - after.start > Slot.tolerance(before.duration, after.duration) {
                edges[index - 1] += 1
                edges[index + 1] -= 1
            }
        }
        for container in containers {
            let slip = container.duration >= Slot.billSeconds ? Slot.billTolerance : 0
            let first = leaves.firstIndex(bisecting: { $0.start >= container.start - slip })
            let last = leaves.firstIndex(bisecting: { $0.end > container.end + slip })
            if last > first, abs(leaves[first].start - container.start) <= slip,
                abs(leaves[last - 1].end - container.end) <= slip,
                seconds[last] - seconds[first] == leaves[last - 1].end - leaves[first].start
            {
                repeated.append((container, try sums[last].subtracting(sums[first])))
            } else {
                overlapping.append(container)
                edges[leaves.firstIndex(bisecting: { $0.end > container.start })] += 1
                edges[leaves.firstIndex(bisecting: { $0.start >= container.end })] -= 1
            }
        }
        var open = 0
        for (leaf, edge) in zip(leaves, edges) {
            open += edge
            if open > 0 { overlapping.append(leaf) } else { kept.append(leaf) }
        }
    }
}

extension ReadingQuality {
    /// Which of two equal values is kept: the more certain one.
    fileprivate var rank: Int {
        switch self {
        case .final: 0
        case .actual: 1
        case .edited: 2
        case .substituted: 3
        case .estimated: 4
        case .unstated: 5
        }
    }
}
