internal import Diagnostics
internal import Inventory
internal import Quantities

/// The series of a document: slots settled, one of several statements of the same energy chosen,
/// checks made.
struct CSVResults {
    private(set) var series: [ReadingSeries] = []
    /// Lines whose readings have no period.
    private(set) var setAside: Set<Int> = []

    /// - Throws: a step that the times do not tell, a sum that does not fit.
    init(
        _ builders: [CSVSeriesBuilder], _ profile: Profile, file: String,
        log: inout CSVDiagnosticLog
    ) throws(Diagnostic) {
        var finished: [(identity: CSVSeriesIdentity, series: ReadingSeries)] = []
        for var builder in builders {
            for line in try builder.completeSpans(profile, file: file) {
                guard setAside.insert(line).inserted else { continue }
                log.add(
                    Diagnostic(
                        .valueMissing, severity: .error,
                        at: SourceLocation(file: file, line: line),
                        "no bill before this one says when its period begins",
                        hint: "add the bill before it, or state the first day"),
                    code: .valueMissing)
            }
            if let one = try builder.finished(for: profile, file: file, log: &log) {
                finished.append((builder.identity, one))
            }
        }
        let check = CSVDayCheck(profile)
        for (identity, one) in chosen(finished, profile) {
            check?.report(one, name: identity.name, file: file, log: &log)
            series.append(one)
        }
    }

    /// Where the same energy comes in several units, one is kept.
    private func chosen(
        _ all: [(identity: CSVSeriesIdentity, series: ReadingSeries)], _ profile: Profile
    ) -> [(identity: CSVSeriesIdentity, series: ReadingSeries)] {
        guard let unit = profile.preferredUnit else { return all }
        let preferred = Set(all.map(\.identity).filter { $0.unit == unit }.map(\.sameEnergy))
        return all.filter {
            $0.identity.unit == unit || !preferred.contains($0.identity.sameEnergy)
        }
    }
}

extension CSVSeriesIdentity {
    /// The identity without the unit and the rule, which differ where one energy is stated twice.
    fileprivate var sameEnergy: CSVSeriesIdentity {
        var identity = self
        identity.rule = 0
        identity.unit = .kilowattHour
        return identity
    }
}

/// Counts the slots of each whole day.
struct CSVDayCheck {
    private let rule: Profile.CheckRule.RowsPerDay
    private let zone: LocalTimeZone?

    /// `nil` where the profile states no count.
    init?(_ profile: Profile) {
        guard let rule = profile.check.rowsPerDay else { return nil }
        self.rule = rule
        zone = profile.time.localZone
    }

    /// Warns of days between the first and the last that have more or fewer readings than their
    /// length allows.
    func report(
        _ series: ReadingSeries, name: String, file: String, log: inout CSVDiagnosticLog
    ) {
        guard let first = series.readings.first, let last = series.readings.last else { return }
        let step = first.end.secondsSinceEpoch - first.start.secondsSinceEpoch
        guard step > 0 else { return }
        var counts: [CivilDate: Int] = [:]
        var lines: [CivilDate: Int] = [:]
        for reading in series.readings {
            let day = date(of: reading.start)
            counts[day, default: 0] += 1
            lines[day] = lines[day] ?? reading.line
        }
        let edges = [date(of: first.start), date(of: last.start)]
        for (day, count) in counts.sorted(by: { $0.key < $1.key }) where !edges.contains(day) {
            let expected = self.expected(day, step)
            guard count != expected, let line = lines[day] else { continue }
            log.add(
                Diagnostic(
                    .readingMissing, at: SourceLocation(file: file, line: line),
                    "\(day) has \(count) values of '\(name)', the day \(expected) slots",
                    hint: "missing is not zero: ask for the values"),
                code: .readingMissing)
        }
    }

    private func date(of instant: Instant) -> CivilDate {
        zone?.date(of: instant) ?? instant.utcDate
    }

    private func expected(_ day: CivilDate, _ step: Int64) -> Int {
        switch rule {
        case .fixed(let count): return count
        case .byClock:
            guard let zone else { return Int(86_400 / step) }
            let start = zone.startOfDay(day).secondsSinceEpoch
            return Int((zone.startOfDay(day.adding(days: 1)).secondsSinceEpoch - start) / step)
        }
    }
}
