internal import ImportKit
internal import Inventory
internal import Quantities

/// The values of a 300 record, with the qualities that its 400 records add.
struct IntervalDay {
    let record: Claim.Record
    /// In the unit of the series; `nil` for an empty cell.
    let values: [ExactDecimal?]
    private var flags: [QualityFlag]
    /// The last interval that a 400 record has described.
    private var described = 0

    init(record: Claim.Record, values: [ExactDecimal?], flag: QualityFlag) {
        self.record = record
        self.values = values
        flags = Array(repeating: flag, count: values.count)
    }

    /// Sets the quality of a range.
    ///
    /// - Parameter intervals: 1-based, both ends included.
    /// - Returns: `false` for a range that is not of this day, or not behind the one before.
    mutating func describe(_ intervals: ClosedRange<Int>, as flag: QualityFlag) -> Bool {
        guard intervals.lowerBound > described, intervals.upperBound <= flags.count else {
            return false
        }
        for interval in intervals { flags[interval - 1] = flag }
        described = intervals.upperBound
        return true
    }

    /// How many intervals have a value whose quality no 400 record states.
    var undescribed: Int { flags.count { $0 == .variable } }

    /// The values as readings, and the slots without one.
    func slots() -> (readings: [Reading], missing: [Claim.Span]) {
        let length = Int64(86_400 / values.count)
        var readings: [Reading] = []
        readings.reserveCapacity(values.count)
        var missing: [Claim.Span] = []
        var start = record.span.start
        for (value, flag) in zip(values, flags) {
            let end = start.adding(seconds: length)
            switch (value, flag) {
            case (nil, _), (_, .null): missing.append(Claim.Span(start: start, end: end))
            case (let value?, .stated(let quality)):
                readings.append(
                    Reading(
                        start: start, end: end, value: value, quality: quality, line: record.line))
            case (let value?, .variable):
                readings.append(
                    Reading(
                        start: start, end: end, value: value, quality: .unstated,
                        line: record.line))
            }
            start = end
        }
        return (readings, missing)
    }
}
