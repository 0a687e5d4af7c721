internal import Diagnostics
internal import Inventory
internal import Quantities

// Spans that a row alone does not tell: they take the times of the rows around it.

extension CSVSeriesBuilder {
    /// Gives moments their spans where the profile says that the other rows tell them.
    ///
    /// - Returns: Lines of readings that have no period and are left out.
    /// - Throws: `time-ambiguous` where the distance of the times is not the same throughout.
    mutating func completeSpans(
        _ profile: Profile, file: String
    ) throws(Diagnostic) -> [Int] {
        switch profile.time.span {
        case .previous: return takePreviousAsStart()
        case .label(_, let label, .fromTimes):
            try takeStepFromTimes(label, profile, file: file)
            return []
        case .ends, .label, .moment: return []
        }
    }

    private var moments: [Instant] {
        Set(readings.map(\.start) + missing.map(\.start)).sorted()
    }

    /// A bill begins where the one before it ended.
    private mutating func takePreviousAsStart() -> [Int] {
        let moments = moments
        let previous = Dictionary(uniqueKeysWithValues: zip(moments.dropFirst(), moments))
        var lines: [Int] = []
        var bounded = Readings()
        for var reading in readings {
            if let start = previous[reading.start] {
                reading.start = start
                bounded.append(reading)
            } else {
                lines.append(reading.line)
            }
        }
        readings = bounded
        missing = missing.compactMap { slot in
            previous[slot.start].map { .init(start: $0, end: slot.end, line: slot.line) }
        }
        return lines
    }

    /// The step is the distance of the times; a hole may be several steps long.
    private mutating func takeStepFromTimes(
        _ label: Profile.TimeRule.Label, _ profile: Profile, file: String
    ) throws(Diagnostic) {
        let moments = moments
        let distances = zip(moments, moments.dropFirst()).map {
            $1.secondsSinceEpoch - $0.secondsSinceEpoch
        }
        let holes = distances.count { $0 != distances.min() }
        guard let step = distances.min(), Self.steps.contains(step),
            distances.allSatisfy({ $0 % step == 0 }), holes * 20 <= distances.count
        else {
            throw Diagnostic(
                .timeAmbiguous,
                at: SourceLocation(file: file, line: readings.first?.line ?? missing.first?.line),
                "the times do not tell how long the intervals are",
                hint: "how long are they? state 'step' in the profile")
        }
        let isPower = profile.series[identity.rule].behaviour == .meanPower
        let before = label == .end ? -step : 0
        var bounded = Readings()
        for var reading in readings {
            reading.start = reading.start.adding(seconds: before)
            reading.end = reading.start.adding(seconds: step)
            do throws(QuantityError) {
                if isPower { reading.value = try reading.value.multiplied(by: ExactDecimal(step)) }
            } catch {
                throw Diagnostic(
                    .numberOutOfRange, at: SourceLocation(file: file, line: reading.line),
                    "the value '\(reading.value)' is out of range")
            }
            bounded.append(reading)
        }
        readings = bounded
        missing = missing.map { slot in
            let start = slot.start.adding(seconds: before)
            return .init(start: start, end: start.adding(seconds: step), line: slot.line)
        }
    }

    /// Lengths in seconds that meters use.
    private static let steps: Set<Int64> = [60, 300, 600, 900, 1_200, 1_800, 3_600]
}

/// The differences that a file states beside a register.
struct CSVDeltaControl {
    private var sum: ExactDecimal? = .zero
    private var earliest: (moment: Instant, delta: ExactDecimal)?

    mutating func add(_ delta: ExactDecimal?, at moment: Instant) {
        let delta = delta ?? .zero
        do throws(QuantityError) {
            sum = try sum?.adding(delta)
        } catch {
            sum = nil
        }
        if earliest.map({ moment < $0.moment }) ?? true { earliest = (moment, delta) }
    }

    /// The sum of the differences behind the first reading, which has none within the file.
    ///
    /// - Returns: `nil` where there are none, or the sum does not fit.
    var total: ExactDecimal? {
        guard let sum, let earliest else { return nil }
        do throws(QuantityError) {
            return try sum.subtracting(earliest.delta)
        } catch {
            return nil
        }
    }
}
