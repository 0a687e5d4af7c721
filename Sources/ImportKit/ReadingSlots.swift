package import Diagnostics
package import Inventory

/// Settles readings that claim the same time: equal ones count once, unequal ones are contested.
///
/// The result does not depend on the order of the readings.
package struct ReadingSlots {
    /// What may hold one value.
    package struct Slot: Hashable {
        package var start: Instant
        package var end: Instant
        /// Where the slot is named; not part of its identity.
        package var line: Int

        package init(start: Instant, end: Instant, line: Int) {
            (self.start, self.end, self.line) = (start, end, line)
        }

        package init(_ reading: Reading) {
            self.init(start: reading.start, end: reading.end, line: reading.line)
        }

        package static func == (left: Slot, right: Slot) -> Bool {
            left.start == right.start && left.end == right.end
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(start)
            hasher.combine(end)
        }
    }

    package struct Issue {
        package let code: DiagnosticCode
        package let line: Int
        package let message: String
        package let hint: String

        package func diagnostic(in file: String) -> Diagnostic {
            Diagnostic(code, at: SourceLocation(file: file, line: line), message, hint: hint)
        }
    }

    /// In order of time.
    package private(set) var kept = Readings()
    package private(set) var issues: [Issue] = []

    /// - Parameter distinguishesIdentifiers: Whether readings with different identifiers are
    ///   different events, such as two deliveries on one day.
    package init(
        settling readings: some Sequence<Reading>, behaviour: ReadingBehaviour,
        distinguishesIdentifiers: Bool
    ) {
        let inOrder = { (left: Reading, right: Reading) in
            if left.start != right.start { return left.start < right.start }
            if left.end != right.end { return left.end < right.end }
            if distinguishesIdentifiers, left.identifier != right.identifier {
                return (left.identifier ?? "") < (right.identifier ?? "")
            }
            return left.line < right.line
        }
        let readings = readings as? Readings ?? Readings(readings)
        if readings.isOrderedAndDisjoint {
            // The common case shares the storage instead of copying it.
            kept = readings
        } else {
            settleClusters(
                readings.sorted(by: inOrder), distinguishesIdentifiers: distinguishesIdentifiers)
        }
        if behaviour == .cumulative { cutAtFall() }
    }

    private mutating func settleClusters(_ sorted: [Reading], distinguishesIdentifiers: Bool) {
        var lower = 0
        while lower < sorted.count {
            // A cluster is what overlaps, directly or through others.
            var upper = lower + 1
            var end = sorted[lower].end
            while upper < sorted.count,
                distinguishesIdentifiers
                    ? Self.isSameEvent(sorted[lower], sorted[upper])
                    : sorted[upper].start < end || Self.isSameSlot(sorted[lower], sorted[upper])
            {
                end = max(end, sorted[upper].end)
                upper += 1
            }
            settle(sorted[lower..<upper])
            lower = upper
        }
    }

    private static func isSameSlot(_ left: Reading, _ right: Reading) -> Bool {
        left.start == right.start && left.end == right.end
    }

    private static func isSameEvent(_ left: Reading, _ right: Reading) -> Bool {
        isSameSlot(left, right) && left.identifier == right.identifier
    }

    private mutating func settle(_ cluster: ArraySlice<Reading>) {
        guard let first = cluster.first, cluster.count > 1 else {
            for reading in cluster { kept.append(reading) }
            return
        }
        guard cluster.allSatisfy({ $0.start == first.start && $0.end == first.end }) else {
            let lines = cluster.map(\.line).sorted()
            issues.append(
                Issue(
                    code: .periodOverlap, line: lines[lines.count - 1],
                    message: "the period overlaps the one of line \(lines[0]); "
                        + "\(cluster.count) rows are left out",
                    hint: "which one holds? remove or shorten the others"))
            return
        }
        settleEqualSlots(cluster)
    }

    private mutating func settleEqualSlots(_ cluster: ArraySlice<Reading>) {
        let ranked = cluster.sorted(by: Self.isBetter)
        let best = ranked[0]
        let rivals = ranked.filter { $0.quality.rank == best.quality.rank }
        let isStated = ranked.allSatisfy { $0.quality != .unstated }
        let agree = ranked.allSatisfy { $0.value == best.value }
        if agree || isStated && rivals.allSatisfy({ $0.value == best.value }) {
            kept.append(best)
            for other in ranked.dropFirst() {
                let isSuperseded = other.value != best.value
                issues.append(
                    Issue(
                        code: .readingDuplicate, line: other.line,
                        message: isSuperseded
                            ? "the value '\(other.value)' gives way to the better one of line "
                                + "\(best.line)"
                            : "the row says the same as line \(best.line) and counts once",
                        hint: "remove one of the rows"))
            }
        } else {
            let lines = cluster.map(\.line).sorted()
            let values = Set(cluster.map(\.value)).sorted().map { "'\($0)'" }
            issues.append(
                Issue(
                    code: .readingConflict, line: lines[lines.count - 1],
                    message: "the values \(values.joined(separator: " and ")) claim the same "
                        + "time as line \(lines[0]); none is taken",
                    hint: "which one holds? remove the others"))
        }
    }

    /// Better quality first, then the smaller identifier, then the earlier line.
    private static func isBetter(_ left: Reading, _ right: Reading) -> Bool {
        if left.quality.rank != right.quality.rank {
            return (left.quality.rank ?? 0) > (right.quality.rank ?? 0)
        }
        if left.identifier != right.identifier {
            return (left.identifier ?? "") < (right.identifier ?? "")
        }
        return left.line < right.line
    }

    /// A register that falls was exchanged or rolled over; only an answer tells what it counted,
    /// so nothing from there on is taken.
    private mutating func cutAtFall() {
        let pairs = zip(kept, kept.dropFirst())
        guard let fall = pairs.enumerated().first(where: { $1.1.value < $1.0.value }) else {
            return
        }
        let (before, after) = fall.element
        issues.append(
            Issue(
                code: .registerFalls, line: after.line,
                message: "the register falls from '\(before.value)' to '\(after.value)'",
                hint: "was the meter exchanged, or did the register roll over?"))
        kept = Readings(kept.prefix(fall.offset + 1))
    }
}
