internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// What makes values belong together.
struct SeriesKey: Hashable {
    /// Index of the entry of the usage point, or of the meter reading where there is none.
    var owner: Int?
    var channel: String?
    var carrier: Carrier
    var direction: FlowDirection
    var behaviour: ReadingBehaviour
    var source: Unit
    var unit: Unit
}

/// The slots of one series, as they are collected.
struct SeriesDraft {
    /// Decimals of a reading whose quotient does not end; totals are rounded by themselves.
    private static let readingDecimals = 15
    /// Decimals of a total whose quotient does not end.
    private static let totalDecimals = 9

    let key: SeriesKey
    let meter: String?
    private(set) var slots = CompactIntervals<Slot>()
    private(set) var missing: [Period] = []
    /// Interval lengths of types that do not say how their values accumulate.
    var impliedLengths: Set<Int64> = []

    struct Period: Hashable {
        let start: Int64
        let end: Int64
    }

    init(key: SeriesKey, meter: String?) {
        self.key = key
        self.meter = meter
    }

    mutating func add(_ result: SlotReader.Result) {
        switch result {
        case .slot(let slot): slots.append(slot)
        case .missing(let start, let end): missing.append(Period(start: start, end: end))
        case .setAside: break
        }
    }

    /// Settles duplicates and contradictions and adds up.
    ///
    /// - Returns: `nil` where nothing certain is left.
    /// - Throws: `number-out-of-range` where a sum does not fit.
    func series(_ findings: inout Findings) throws(Diagnostic) -> ReadingSeries? {
        try checkImpliedLengths(findings)
        do throws(QuantityError) {
            switch key.behaviour {
            case .delta, .meanPower: return try deltaSeries(&findings)
            case .cumulative: return try registerSeries(&findings)
            }
        } catch {
            throw findings.refusal(
                .numberOutOfRange, line: slots.first?.line,
                "the values of meter '\(meter ?? "")' do not add up to a number that fits")
        }
    }

    /// A type that does not say how its values accumulate is read as one of deltas only if its
    /// interval length is that of the readings.
    private func checkImpliedLengths(_ findings: Findings) throws(Diagnostic) {
        guard !impliedLengths.isEmpty, let first = slots.first else { return }
        let fits = slots.contains { slot in
            impliedLengths.contains { length in
                // Months differ in length, and days where clocks change.
                let slip = length >= 86_400 ? max(Slot.billTolerance, length / 8) : 0
                return abs(slot.duration - length) <= slip
            }
        }
        if fits { return }
        throw findings.refusal(
            .readingTypeUnresolved, line: first.line,
            "the type does not say how values accumulate, and its interval length is not that of"
                + " the readings ('\(first.duration)' seconds)",
            hint: "ask the sender whether these are amounts of a period or readings of a register")
    }

    private func deltaSeries(_ findings: inout Findings) throws(QuantityError) -> ReadingSeries? {
        let order = try SlotOrder(slots)
        report(order, &findings)
        let total = try order.kept.total()
        var empty = Set(missing)
        if !empty.isEmpty {
            for slot in slots { empty.remove(Period(start: slot.start, end: slot.end)) }
        }
        if !empty.isEmpty {
            findings.warn(
                .readingMissing, line: slots.first?.line,
                "'\(empty.count)' readings of meter '\(meter ?? "")' have no value")
        }
        guard !order.kept.isEmpty || !empty.isEmpty else { return nil }
        if key.direction != .net, let negative = order.kept.first(where: \.value.isNegative) {
            findings.warn(
                .consumptionNegative, line: negative.line,
                "the value '\(negative.value)' is negative in a series that is not net")
        }
        return try series(order.kept, empty.count, total) { slot in (slot.start, slot.end) }
    }

    /// A register only rises; the quantity is the last reading less the first.
    private func registerSeries(
        _ findings: inout Findings
    ) throws(QuantityError) -> ReadingSeries? {
        // A reading is a moment: the end of its period. A second of length lets moments be ordered
        // as periods that never overlap.
        let order = try SlotOrder(
            CompactIntervals(
                slots.lazy.map { slot in
                    var moment = slot
                    moment.start = slot.end
                    moment.end = slot.end + 1
                    return moment
                }))
        report(order, &findings)
        guard let first = order.kept.first, let last = order.kept.last else { return nil }
        for (before, after) in zip(order.kept, order.kept.dropFirst())
        where after.value < before.value {
            findings.conflict(
                .registerFalls, line: after.line,
                "the register falls from '\(before.value)' to '\(after.value)'",
                hint: "the meter was changed or its register rolled over: enter its last reading")
            return nil
        }
        if order.kept.count == 1 {
            findings.warn(
                .valueMissing, line: first.line,
                "one reading of a register gives no quantity")
        }
        let total = try last.value.subtracting(first.value)
        return try series(order.kept, missing.count, total) { slot in (slot.start, slot.start) }
    }

    private func series(
        _ kept: CompactIntervals<Slot>, _ missingCount: Int, _ total: ExactDecimal,
        span: (Slot) -> (Int64, Int64)
    ) throws(QuantityError) -> ReadingSeries {
        var readings = Readings()
        let factor = try Quantity(.one, key.source).ratio(in: key.unit).exactDecimal
        for slot in kept {
            let (start, end) = span(slot)
            let value: ExactDecimal
            if let factor {
                value = try slot.value.multiplied(by: factor)
            } else {
                value = try converted(slot.value, decimals: Self.readingDecimals)
            }
            readings.append(
                Reading(
                    start: Instant(secondsSinceEpoch: start), end: Instant(secondsSinceEpoch: end),
                    value: value, quality: slot.quality, line: slot.line))
        }
        let isRegister = key.behaviour == .cumulative
        let starts = [
            isRegister ? slots.lazy.map(\.end).min() : slots.earliestStart,
            missing.lazy.map(\.start).min(),
        ]
        let ends = [slots.latestEnd, missing.lazy.map(\.end).max()]
        let first = starts.compactMap(\.self).min().map { Instant(secondsSinceEpoch: $0) }
        let last = ends.compactMap(\.self).max().map { Instant(secondsSinceEpoch: $0) }
        var series = ReadingSeries(
            meter: meter, channel: key.channel, carrier: key.carrier, direction: key.direction,
            behaviour: key.behaviour, unit: key.unit, readings: readings, missing: missingCount,
            start: first, end: last,
            total: try converted(total, decimals: Self.totalDecimals))
        series.qualityWords = kept.reduce(into: [:]) { words, slot in
            guard let code = slot.qualityCode else { return }
            words[QualityCode.word(Int(code)), default: 0] += 1
        }
        return series
    }

    private func converted(
        _ value: ExactDecimal, decimals: Int
    ) throws(QuantityError) -> ExactDecimal {
        try Quantity(value, key.source)
            .converted(to: key.unit, decimals: decimals, rounding: .halfEven).amount
    }

    private func report(_ order: SlotOrder, _ findings: inout Findings) {
        if let first = order.duplicates.first {
            findings.warn(
                .readingDuplicate, line: first.line,
                "'\(order.duplicates.count)' readings stand in the feed twice and count once")
        }
        for slot in order.contradicting {
            findings.conflict(
                .readingConflict, line: slot.line,
                "the value '\(slot.value)' is one of several for the period from"
                    + " \(Instant(secondsSinceEpoch: slot.start))",
                hint: "ask the sender which value is right")
        }
        for slot in order.overlapping {
            findings.conflict(
                .periodOverlap, line: slot.line,
                "the period of '\(slot.duration)' seconds from"
                    + " \(Instant(secondsSinceEpoch: slot.start)) overlaps another",
                hint: "ask the sender which periods are right")
        }
        let off = order.repeated.filter { $0.slot.value != $0.sum }
        if let first = off.first {
            findings.warn(
                .controlTotalDiffers, line: first.slot.line,
                "the longer period states '\(first.slot.value)', its shorter periods add up to"
                    + " '\(first.sum)'; the shorter ones count")
        }
    }
}
