internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// A stretch of time with an amount, in the unit of the file.
struct Slot: Hashable {
    /// Seconds since 1970 in UTC, as the file states them.
    var start: Int64
    var end: Int64
    var value: ExactDecimal
    /// The ESPI code of its quality.
    var qualityCode: Int16?
    var line: Int

    var quality: ReadingQuality { qualityCode.map { QualityCode.quality(Int($0)) } ?? .unstated }

    var duration: Int64 { end - start }

    /// Edges of bills slip by an hour where clocks change; those of intervals do not.
    static let billSeconds: Int64 = 2 * 86_400
    static let billTolerance: Int64 = 3_600

    /// How far two periods of this length may overlap or part without a fault.
    static func tolerance(_ first: Int64, _ second: Int64) -> Int64 {
        min(first, second) >= billSeconds ? billTolerance : 0
    }
}

extension Slot: IntervalElement {
    var startSeconds: Int64 { start }
    var endSeconds: Int64 { end }
    var mark: Int16? { qualityCode }

    init(
        startSeconds: Int64, endSeconds: Int64, value: ExactDecimal, line: Int, mark: Int16?
    ) {
        self.init(
            start: startSeconds, end: endSeconds, value: value, qualityCode: mark, line: line)
    }
}

/// Turns the readings of a block into slots; what cannot be read is set aside.
struct SlotReader {
    /// 1990 to 2100: outside lies no reading of a meter, but many a broken clock.
    private static let plausibleStarts: Range<Int64> = 631_152_000..<4_102_444_800
    /// Three years and a day.
    private static let longestPeriod: Int64 = 1_096 * 86_400
    /// The schema's Int48.
    private static let largestValue = ExactDecimal(1 << 47)

    enum Result {
        case slot(Slot)
        /// A slot that the file names without a value.
        case missing(start: Int64, end: Int64)
        case setAside
    }

    let block: IntervalBlock
    let measure: Measure

    /// - Throws: `number-out-of-range` for a value that no meter can state.
    func read(
        _ reading: IntervalReading, at index: Int, _ findings: inout Findings
    ) throws(Diagnostic) -> Result {
        guard let start = start(of: reading, at: index, &findings),
            let duration = duration(of: reading, &findings)
        else { return .setAside }
        let scaled: ExactDecimal
        switch reading.value {
        case .absent, .empty: return .missing(start: start, end: start + duration)
        case .invalid(let text):
            findings.quarantine(
                .numberInvalid, line: reading.line,
                "the value '\(DiagnosticRenderer.quoted(text))' is no number")
            return .setAside
        case .value(let value):
            guard value.magnitude < Self.largestValue else {
                throw outOfRange(value, reading.line, findings)
            }
            if !value.isInteger {
                findings.warn(
                    .numberInvalid, line: reading.line,
                    "the value '\(value)' is no integer, as the standard asks for")
            }
            scaled = ExactDecimal(
                mantissa: value.mantissa, exponent: value.exponent + measure.powerOfTen)
        }
        let quality = QualityCode.deciding(reading.qualities, fallback: measure.defaultQuality)
        return .slot(
            Slot(
                start: start, end: start + duration, value: scaled,
                qualityCode: quality.flatMap(Int16.init(exactly:)), line: reading.line))
    }

    private func outOfRange(
        _ value: ExactDecimal, _ line: Int, _ findings: Findings
    ) -> Diagnostic {
        findings.refusal(
            .numberOutOfRange, line: line,
            "the value '\(value)' is larger than the standard allows (48 bits)",
            hint: "the export is broken: ask the sender for another")
    }

    private func start(
        of reading: IntervalReading, at index: Int, _ findings: inout Findings
    ) -> Int64? {
        let text: String
        switch reading.period.start {
        case .value(let start):
            if Self.plausibleStarts.contains(start) { return start }
            text = String(start)
        case .invalid(let written): text = written
        case .empty: text = ""
        case .absent:
            // Readings without a time follow each other at the length the type states.
            if let start = block.interval.start.known, let length = measure.intervalLength,
                Self.plausibleStarts.contains(start),
                reading.period.duration == .absent
            {
                let implied = start + Int64(index) * min(length, Self.longestPeriod)
                if Self.plausibleStarts.contains(implied) { return implied }
            }
            text = ""
        }
        findings.quarantine(
            .dateInvalid, line: reading.line,
            "the start '\(DiagnosticRenderer.quoted(text))' is no time in whole seconds since"
                + " 1970, between 1990 and 2100",
            hint: "the export is broken: ask the sender for another")
        return nil
    }

    private func duration(of reading: IntervalReading, _ findings: inout Findings) -> Int64? {
        let shortest: Int64 = measure.behaviour == .cumulative ? 0 : 1
        let text: String
        switch reading.period.duration {
        case .value(let duration):
            if (shortest...Self.longestPeriod).contains(duration) { return duration }
            text = String(duration)
        case .invalid(let written): text = written
        case .empty: text = ""
        case .absent:
            if let length = measure.intervalLength, length <= Self.longestPeriod { return length }
            if measure.behaviour == .cumulative { return 0 }
            text = ""
        }
        findings.quarantine(
            .periodReversed, line: reading.line,
            "the duration '\(DiagnosticRenderer.quoted(text))' is not between 1 second and 3 years",
            hint: "the export is broken: ask the sender for another")
        return nil
    }
}
