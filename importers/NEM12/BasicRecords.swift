internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

// MARK: - 250

extension MeterDataReader {
    /// The places of the fields of a 250 record.
    private enum Field {
        static let nmi = 1, register = 3, suffix = 4, meterSerial = 6, direction = 7
        static let previousRead = 8, previousTime = 9, previousQuality = 10
        static let currentRead = 13, currentTime = 14, currentQuality = 15
        static let quantity = 18, unit = 19, updated = 21, count = 23
    }

    mutating func readBasicRead() throws(Diagnostic) {
        try requireHeader(.basicReads)
        try count(values: 1)
        guard cursor.count > Field.unit, cursor.isEmpty(from: Field.count) else {
            findings.quarantine(
                .csvRowRagged, line: cursor.line,
                "the 250 record has \(cursor.count) fields; it needs \(Field.unit + 1) and has at "
                    + "most \(Field.count)",
                hint: "was a line cut or joined? ask for the file again")
            return
        }
        let nmi = try cursor.identifier(Field.nmi, "NMI")
        let place = cursor.text(Field.suffix).isEmpty ? Field.register : Field.suffix
        let channel = try cursor.identifier(place, "NMI suffix").uppercased()
        let unit = cursor.text(Field.unit)
        switch DataStream(unit: unit, direction: direction()) {
        case .amounts(let carrier, let direction, let factor):
            guard let (record, reading) = basicRead(times: factor) else { return }
            let key = StreamKey(nmi: nmi, channel: channel, carrier: carrier, direction: direction)
            add(
                record, reading.map { [$0] } ?? [], reading == nil ? [record.span] : [],
                to: stream(key))
        case .leftOut(let what): leaveOut("'\(nmi) \(channel)': \(what)")
        case .unitMissing: throw unitMissing(at: Field.unit)
        case .unitUnknown, .contradiction: throw unitUnknown(unit, at: Field.unit)
        }
    }

    /// The field DirectionIndicator, seen from the grid: E is what the site takes, I what it gives.
    private func direction() -> FlowDirection {
        switch cursor.text(Field.direction).uppercased() {
        case "E": .import
        case "I": .export
        case _: .unknown
        }
    }

    /// - Returns: The record with its quantity, `nil` for a null; nothing where the row is set
    ///   aside.
    private mutating func basicRead(
        times factor: ExactDecimal
    ) -> (record: Claim.Record, reading: Reading?)? {
        guard let span = span(), let quality = quality() else { return nil }
        let record = Claim.Record(
            span: span, updated: updated(field: Field.updated),
            meterSerial: cursor.text(Field.meterSerial), line: cursor.line)
        do throws(QuantityError) {
            guard case .stated(let quality) = quality,
                let quantity = try cursor.number(Field.quantity)
            else { return (record, nil) }
            compareReads(with: quantity)
            let reading = Reading(
                start: span.start, end: span.end, value: try quantity.multiplied(by: factor),
                quality: quality, line: cursor.line)
            return (record, reading)
        } catch {
            quarantineNumber(error, at: Field.quantity, "the record is set aside")
            return nil
        }
    }

    private mutating func span() -> Claim.Span? {
        var moments: [Instant] = []
        for field in [Field.previousTime, Field.currentTime] {
            guard let moment = MarketTime.moment(cursor.text(field)) else {
                findings.quarantine(
                    .dateInvalid, line: cursor.line, column: cursor.column(field),
                    "'\(DiagnosticRenderer.quoted(cursor.text(field)))' is no time of the form "
                        + "YYYYMMDDhhmmss",
                    hint: "correct the time; the record is set aside")
                return nil
            }
            moments.append(moment)
        }
        guard moments[0] < moments[1] else {
            findings.quarantine(
                .periodReversed, line: cursor.line, column: cursor.column(Field.currentTime),
                "the current read is not later than the previous one",
                hint: "correct the times; the record is set aside")
            return nil
        }
        return Claim.Span(start: moments[0], end: moments[1])
    }

    /// The lesser of the qualities of both reads; a read that has none states none.
    private mutating func quality() -> QualityFlag? {
        var result = QualityFlag.stated(.actual)
        for field in [Field.previousQuality, Field.currentQuality] {
            let text = cursor.text(field)
            switch (text.isEmpty ? .stated(.unstated) : QualityFlag(text), result) {
            case (.null, _), (.stated, .null): result = .null
            case (.stated(let next), .stated(let before)): result = .stated(.lesser(before, next))
            case (.variable, _), (nil, _), (_, .variable):
                findings.quarantine(
                    .qualityUnknown, line: cursor.line, column: cursor.column(field),
                    "'\(DiagnosticRenderer.quoted(text))' is no quality of a read",
                    hint: "the standard has A, E, F, N and S; the record is set aside")
                return nil
            }
        }
        return result
    }

    /// The reads of the register are a second statement of the quantity: compared, never added.
    private mutating func compareReads(with quantity: ExactDecimal) {
        do throws(QuantityError) {
            guard let previous = try cursor.number(Field.previousRead),
                let current = try cursor.number(Field.currentRead)
            else { return }
            let difference = try current.subtracting(previous)
            // Some registers of what flows to the grid count down, or state it with a minus.
            if difference.magnitude == quantity.magnitude { return }
            let digits = cursor.text(Field.previousRead).prefix { $0 != "." }.count
            let turn = ExactDecimal(mantissa: 1, exponent: min(digits, 30))
            if difference.isNegative, try difference.adding(turn) == quantity { return }
            findings.warn(
                .controlTotalDiffers, line: cursor.line, column: cursor.column(Field.quantity),
                "the quantity '\(quantity)' is not the difference of the reads, '\(difference)'; "
                    + "the quantity counts",
                hint: "a register with a multiplier explains it; else ask which is right")
        } catch {
            findings.warn(
                .controlTotalDiffers, line: cursor.line,
                "the reads are no numbers that the quantity could be compared with")
        }
    }
}
