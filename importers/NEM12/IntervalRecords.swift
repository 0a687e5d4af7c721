internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// A 200 record: which stream the 300 records below it belong to, and how long their intervals are.
struct IntervalBlock {
    let line: Int
    /// Intervals of a day.
    let intervals: Int
    let minutes: Int
    let meterSerial: String
    let target: Target

    enum Target {
        case stream(Int, factor: ExactDecimal)
        case leftOut
    }
}

// MARK: - 200

extension MeterDataReader {
    /// NMI 1, configuration 2, register 3, suffix 4, MDM stream 5, serial 6, UOM 7, length 8,
    /// next read 9.
    mutating func readBlock() throws(Diagnostic) {
        try requireHeader(.intervals)
        let minutes = cursor.text(8)
        guard let length = Int(minutes), length > 0, 1_440.isMultiple(of: length) else {
            throw cursor.refusal(
                .recordStructure, at: 8,
                "the interval length '\(DiagnosticRenderer.quoted(minutes))' is no number of "
                    + "minutes that divides a day",
                hint: "the standard has 1, 5, 10, 15 and 30")
        }
        let nmi = try cursor.identifier(1, "NMI")
        let suffix = try cursor.identifier(4, "NMI suffix").uppercased()
        let target: IntervalBlock.Target
        switch try amounts(suffix: suffix, unit: cursor.text(7)) {
        case .amounts(let carrier, let direction, let factor):
            let key = StreamKey(nmi: nmi, channel: suffix, carrier: carrier, direction: direction)
            target = .stream(stream(key), factor: factor)
        case .leftOut(let what):
            leaveOut("'\(nmi) \(suffix)': \(what)")
            target = .leftOut
        }
        block = IntervalBlock(
            line: cursor.line, intervals: 1_440 / length, minutes: length,
            meterSerial: cursor.text(6), target: target)
    }

    private enum Amounts {
        case amounts(carrier: Carrier, direction: FlowDirection, factor: ExactDecimal)
        case leftOut(String)
    }

    private func amounts(suffix: String, unit: String) throws(Diagnostic) -> Amounts {
        switch DataStream(suffix: suffix, unit: unit) {
        case .amounts(let carrier, let direction, let factor):
            return .amounts(carrier: carrier, direction: direction, factor: factor)
        case .leftOut(let what): return .leftOut(what)
        case .contradiction:
            throw cursor.refusal(
                .unitUnknown, at: 7,
                "the suffix '\(suffix)' and the unit '\(unit)' speak of different energy",
                hint: "which is right? E and B are active energy, Q and K reactive")
        case .unitMissing: throw unitMissing(at: 7)
        case .unitUnknown: throw unitUnknown(unit, at: 7)
        }
    }

    func unitMissing(at field: Int) -> Diagnostic {
        cursor.refusal(
            .unitUnknown, at: field, "the record states no unit of measure",
            hint: "which one is it? write kWh, Wh or MWh into the field UOM")
    }

    func unitUnknown(_ unit: String, at field: Int) -> Diagnostic {
        cursor.refusal(
            .unitUnknown, at: field,
            "'\(DiagnosticRenderer.quoted(unit))' is no unit of the standard",
            hint: "write kWh, Wh, MWh, kVArh, VArh or MVArh into the field UOM")
    }
}

// MARK: - 300

extension MeterDataReader {
    /// Day 1, values from 2 on, then quality, reason, description, UpdateDateTime, load time.
    mutating func readDay() throws(Diagnostic) {
        guard let block else {
            throw cursor.refusal(
                .recordStructure, at: 0, "a 300 record stands without a 200 record above it",
                hint: "ask for the file again: the meter of these values is not stated")
        }
        let flag = try flag(of: block)
        try count(values: block.intervals)
        day = .passedOver
        guard case .stream(let stream, let factor) = block.target else { return }
        guard let date = MarketTime.day(cursor.text(1)) else {
            findings.quarantine(
                .dateInvalid, line: cursor.line, column: cursor.column(1),
                "'\(DiagnosticRenderer.quoted(cursor.text(1)))' is no date of the form YYYYMMDD",
                hint: "correct the date; the whole day is set aside")
            return
        }
        guard let flag else { return }
        guard let values = values(of: block, times: factor) else { return }
        let start = MarketTime.startOfDay(date)
        let record = Claim.Record(
            span: Claim.Span(start: start, end: start.adding(seconds: 86_400)),
            updated: updated(field: block.intervals + 5), meterSerial: block.meterSerial,
            line: cursor.line)
        day = .read(IntervalDay(record: record, values: values, flag: flag), stream: stream)
    }

    /// The quality behind the last value. It is where the interval length says, or the length
    /// and the values contradict each other.
    ///
    /// - Returns: `nil` where there is one that the standard does not know: the day is set aside.
    private mutating func flag(of block: IntervalBlock) throws(Diagnostic) -> QualityFlag? {
        let place = block.intervals + 2
        let text = cursor.text(place)
        if let flag = QualityFlag(text) {
            guard cursor.isEmpty(from: place + 5) else {
                throw cursor.refusal(
                    .csvRowRagged, at: place + 5,
                    "fields follow the last one of a 300 record",
                    hint: "was a line break lost? put each record on a line of its own")
            }
            return flag
        }
        let held = (2..<max(2, cursor.count)).first { QualityFlag(cursor.text($0)) != nil }
        let isWord = text.utf8.first.map { $0 | 0x20 >= UInt8(ascii: "a") } ?? false
        if held == nil, isWord, cursor.isEmpty(from: place + 5) {
            findings.quarantine(
                .qualityUnknown, line: cursor.line, column: cursor.column(place),
                "'\(DiagnosticRenderer.quoted(text))' is no quality of the standard",
                hint: "the standard has A, E, F, N, S and V; the whole day is set aside")
            return nil
        }
        let found = held.map { "\($0 - 2) values stand before its quality" }
        throw cursor.refusal(
            .csvRowRagged, at: nil,
            "\(block.minutes) minutes of the 200 record on line \(block.line) make "
                + "\(block.intervals) values a day; here "
                + (found ?? "no quality follows as many"),
            hint: "which is right? ask for the file again; no part of the day is taken")
    }

    private mutating func values(
        of block: IntervalBlock, times factor: ExactDecimal
    ) -> [ExactDecimal?]? {
        var values: [ExactDecimal?] = []
        values.reserveCapacity(block.intervals)
        for index in 2..<block.intervals + 2 {
            do throws(QuantityError) {
                var value = try cursor.number(index)
                if factor != .one { value = try value?.multiplied(by: factor) }
                values.append(value)
            } catch {
                quarantineNumber(error, at: index, "the whole day is set aside")
                return nil
            }
        }
        return values
    }

    mutating func quarantineNumber(_ error: QuantityError, at field: Int, _ effect: String) {
        let text = DiagnosticRenderer.quoted(cursor.text(field))
        findings.quarantine(
            error == .notADecimal ? .numberInvalid : .numberOutOfRange, line: cursor.line,
            column: cursor.column(field),
            error == .notADecimal
                ? "'\(text)' is no number with a decimal point"
                : "'\(text)' has too many digits", hint: "correct the value; \(effect)")
    }

    /// UpdateDateTime only decides between records, so that an unreadable one is none.
    mutating func updated(field: Int) -> Instant? {
        let text = cursor.text(field)
        guard !text.isEmpty else { return nil }
        if let moment = MarketTime.moment(text) { return moment }
        findings.warn(
            .dateInvalid, line: cursor.line, column: cursor.column(field),
            "'\(DiagnosticRenderer.quoted(text))' is no time of the form YYYYMMDDhhmmss and is "
                + "not used to tell which record is newer")
        return nil
    }
}

// MARK: - 400

extension MeterDataReader {
    /// First interval 1, last interval 2, quality 3.
    mutating func readQuality() throws(Diagnostic) {
        guard day != nil else {
            throw cursor.refusal(
                .recordStructure, at: 0, "a 400 record stands without a 300 record above it",
                hint: "ask for the file again: the day of this quality is not stated")
        }
        guard case .read(var day, let stream) = day else { return }
        // Held once, so that a change copies nothing.
        self.day = .passedOver
        let text = cursor.text(3)
        guard let flag = QualityFlag(text) else {
            findings.quarantine(
                .qualityUnknown, line: cursor.line, column: cursor.column(3),
                "'\(DiagnosticRenderer.quoted(text))' is no quality of the standard",
                hint: "the standard has A, E, F, N and S; the whole day is set aside")
            return
        }
        guard let first = Int(cursor.text(1)), let last = Int(cursor.text(2)), first <= last,
            day.describe(first...last, as: flag)
        else {
            throw cursor.refusal(
                .recordStructure, at: 1,
                "'\(DiagnosticRenderer.quoted(cursor.text(1)))' to "
                    + "'\(DiagnosticRenderer.quoted(cursor.text(2)))' is no range of the "
                    + "\(day.values.count) intervals of the day that follows the one before",
                hint: "ask for the file again: the interval length and the 400 records disagree")
        }
        self.day = .read(day, stream: stream)
    }
}
