internal import Diagnostics
internal import Documents
internal import Inventory

/// Turns the times of rows into instants, by the rule of the profile.
struct CSVClock {
    /// The times that a row states: one label, or both ends.
    struct Stated {
        var first: StatedTime
        var second: StatedTime?
    }

    private let rule: Profile.TimeRule
    private let first: [Int]
    private let second: [Int]
    private var joined: [UInt8] = []
    /// How often each repeated label was seen, in file order.
    private var folds: [FoldLabel: (count: Int, line: Int)] = [:]

    private struct FoldLabel: Hashable {
        var series: Int
        var localSeconds: Int64
    }

    init(_ rule: Profile.TimeRule, columns: CSVColumns) {
        self.rule = rule
        switch rule.span {
        case .ends(let start, let end, _):
            first = columns.indexes(start)
            second = columns.indexes(end)
        case .label(let at, _, _), .moment(let at):
            first = columns.indexes(at)
            second = []
        }
    }

    /// Labels of the hour that the clock repeats which the file names once: an hour is lost or two
    /// were merged.
    var lonelyFoldLines: [Int] {
        folds.values.filter { $0.count == 1 }.map(\.line).sorted()
    }

    mutating func stated(_ reader: CSVReader) throws(CSVRowFault) -> Stated {
        let start = try time(first, reader)
        return Stated(first: start, second: second.isEmpty ? nil : try time(second, reader))
    }

    /// The span of the row in one series. To be called once for each row and series, in file
    /// order, because the order tells repeated labels apart.
    mutating func span(
        _ stated: Stated, series: Int, line: Int
    ) throws(CSVRowFault) -> (start: Instant, end: Instant) {
        switch rule.span {
        case .ends(_, _, let isInclusive):
            let start = try instant(stated.first, series: series, line: line)
            guard var end = stated.second else { preconditionFailure("Both ends were read.") }
            if isInclusive { end.date = end.date.adding(days: 1) }
            let instant = try endInstant(end, after: start, stated.first)
            guard instant > start else {
                throw CSVRowFault(
                    .periodReversed, column: second.first, "the end is not after the start")
            }
            return (start, instant)
        case .label(_, .start, let step):
            let start = try instant(stated.first, series: series, line: line)
            return (start, moved(start, stated.first, by: step, sign: 1))
        case .label(_, .end, let step):
            let end = try instant(stated.first, series: series, line: line)
            return (moved(end, stated.first, by: step, sign: -1), end)
        case .moment:
            let moment = try instant(stated.first, series: series, line: line)
            return (moment, moment)
        }
    }

    // MARK: - Reading

    private mutating func time(
        _ columns: [Int], _ reader: CSVReader
    ) throws(CSVRowFault) -> StatedTime {
        let time: StatedTime?
        if columns.count == 1 {
            time = reader.withTrimmedCell(columns[0]) { rule.format.read($0) }
        } else {
            joined.removeAll(keepingCapacity: true)
            for column in columns {
                if !joined.isEmpty { joined.append(UInt8(ascii: " ")) }
                reader.withTrimmedCell(column) { bytes in
                    for offset in bytes.indices { joined.append(bytes[offset]) }
                }
            }
            time = rule.format.read(joined.span)
        }
        if let time { return time }
        let text = columns.map { reader.text($0) }.joined(separator: " ")
        throw CSVRowFault(
            .dateInvalid, column: columns.first,
            "'\(DiagnosticRenderer.quoted(text))' is no date of the layout",
            hint: "the profile states the format; dates of another form are not guessed")
    }

    // MARK: - Resolving

    private func resolution(_ time: StatedTime) throws(CSVRowFault) -> LocalTimeZone.Resolution {
        if let offset = time.offset {
            return .unique(Instant(secondsSinceEpoch: time.localSeconds - Int64(offset)))
        }
        switch rule.zone {
        case .written:
            throw CSVRowFault(
                .timeAmbiguous, column: first.first, "the time states no offset from UTC",
                hint: "write 2024-01-31T14:00:00+01:00, or state the zone in a profile")
        case .facility: return .unique(Instant(secondsSinceEpoch: time.localSeconds))
        case .place(let zone):
            return rule.format.hasTime
                ? zone.resolve(time.date, secondOfDay: time.secondOfDay)
                : .unique(zone.startOfDay(time.date))
        }
    }

    private mutating func instant(
        _ time: StatedTime, series: Int, line: Int
    ) throws(CSVRowFault) -> Instant {
        switch try resolution(time) {
        case .unique(let instant): return instant
        case .gap:
            throw CSVRowFault(
                .timeInGap, column: first.first,
                "the clock was set forward over this time: it does not exist",
                hint: "state times in UTC or with their offset")
        case .fold(let earlier, let later):
            let label = FoldLabel(series: series, localSeconds: time.localSeconds)
            let seen = folds[label]?.count ?? 0
            folds[label] = (seen + 1, folds[label]?.line ?? line)
            return (seen == 0) == rule.isNewestFirst ? later : earlier
        }
    }

    /// The end of an interval. Where the clock changes, the meaning nearest to the start holds:
    /// an interval inside the first pass of a repeated hour may be labelled as if the clock had
    /// run on, and one that ends as the clock jumps carries the time that was skipped.
    private func endInstant(
        _ end: StatedTime, after start: Instant, _ stated: StatedTime
    ) throws(CSVRowFault) -> Instant {
        let label = try resolution(end)
        let startLabel = try resolution(stated)
        if case .unique(let instant) = label, case .unique = startLabel { return instant }
        let asClockRan = start.adding(seconds: end.localSeconds - stated.localSeconds)
        var meanings: [Instant]
        switch label {
        case .unique(let instant): meanings = [instant]
        case .fold(let earlier, let later): meanings = [earlier, later]
        case .gap(let transition):
            guard asClockRan == transition else {
                throw CSVRowFault(
                    .timeInGap, column: second.first,
                    "the clock was set forward over this time: it does not exist",
                    hint: "state times in UTC or with their offset")
            }
            meanings = [transition]
        }
        if case .fold(let earlier, let later) = startLabel, start == earlier,
            asClockRan > start, asClockRan <= later
        {
            meanings.append(asClockRan)
        }
        return meanings.filter { $0 > start }.min() ?? meanings[0]
    }

    private func moved(
        _ instant: Instant, _ time: StatedTime, by step: Profile.TimeRule.Step, sign: Int
    ) -> Instant {
        switch step {
        case .seconds(let seconds): return instant.adding(seconds: Int64(sign) * seconds)
        case .days(let days):
            let date = time.date.adding(days: sign * days)
            switch rule.zone {
            case .place(let zone): return zone.startOfDay(date)
            case .facility, .written:
                return Instant(secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400)
            }
        }
    }
}
