internal import Diagnostics
internal import Documents
internal import Inventory

/// Turns the times of rows into instants, by the rule of the profile.
struct CSVClock {
    /// The times that a row states: one label, or both ends.
    struct Stated {
        var first: StatedTime
        var second: StatedTime?
        /// The length of the interval, where a column states it.
        var seconds: Int64?
    }

    private let rule: Profile.TimeRule
    /// `nil` for times that state their offset, and for those of the facility.
    private let zone: LocalTimeZone?
    private let first: [Int]
    private let second: [Int]
    private let step: Int?
    /// Whether both ends share a column with the day: an end at 00:00 is the end of that day.
    private let sharesDay: Bool
    private var joined: [UInt8] = []
    /// Lines whose time the clock skipped, kept by the rule of the profile.
    private var keptGapLines: [Int] = []
    private var foldedDayLines: [Int] = []
    /// How often each repeated label was seen, in file order.
    private var folds: [FoldLabel: (count: Int, line: Int)] = [:]

    private struct FoldLabel: Hashable {
        var series: Int
        var localSeconds: Int64
    }

    init(_ rule: Profile.TimeRule, columns: CSVColumns) {
        self.rule = rule
        zone = rule.localZone
        step = rule.optionalColumns.first.flatMap { columns.index($0) }
        switch rule.span {
        case .ends(let start, let end, _):
            first = columns.indexes(start)
            second = columns.indexes(end)
        case .label(let at, _, _), .moment(let at), .previous(let at):
            first = columns.indexes(at)
            second = []
        }
        sharesDay = rule.separator == nil && !Set(first).isDisjoint(with: second)
    }

    /// Remembers a row with a time that the clock shows twice and the row holds once.
    mutating func note(fold line: Int) { foldedDayLines.append(line) }

    /// Remembers a row with a time that the clock skipped.
    mutating func note(keptGap line: Int) {
        if keptGapLines.last != line { keptGapLines.append(line) }
    }

    /// Says which times are in doubt: those of the repeated hour that the file names once, so that
    /// an hour is lost or two were merged, and those that the clock skipped.
    func report(to log: inout CSVDiagnosticLog, file: String) {
        let lonely = folds.values.filter { $0.count == 1 }.map(\.line) + foldedDayLines
        for line in lonely.sorted() {
            log.add(
                Diagnostic(
                    .timeAmbiguous, severity: .warning, at: SourceLocation(file: file, line: line),
                    "the clock shows this time twice, the file names it once",
                    hint: "an hour is lost, or two were merged: ask for the values in UTC"),
                code: .timeAmbiguous)
        }
        for line in keptGapLines {
            log.add(
                Diagnostic(
                    .timeInGap, severity: .warning, at: SourceLocation(file: file, line: line),
                    "the clock was set forward over this time; read as if it had run on",
                    hint: "the energy is kept: ask for the values in UTC"),
                code: .timeInGap)
        }
    }

    mutating func stated(_ row: CSVRow) throws(CSVRowFault) -> Stated {
        if let separator = rule.separator { return try both(separator, row) }
        let start = try time(first, row)
        guard !second.isEmpty else {
            guard let step else { return Stated(first: start) }
            return Stated(first: start, seconds: try seconds(step, row))
        }
        var end = try time(second, row)
        if sharesDay, end.secondOfDay == 0, end.localSeconds < start.localSeconds {
            end.date = end.date.adding(days: 1)
        }
        return Stated(first: start, second: end)
    }

    /// The span of the row in one series. To be called once for each row and series, in file
    /// order, because the order tells repeated labels apart.
    mutating func span(
        _ stated: Stated, series: Int, line: Int
    ) throws(CSVRowFault) -> (start: Instant, end: Instant) {
        let span = try spanAsWritten(stated, series: series, line: line)
        guard rule.shift != 0 else { return span }
        return (span.start.adding(seconds: rule.shift), span.end.adding(seconds: rule.shift))
    }

    private mutating func spanAsWritten(
        _ stated: Stated, series: Int, line: Int
    ) throws(CSVRowFault) -> (start: Instant, end: Instant) {
        switch rule.span {
        case .ends(_, _, let isInclusive):
            let start = try instant(stated.first, series: series, line: line)
            guard var end = stated.second else { preconditionFailure("Both ends were read.") }
            if isInclusive { end = end.adding(seconds: Int(rule.finestSeconds)) }
            let instant = try endInstant(end, after: start, stated.first)
            guard instant > start else {
                throw CSVRowFault(
                    .periodReversed, column: second.first, "the end is not after the start")
            }
            return (start, instant)
        case .label(_, let label, let step):
            let moment = try instant(stated.first, series: series, line: line)
            let sign = label == .start ? 1 : -1
            let other = moved(moment, stated, by: step, sign: sign)
            return label == .start ? (moment, other) : (other, moment)
        case .moment:
            let moment = try instant(stated.first, series: series, line: line)
            return (moment, moment)
        case .previous:
            var day = stated.first
            day.date = day.date.adding(days: 1)
            let moment = try instant(day, series: series, line: line)
            return (moment, moment)
        }
    }

    // MARK: - Reading

    private mutating func time(
        _ columns: [Int], _ row: CSVRow
    ) throws(CSVRowFault) -> StatedTime {
        let time: StatedTime?
        if columns.count == 1 {
            time = row.withCell(columns[0]) { rule.read($0) }
        } else {
            joined.removeAll(keepingCapacity: true)
            for column in columns {
                if !joined.isEmpty { joined.append(UInt8(ascii: " ")) }
                row.withCell(column) { bytes in
                    for offset in bytes.indices { joined.append(bytes[offset]) }
                }
            }
            time = rule.read(joined.span)
        }
        if let time { return time }
        let text = columns.map { row.text($0) }.joined(separator: " ")
        throw CSVRowFault(
            .dateInvalid, column: columns.first,
            "'\(DiagnosticRenderer.quoted(text))' is no date of the layout",
            hint: "the profile states the format; dates of another form are not guessed")
    }

    /// Both ends from one cell. Some portals write spaces that do not break.
    private func both(_ separator: String, _ row: CSVRow) throws(CSVRowFault) -> Stated {
        let text = row.text(first[0]).replacing("\u{A0}", with: " ")
        if let middle = text.firstRange(of: separator),
            let start = rule.read(Array(text[..<middle.lowerBound].utf8).span),
            let end = rule.read(Array(text[middle.upperBound...].utf8).span)
        {
            return Stated(first: start, second: end)
        }
        throw CSVRowFault(
            .dateInvalid, column: first[0],
            "'\(DiagnosticRenderer.quoted(text))' is no period of the layout",
            hint: "the profile states the format; dates of another form are not guessed")
    }

    private func seconds(_ column: Int, _ row: CSVRow) throws(CSVRowFault) -> Int64 {
        let text = row.text(column)
        if case .seconds(let seconds) = Profile.TimeRule.Step(text) { return seconds }
        if let minutes = Int64(text), (1...1_440).contains(minutes) { return minutes * 60 }
        throw CSVRowFault(
            .valueMissing, column: column,
            "'\(DiagnosticRenderer.quoted(text))' is no length of an interval in minutes",
            hint: "how long are the intervals? without their length power is no energy")
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
        case .place:
            let zone = zone ?? .utc
            return rule.hasTime
                ? zone.resolve(time.date, secondOfDay: time.secondOfDay)
                : .unique(zone.startOfDay(time.date))
        }
    }

    private static let skippedTime = "the clock was set forward over this time: it does not exist"

    private mutating func instant(
        _ time: StatedTime, series: Int, line: Int
    ) throws(CSVRowFault) -> Instant {
        switch try resolution(time) {
        case .unique(let instant): return instant
        case .gap(let transition):
            // The interval that ends as the clock jumps may carry the time that was skipped.
            if case .label(_, .end, _) = rule.span,
                zone?.asClockRan(time.localSeconds, over: transition) == transition
            {
                return transition
            }
            guard rule.keepsGaps, let zone else {
                throw CSVRowFault(
                    .timeInGap, column: first.first, Self.skippedTime,
                    hint: "state times in UTC or with their offset")
            }
            note(keptGap: line)
            return zone.asClockRan(time.localSeconds, over: transition)
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
        if case .unique(let instant) = label, case .unique = startLabel {
            return instant
        }
        let asClockRan = start.adding(seconds: end.localSeconds - stated.localSeconds)
        var meanings: [Instant]
        switch label {
        case .unique(let instant): meanings = [instant]
        case .fold(let earlier, let later): meanings = [earlier, later]
        case .gap(let transition):
            guard asClockRan == transition || rule.keepsGaps else {
                throw CSVRowFault(
                    .timeInGap, column: second.first, Self.skippedTime,
                    hint: "state times in UTC or with their offset")
            }
            meanings = [asClockRan]
        }
        if case .fold(let earlier, let later) = startLabel, start == earlier,
            asClockRan > start, asClockRan <= later
        {
            meanings.append(asClockRan)
        }
        return meanings.filter { $0 > start }.min() ?? meanings[0]
    }

    private func moved(
        _ instant: Instant, _ stated: Stated, by step: Profile.TimeRule.Step, sign: Int
    ) -> Instant {
        switch step {
        case .seconds(let seconds): return instant.adding(seconds: Int64(sign) * seconds)
        case .column: return instant.adding(seconds: Int64(sign) * (stated.seconds ?? 0))
        case .fromTimes: return instant
        case .days(let days):
            let date = stated.first.date.adding(days: sign * days)
            return rule.startOfDay(date, zone)
        }
    }
}

extension StatedTime {
    fileprivate func adding(seconds: Int) -> StatedTime {
        var later = self
        later.secondOfDay += seconds
        if later.secondOfDay > 86_400 {
            later.date = later.date.adding(days: 1)
            later.secondOfDay -= 86_400
        } else if seconds == 86_400 {
            later.date = later.date.adding(days: 1)
            later.secondOfDay = secondOfDay
        }
        return later
    }
}

extension LocalTimeZone {
    /// What a time means that the clock skipped, if the clock had not been set.
    func asClockRan(_ localSeconds: Int64, over transition: Instant) -> Instant {
        let before = offset(at: transition.adding(seconds: -1))
        return Instant(secondsSinceEpoch: localSeconds - Int64(before))
    }
}

extension Profile.TimeRule {
    func read(_ text: Swift.Span<UInt8>) -> StatedTime? {
        for format in formats {
            if let time = format.read(text) { return time }
        }
        return nil
    }

    /// The length of the finest field that a time states.
    var finestSeconds: Int64 { formats.map(\.finestSeconds).min() ?? 1 }

    var localZone: LocalTimeZone? {
        guard case .place(let name) = zone else { return nil }
        return LocalTimeZone(identifier: name)
    }

    /// The beginning of a day where it is meant; days of the facility as if they were in UTC.
    func startOfDay(_ date: CivilDate, _ zone: LocalTimeZone?) -> Instant {
        zone?.startOfDay(date)
            ?? Instant(secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400)
    }
}
