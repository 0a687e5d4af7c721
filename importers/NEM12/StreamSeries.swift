internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// Makes a series of a stream, and says what was found on the way.
struct StreamSeries {
    let stream: MeterStream

    /// - Throws: `number-out-of-range` where the values do not add up to a number that fits.
    func series(_ findings: inout Findings) throws(Diagnostic) -> ReadingSeries {
        let settled = Settlement(stream)
        report(settled, &findings)
        reportGaps(&findings)
        let key = stream.key
        if key.direction == .unknown {
            findings.warn(
                .readingTypeUnresolved, line: stream.claims.first?.record.line,
                "the file does not say which way the energy of \(stream.name) flows",
                hint: "state the direction of the meter in organisation.toml")
        }
        if key.direction != .net,
            let negative = settled.readings.first(where: \.value.isNegative)
        {
            findings.warn(
                .consumptionNegative, line: negative.line,
                "the value '\(negative.value)' of \(stream.name) is negative")
        }
        do throws(QuantityError) {
            let spans = stream.claims.map(\.record.span)
            var series = ReadingSeries(
                meter: key.nmi, channel: key.channel, carrier: key.carrier,
                direction: key.direction, behaviour: .delta, unit: DataStream.unit(of: key.carrier),
                readings: settled.readings, missing: settled.missing.count,
                start: spans.lazy.map(\.start).min(), end: spans.lazy.map(\.end).max(),
                total: try ExactDecimal.sum(settled.readings.lazy.map(\.value)))
            let isUpdated = settled.revisions.contains { $0.updated != nil }
            series.revisions = isUpdated ? settled.revisions : []
            return series
        } catch {
            throw findings.refusal(
                .numberOutOfRange, line: stream.claims.first?.record.line,
                "the values of \(stream.name) do not add up to a number that fits",
                hint: "look for a misplaced decimal point")
        }
    }

    private func report(_ settled: Settlement, _ findings: inout Findings) {
        if let first = settled.duplicates.map(\.line).min() {
            findings.warn(
                .readingDuplicate, line: first,
                "\(settled.duplicates.count) records of \(stream.name) say the same as another "
                    + "and count once")
        }
        if let first = settled.replaced.map(\.line).min() {
            findings.warn(
                .readingDuplicate, line: first,
                "\(settled.replaced.count) records of \(stream.name) give way to a newer or finer "
                    + "one of the same time")
        }
        if !settled.missing.isEmpty {
            findings.warn(
                .readingMissing, line: stream.claims.first { !$0.missing.isEmpty }?.record.line,
                "\(settled.missing.count) slots of \(stream.name) have no value",
                hint: "missing is not zero: ask for the values")
        }
        for records in settled.contested {
            let lines = records.map { String($0.line) }
            let isOverlap = Set(records.map(\.span)).count > 1
            findings.conflict(
                isOverlap ? .periodOverlap : .readingConflict, line: records[0].line,
                "the records of lines \(DiagnosticRenderer.quoted(lines.joined(separator: ", "))) "
                    + "state different values of \(stream.name) for \(Self.days(records)); "
                    + "none is taken",
                hint: "which one holds? a newer UpdateDateTime would tell; remove the others")
        }
    }

    private static func days(_ records: [Claim.Record]) -> String {
        let first = records.map(\.span.start).min().map(MarketTime.day)
        let last = records.map(\.span.end).max().map { MarketTime.day(of: $0.adding(seconds: -1)) }
        return [first, last].compactMap { $0?.description }.reduce(into: [String]()) { days, day in
            if days.last != day { days.append(day) }
        }.joined(separator: " to ")
    }

    /// Days between the records that no record names.
    private func reportGaps(_ findings: inout Findings) {
        let spans = stream.claims.map(\.record.span).sorted { $0.start < $1.start }
        var covered = spans.first?.end
        var seconds: Int64 = 0
        var first: Instant?
        for span in spans {
            guard let end = covered else { break }
            if span.start > end {
                first = first ?? end
                seconds += span.start.secondsSinceEpoch - end.secondsSinceEpoch
            }
            covered = max(end, span.end)
        }
        guard let first else { return }
        let days = (seconds + 86_399) / 86_400
        findings.warn(
            .readingMissing, line: stream.claims.first?.record.line,
            "no record covers \(days) days of \(stream.name), from \(MarketTime.day(of: first)) on",
            hint: "missing is not zero: ask for these days")
    }
}
