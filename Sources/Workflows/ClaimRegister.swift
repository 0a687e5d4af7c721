internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Series

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
    private var certificates: CertificateClaims

    init(_ booked: [ActivityRecord]) {
        certificates = CertificateClaims(booked)
        bySubject = Dictionary(grouping: booked, by: \.slot.subject)
    }

    /// Judges a claim and, if it is new, remembers it.
    ///
    /// Interval readings are compared one by one, so that a feed that repeats its last days adds
    /// only what is new. Only the chunks of claims that overlap are read.
    ///
    /// - Parameter shelf: Holds the chunks of all claims; takes that of a claim which is cut.
    mutating func claim(
        _ record: ActivityRecord, on shelf: inout SeriesShelf
    ) throws(Refusal) -> Verdict {
        if case .certificate(let certificate) = record.treatment {
            return certificates.claim(record, certificate)
        }
        let rivals = (bySubject[record.slot.subject] ?? []).filter {
            Self.overlap($0.slot, record.slot)
        }
        let verdict =
            try rivals.isEmpty ? .new(record) : Self.judge(record, against: rivals, on: &shelf)
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
        _ record: ActivityRecord, against rivals: [ActivityRecord], on shelf: inout SeriesShelf
    ) throws(Refusal) -> Verdict {
        let conflict = Verdict.conflict(with: rivals.map(\.evidence.name).sorted()[0])
        let claimed = try readings(of: record, on: shelf)
        guard !claimed.isEmpty else {
            let isSame = rivals.contains {
                $0.quantity == record.quantity && $0.period == record.period
                    && $0.activity == record.activity
            }
            return isSame ? .duplicate : conflict
        }
        var booked: [Slot: ExactDecimal] = [:]
        var spans: [Slot] = []
        for rival in rivals where rival.quantity.unit == record.quantity.unit {
            for reading in try readings(of: rival, on: shelf) {
                let slot = Slot(start: reading.start, end: reading.end)
                booked[slot] = reading.value
                spans.append(slot)
            }
        }
        spans.sort { $0.start < $1.start }
        var fresh: [SeriesReading] = []
        for reading in claimed {
            if let value = booked[Slot(start: reading.start, end: reading.end)] {
                guard value == reading.value else { return conflict }
            } else {
                guard !intersects(reading, spans) else { return conflict }
                fresh.append(reading)
            }
        }
        guard !fresh.isEmpty, !spans.isEmpty else { return spans.isEmpty ? conflict : .duplicate }
        return .new(try trimmed(record, to: fresh, on: &shelf))
    }

    /// The readings behind a claim; a bill is one reading, a claim without a span has none.
    private static func readings(
        of record: ActivityRecord, on shelf: SeriesShelf
    ) throws(Refusal) -> [SeriesReading] {
        if let series = record.series { return try shelf.chunk(series.chunk).readings }
        guard let start = record.slot.start, let end = record.slot.end else { return [] }
        return [
            SeriesReading(
                start: start, end: end, value: record.quantity.amount, quality: .unstated, line: 0)
        ]
    }

    /// Whether a reading overlaps any of the spans, which are in order and do not overlap.
    private static func intersects(_ reading: SeriesReading, _ spans: [Slot]) -> Bool {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].end <= reading.start { low = middle + 1 } else { high = middle }
        }
        return low < spans.count && spans[low].start < reading.end
    }

    private static func trimmed(
        _ record: ActivityRecord, to readings: [SeriesReading], on shelf: inout SeriesShelf
    ) throws(Refusal) -> ActivityRecord {
        do throws(SeriesChunkError) {
            return try record.stating(SeriesChunk(readings), on: &shelf)
        } catch {
            throw Refusal(
                Diagnostic(
                    .numberOutOfRange, at: SourceLocation(file: record.evidence.name),
                    "the sum of the readings is out of range"))
        }
    }
}

extension ActivityRecord {
    /// The same activity by other readings: their sum, their span, their chunk.
    func stating(
        _ chunk: SeriesChunk, on shelf: inout SeriesShelf
    ) throws(SeriesChunkError) -> ActivityRecord {
        let documents = series?.documents ?? [evidence.document]
        return ActivityRecord(
            activity: activity, facility: facility, period: period,
            quantity: Quantity(try chunk.total(), quantity.unit), treatment: treatment,
            supplier: supplier,
            slot: ClaimSlot(subject: slot.subject, start: chunk.start, end: chunk.end),
            series: SeriesReference(
                chunk: shelf.add(chunk), count: chunk.count, documents: documents),
            evidence: evidence)
    }
}
