internal import Diagnostics
internal import Inventory
internal import Quantities

/// The rows of one series, and what they come to.
struct CSVSeriesBuilder {
    let identity: CSVSeriesIdentity
    var readings = Readings()
    /// Slots that the file names without a value.
    var missing: [ReadingSlots.Slot] = []

    init(_ identity: CSVSeriesIdentity) { self.identity = identity }

    /// - Returns: `nil` where every row of the series was set aside.
    /// - Throws: `number-out-of-range` where the sum does not fit.
    func finished(
        for profile: Profile, file: String, log: inout CSVDiagnosticLog
    ) throws(Diagnostic) -> ReadingSeries? {
        guard !readings.isEmpty || !missing.isEmpty else { return nil }
        let rule = profile.series[identity.rule]
        let slots = ReadingSlots(
            settling: readings, behaviour: rule.behaviour,
            distinguishesIdentifiers: profile.kind == .fuel)
        for issue in slots.issues {
            log.add(issue.diagnostic(in: file), code: issue.code)
        }
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
        let hasInstants = profile.time.zone != .facility
        let starts = [readings.lazy.map(\.start).min(), missing.lazy.map(\.start).min()]
        let ends = [readings.lazy.map(\.end).max(), missing.lazy.map(\.end).max()]
        return ReadingSeries(
            meter: identity.meter, channel: identity.channel, carrier: identity.carrier,
            direction: identity.direction, clock: hasInstants ? .utc : .facilityDays,
            behaviour: rule.behaviour, unit: identity.unit, readings: slots.kept,
            missing: empty.count, start: hasInstants ? starts.compactMap(\.self).min() : nil,
            end: hasInstants ? ends.compactMap(\.self).max() : nil,
            total: try total(slots.kept, rule.behaviour, file: file))
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
                return try ExactDecimal.sum(readings.lazy.map(\.value))
            }
        } catch {
            throw Diagnostic(
                .numberOutOfRange, at: SourceLocation(file: file),
                "the values of '\(identity.name)' differ too much in size to be added exactly",
                hint: "look for a misplaced decimal mark")
        }
    }
}

extension CSVSeriesIdentity {
    /// For messages.
    var name: String {
        DiagnosticRenderer.quoted(
            [meter, channel, carrier.rawValue].compactMap(\.self).joined(separator: " "))
    }
}
