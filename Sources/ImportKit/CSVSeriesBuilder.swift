internal import Diagnostics
internal import Inventory
internal import Quantities

/// The rows of one series, and what they come to.
struct CSVSeriesBuilder {
    let identity: CSVSeriesIdentity
    var readings = Readings()
    /// Slots that the file names without a value.
    var missing: [ReadingSlots.Slot] = []
    var control = CSVDeltaControl()

    init(_ identity: CSVSeriesIdentity) { self.identity = identity }

    /// - Returns: `nil` where every row of the series was set aside.
    /// - Throws: `number-out-of-range` where the sum does not fit.
    func finished(
        for profile: Profile, file: String, log: inout CSVDiagnosticLog
    ) throws(Diagnostic) -> ReadingSeries? {
        let rule = profile.series[identity.rule]
        guard !readings.isEmpty || !missing.isEmpty && !rule.isOptional else { return nil }
        let slots = ReadingSlots(
            settling: readings, behaviour: rule.behaviour,
            distinguishesIdentifiers: profile.kind == .fuel)
        report(slots.issues, file: file, log: &log)
        var empty = Set(missing)
        if !empty.isEmpty { for reading in readings { empty.remove(ReadingSlots.Slot(reading)) } }
        if let first = missing.first, !empty.isEmpty {
            log.add(
                Diagnostic(
                    .readingMissing, at: SourceLocation(file: file, line: first.line),
                    "\(empty.count) slots of '\(identity.name)' have no value",
                    hint: "missing is not zero: ask for the values"),
                code: .readingMissing)
        }
        let total = try total(slots.kept, rule.behaviour, file: file)
        if let deltas = control.total, deltas != total, !slots.kept.isEmpty {
            log.add(
                Diagnostic(
                    .controlTotalDiffers, at: SourceLocation(file: file, line: slots.kept[0].line),
                    "the register of '\(identity.name)' says '\(total)', its differences come to "
                        + "'\(deltas)'",
                    hint: "the register holds: differences are lost where days are missing"),
                code: .controlTotalDiffers)
        }
        let hasInstants = profile.time.zone != .facility
        let starts = [
            readings.earliestStart.map { Instant(secondsSinceEpoch: $0) },
            missing.lazy.map(\.start).min(),
        ]
        let ends = [
            readings.latestEnd.map { Instant(secondsSinceEpoch: $0) },
            missing.lazy.map(\.end).max(),
        ]
        return ReadingSeries(
            meter: identity.meter, channel: identity.channel, carrier: identity.carrier,
            direction: identity.direction, clock: profile.time.clock,
            behaviour: rule.behaviour, unit: identity.unit, readings: slots.kept,
            missing: empty.count, start: hasInstants ? starts.compactMap(\.self).min() : nil,
            end: hasInstants ? ends.compactMap(\.self).max() : nil,
            total: total)
    }

    /// What is wrong with many slots of one row is said once.
    private func report(
        _ issues: [ReadingSlots.Issue], file: String, log: inout CSVDiagnosticLog
    ) {
        struct Place: Hashable {
            var code: DiagnosticCode
            var line: Int
        }
        let place = { (issue: ReadingSlots.Issue) in Place(code: issue.code, line: issue.line) }
        let counts = Dictionary(issues.map { (place($0), 1) }, uniquingKeysWith: +)
        var said: Set<Place> = []
        for issue in issues where said.insert(place(issue)).inserted {
            let others = (counts[place(issue)] ?? 1) - 1
            let more = others == 0 ? "" : "; the same of \(others) more values of the row"
            log.add(
                Diagnostic(
                    issue.code, at: SourceLocation(file: file, line: issue.line),
                    issue.message + more, hint: issue.hint),
                code: issue.code)
        }
    }

    private func total(
        _ readings: Readings, _ behaviour: ReadingBehaviour, file: String
    ) throws(Diagnostic) -> ExactDecimal {
        do throws(QuantityError) {
            switch behaviour {
            case .cumulative:
                guard let first = readings.first, let last = readings.last else { return .zero }
                return try last.value.subtracting(first.value)
            case .delta, .meanPower:
                return try readings.total()
            }
        } catch {
            throw Diagnostic(
                .numberOutOfRange, at: SourceLocation(file: file),
                "the values of '\(identity.name)' differ too much in size to be added exactly",
                hint: "look for a misplaced decimal mark")
        }
    }
}

extension Profile.TimeRule {
    /// What the times of readings are.
    fileprivate var clock: ReadingSeries.Clock {
        guard zone == .facility else { return .utc }
        if case .label(_, _, .seconds) = span { return .facilityTimes }
        return hasTime ? .facilityTimes : .facilityDays
    }
}

extension CSVSeriesIdentity {
    /// For messages.
    var name: String {
        DiagnosticRenderer.quoted(
            [meter, channel, carrier.rawValue].compactMap(\.self).joined(separator: " "))
    }
}
