internal import ImportKit
internal import Inventory
internal import LedgerCore
internal import Quantities

/// Sees to it that a slot is booked once: a second claim is a duplicate or a conflict.
struct ClaimRegister {
    enum Verdict: Equatable {
        /// Nothing overlaps: book it.
        case new(ActivityRecord)
        /// The same values are booked already.
        case duplicate
        /// Other values are booked for an overlapping time.
        case conflict(with: String)
    }

    private struct Slot: Hashable {
        let start: Instant
        let end: Instant
    }

    private var bySubject: [String: [ActivityRecord]]

    init(_ booked: [ActivityRecord]) {
        bySubject = Dictionary(grouping: booked, by: \.slot.subject)
    }

    /// Judges a claim and, if it is new, remembers it.
    ///
    /// Interval readings are compared one by one, so that a feed that repeats its last days adds
    /// only what is new.
    mutating func claim(_ record: ActivityRecord) throws(QuantityError) -> Verdict {
        let rivals = (bySubject[record.slot.subject] ?? []).filter {
            Self.overlap($0.slot, record.slot)
        }
        let verdict = try rivals.isEmpty ? .new(record) : Self.judge(record, against: rivals)
        if case .new(let accepted) = verdict {
            bySubject[record.slot.subject, default: []].append(accepted)
        }
        return verdict
    }

    private static func overlap(_ left: ClaimSlot, _ right: ClaimSlot) -> Bool {
        guard let leftStart = left.start, let leftEnd = left.end, let rightStart = right.start,
            let rightEnd = right.end
        else { return true }
        return leftStart < rightEnd && rightStart < leftEnd
    }

    private static func judge(
        _ record: ActivityRecord, against rivals: [ActivityRecord]
    ) throws(QuantityError) -> Verdict {
        let conflict = Verdict.conflict(with: rivals.map(\.evidence.name).sorted()[0])
        guard let claimed = ReadingRuns.readings(of: record.readings), !claimed.isEmpty else {
            let isSame = rivals.contains {
                $0.quantity == record.quantity && $0.period == record.period
                    && $0.activity == record.activity
            }
            return isSame ? .duplicate : conflict
        }
        var booked: [Slot: ExactDecimal] = [:]
        var spans: [Slot] = []
        for rival in rivals where rival.quantity.unit == record.quantity.unit {
            for reading in ReadingRuns.readings(of: rival.readings) ?? [] {
                let slot = Slot(start: reading.start, end: reading.end)
                booked[slot] = reading.value
                spans.append(slot)
            }
        }
        spans.sort { $0.start < $1.start }
        var fresh: [Reading] = []
        for reading in claimed {
            if let value = booked[Slot(start: reading.start, end: reading.end)] {
                guard value == reading.value else { return conflict }
            } else {
                guard !intersects(reading, spans) else { return conflict }
                fresh.append(reading)
            }
        }
        guard !fresh.isEmpty, !spans.isEmpty else { return spans.isEmpty ? conflict : .duplicate }
        return .new(try trimmed(record, to: fresh))
    }

    /// Whether a reading overlaps any of the spans, which are in order and do not overlap.
    private static func intersects(_ reading: Reading, _ spans: [Slot]) -> Bool {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].end <= reading.start { low = middle + 1 } else { high = middle }
        }
        return low < spans.count && spans[low].start < reading.end
    }

    private static func trimmed(
        _ record: ActivityRecord, to readings: [Reading]
    ) throws(QuantityError) -> ActivityRecord {
        let total = try ExactDecimal.sum(readings.map(\.value))
        let slot = ClaimSlot(
            subject: record.slot.subject, start: readings.first?.start, end: readings.last?.end)
        return ActivityRecord(
            activity: record.activity, facility: record.facility, period: record.period,
            quantity: Quantity(total, record.quantity.unit), treatment: record.treatment,
            supplier: record.supplier, slot: slot, readings: ReadingRuns.runs(of: readings),
            evidence: record.evidence)
    }
}
