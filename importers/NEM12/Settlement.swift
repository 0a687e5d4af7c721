internal import ImportKit
internal import Inventory
internal import Quantities

/// Settles the records of one stream: each stretch of time is taken from one of them.
///
/// The result does not depend on the order of the file.
struct Settlement {
    /// In order of time; what is contested is left out.
    private(set) var readings = Readings()
    /// Slots that a record names without a value, and no other record fills.
    private(set) var missing: [Claim.Span] = []
    /// When the readings were last updated, as far as their records say so.
    private(set) var revisions: [ReadingRevision] = []
    /// Records that say the same as another.
    private(set) var duplicates: [Claim.Record] = []
    /// Records that a newer one replaces, or one of the same energy at a finer step.
    private(set) var replaced: [Claim.Record] = []
    /// Records that contradict each other with nothing to tell which holds.
    private(set) var contested: [[Claim.Record]] = []

    private let stream: MeterStream

    init(_ stream: MeterStream) {
        self.stream = stream
        let claims = stream.claims.sorted {
            ($0.record.span.start, $0.record.span.end, $0.record.line)
                < ($1.record.span.start, $1.record.span.end, $1.record.line)
        }
        let isClear = zip(claims, claims.dropFirst()).allSatisfy {
            $0.record.span.end <= $1.record.span.start
        }
        let isInFileOrder = zip(claims, claims.dropFirst()).allSatisfy {
            $0.record.line < $1.record.line
        }
        if isClear, isInFileOrder {
            // The common case shares the storage instead of copying it.
            readings = stream.readings
            missing = claims.flatMap(\.missing)
            note(claims)
        } else {
            settleClusters(claims)
        }
    }

    private mutating func settleClusters(_ claims: [Claim]) {
        var lower = 0
        while lower < claims.count {
            // A cluster is what overlaps, directly or through others.
            var upper = lower + 1
            var end = claims[lower].record.span.end
            while upper < claims.count, claims[upper].record.span.start < end {
                end = max(end, claims[upper].record.span.end)
                upper += 1
            }
            settle(Array(claims[lower..<upper]))
            lower = upper
        }
    }

    private mutating func settle(_ cluster: [Claim]) {
        var (rivals, repeated) = cluster.count == 1 ? (cluster, []) : distinct(cluster)
        if rivals.count > 1 {
            // A day on which the meter was exchanged has two records that fill each other's nulls.
            let bySerial = Dictionary(grouping: rivals, by: \.record.meterSerial)
            rivals = bySerial.values.flatMap { newest(of: $0) ?? $0 }
        }
        if rivals.count > 1, union(of: rivals) == nil {
            rivals = newest(of: rivals) ?? finest(of: rivals) ?? rivals
        }
        guard let union = union(of: rivals) else {
            contested.append(cluster.map(\.record).sorted { $0.line < $1.line })
            return
        }
        let settled = Set(rivals.map(\.record)).union(repeated)
        duplicates += repeated
        replaced += cluster.map(\.record).filter { !settled.contains($0) }
        for reading in union { readings.append(reading) }
        note(rivals)
        missing += unfilled(rivals, by: union)
    }

    /// Remembers the updates of records that are taken, which come in order of time.
    private mutating func note(_ claims: [Claim]) {
        for record in claims.map(\.record).sorted(by: { $0.span.start < $1.span.start })
        where revisions.isEmpty || revisions.last?.updated != record.updated {
            revisions.append(ReadingRevision(start: record.span.start, updated: record.updated))
        }
    }

    // MARK: - Which record holds

    private struct Content: Hashable {
        struct Value: Hashable {
            let start: Instant
            let end: Instant
            let amount: ExactDecimal
        }

        let span: Claim.Span
        let values: [Value]
        let missing: [Claim.Span]
    }

    /// Of records that say the same, the newest; of equally new ones the first in the file.
    private func distinct(
        _ cluster: [Claim]
    ) -> (kept: [Claim], repeated: [Claim.Record]) {
        var kept: [Content: Claim] = [:]
        var repeated: [Claim.Record] = []
        for claim in cluster.sorted(by: Self.isNewer) {
            let content = Content(
                span: claim.record.span,
                values: stream.readings[claim.readings].map {
                    Content.Value(start: $0.start, end: $0.end, amount: $0.value)
                }, missing: claim.missing)
            if kept[content] == nil {
                kept[content] = claim
            } else {
                repeated.append(claim.record)
            }
        }
        return (kept.values.sorted { $0.record.line < $1.record.line }, repeated)
    }

    private static func isNewer(_ left: Claim, _ right: Claim) -> Bool {
        let times = [left, right].map { $0.record.updated?.secondsSinceEpoch ?? .min }
        return times[0] == times[1] ? left.record.line < right.record.line : times[0] > times[1]
    }

    /// The one record with the latest UpdateDateTime, if all have one.
    private func newest(of rivals: [Claim]) -> [Claim]? {
        guard rivals.allSatisfy({ $0.record.updated != nil }),
            let latest = rivals.compactMap(\.record.updated).max()
        else { return nil }
        let newest = rivals.filter { $0.record.updated == latest }
        return newest.count == 1 ? newest : nil
    }

    /// The record with the shortest intervals, if all are whole and come to the same amount.
    private func finest(of rivals: [Claim]) -> [Claim]? {
        guard let first = rivals.first,
            rivals.allSatisfy({ $0.missing.isEmpty && $0.record.span == first.record.span }),
            let finest = rivals.max(by: { $0.readings.count < $1.readings.count }),
            rivals.count(where: { $0.readings.count == finest.readings.count }) == 1
        else { return nil }
        do throws(QuantityError) {
            let total = try ExactDecimal.sum(stream.readings[finest.readings].lazy.map(\.value))
            for rival in rivals {
                let sum = try ExactDecimal.sum(stream.readings[rival.readings].lazy.map(\.value))
                guard sum == total else { return nil }
            }
        } catch {
            return nil
        }
        return [finest]
    }

    /// The readings of all records in order of time.
    ///
    /// - Returns: `nil` where two of them claim the same time.
    private func union(of rivals: [Claim]) -> [Reading]? {
        let all = rivals.flatMap { stream.readings[$0.readings] }.sorted { $0.start < $1.start }
        let isClear = zip(all, all.dropFirst()).allSatisfy { $0.end <= $1.start }
        return isClear ? all : nil
    }

    /// The slots without a value that no reading fills, each once.
    private func unfilled(_ rivals: [Claim], by readings: [Reading]) -> [Claim.Span] {
        if rivals.count == 1 { return rivals[0].missing }
        let slots = Set(rivals.flatMap(\.missing)).sorted {
            ($0.start, $0.end) < ($1.start, $1.end)
        }
        var next = readings.startIndex
        return slots.filter { slot in
            while next < readings.endIndex, readings[next].end <= slot.start { next += 1 }
            return next == readings.endIndex || readings[next].start >= slot.end
        }
    }
}
