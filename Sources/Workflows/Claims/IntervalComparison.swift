internal import Inventory
internal import Quantities
internal import Series

/// What interval readings add to those that are booked for one series.
struct IntervalComparison {
    /// Nothing is booked for their time.
    private(set) var fresh: [SeriesReading] = []
    /// They take the place of a booked value of their time.
    private(set) var better: [SeriesReading] = []
    /// What is booked is better, or says the same.
    private(set) var repeated = 0
    private(set) var outdated = 0
    /// The sources do not say which value holds, or the times do not fit.
    private(set) var contested: [(reading: SeriesReading, booked: ExactDecimal?)] = []

    private var booked: [TimeSpan: (reading: SeriesReading, updated: Instant?)] = [:]
    private var spans: [TimeSpan] = []

    /// - Parameters:
    ///   - readings: Those of the record, in the unit of the rivals.
    ///   - rivals: Booked claims on the same series.
    init(
        _ readings: [SeriesReading], of record: ActivityRecord,
        against rivals: [(record: ActivityRecord, readings: [SeriesReading])]
    ) {
        for (rival, theirs) in rivals {
            for reading in theirs {
                let span = TimeSpan(start: reading.start, end: reading.end)
                booked[span] = (reading, rival.revisions?.updated(at: reading.start))
                spans.append(span)
            }
        }
        spans.sort { $0.start < $1.start }
        for reading in readings {
            add(reading, updated: record.revisions?.updated(at: reading.start))
        }
    }

    private mutating func add(_ reading: SeriesReading, updated: Instant?) {
        guard let (rival, rivalUpdate) = booked[TimeSpan(start: reading.start, end: reading.end)]
        else {
            if intersects(reading) {
                contested.append((reading, nil))
            } else {
                fresh.append(reading)
            }
            return
        }
        let precedence = ClaimPrecedence(
            new: reading.quality, updated: updated, booked: rival.quality,
            bookedUpdate: rivalUpdate)
        let isSame = reading.value == rival.value
        switch precedence {
        // An equal value takes over, too: what came with it decides about the next one.
        case .newer: better.append(reading)
        case .undecided where isSame && Self.states(reading, moreThan: rival):
            better.append(reading)
        case .undecided where isSame: repeated += 1
        case .undecided: contested.append((reading, rival.value))
        case .older: if isSame { repeated += 1 } else { outdated += 1 }
        }
    }

    private static func states(_ reading: SeriesReading, moreThan other: SeriesReading) -> Bool {
        reading.quality.rank != nil && other.quality.rank == nil
    }

    /// Whether a reading overlaps any of the spans, which are in order and do not overlap.
    private func intersects(_ reading: SeriesReading) -> Bool {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].end <= reading.start { low = middle + 1 } else { high = middle }
        }
        return low < spans.count && spans[low].start < reading.end
    }
}

extension IntervalComparison {
    /// The first contested value, and how many there are.
    func contestedText(in unit: Unit) -> String {
        guard let first = contested.first else { return "" }
        let booked = first.booked.map { "\($0) \(unit)" } ?? "readings of other lengths"
        let rest = contested.count > 1 ? ", and \(contested.count - 1) more" : ""
        return "\(first.reading.value) \(unit) against \(booked) at \(first.reading.start)\(rest)"
    }
}
