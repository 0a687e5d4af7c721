package import Inventory
package import LedgerCore
internal import Quantities

/// An activity whose daily quantity stands apart from the history of its own meter.
package struct Outlier: Sendable {
    package let number: RecordNumber
    package let record: ActivityRecord
    /// It is so far off that it is not posted before somebody has decided.
    package let isHeld: Bool
    /// The quantity a day and its history, in words.
    package let message: String
}

/// Looks for outliers by the robust z-score of each activity among the others of its meter.
///
/// `0.6745 · |x − median| / MAD > 3.5` (Iglewicz and Hoaglin 1993), in exact fractions, so that
/// the answer is the same on every machine and in every order of imports. It keeps a figure of
/// each activity, not the activity.
struct OutlierSearch {
    /// Activities of one meter besides the one that is judged.
    static let shortestHistory = 6
    /// Shorter activities are neither judged nor history.
    static let shortestSpan: Int64 = 14 * 86_400
    /// A deviation below a quarter of the median is no news, however steady the history.
    static let flaggedShare: Int128 = 4
    /// Times the highest of what is usual: a slip of the decimal mark or the unit, not a season.
    static let heldMultiple: Int128 = 5

    private struct Subject: Hashable {
        let slot: String
        let series: String?
        let dimension: Dimension
    }

    private struct Observation {
        let number: RecordNumber
        let unit: Unit
        let daily: Ratio
    }

    /// What `Outlier` says, without the activity.
    struct Finding {
        let number: RecordNumber
        let isHeld: Bool
        let message: String
    }

    private var groups: [Subject: [Observation]] = [:]

    /// Takes an activity that stands.
    mutating func add(_ record: ActivityRecord, _ number: RecordNumber) {
        guard let consumption = record.consumption, consumption.meter != nil,
            let span = record.span, !record.isCredit, let daily = Self.daily(record, span)
        else { return }
        let subject = Subject(
            slot: record.slot.subject, series: record.slot.series,
            dimension: record.quantity.unit.dimension)
        groups[subject, default: []].append(
            Observation(number: number, unit: record.quantity.unit, daily: daily))
    }

    /// In the order of the records.
    var findings: [Finding] {
        // Figures that overflow exact fractions are not judged.
        groups.values.filter { $0.count > Self.shortestHistory }.flatMap { group -> [Finding] in
            guard let sorted = try? Self.sorted(group.map(\.daily)) else { return [] }
            let unlike = group.filter { (try? Self.isUnlike($0.daily, among: sorted)) ?? false }
            if unlike.isEmpty { return [] }
            let usual = group.filter { member in
                !unlike.contains { $0.number == member.number }
            }
            return unlike.compactMap { try? Self.finding($0, in: group, usual: usual) }
        }.sorted { $0.number < $1.number }
    }

    /// Base units a day; `nil` for a span that is too short. A bill counts the days of the
    /// facility, readings the time from the first to the last.
    private static func daily(_ record: ActivityRecord, _ span: TimeSpan) -> Ratio? {
        let seconds =
            record.isInterval ? span.overlap(span) : Int64(record.period.days) * 86_400
        guard seconds >= shortestSpan else { return nil }
        do throws(QuantityError) {
            let amount = try Ratio(record.quantity.amount)
                .multiplied(by: record.quantity.unit.ratio)
            return try amount.multiplied(by: Ratio(86_400, over: Int128(seconds)))
        } catch {
            return nil
        }
    }

    private static func others(
        _ observation: Observation, _ group: [Observation]
    ) throws(QuantityError) -> [Ratio] {
        try sorted(group.filter { $0.number != observation.number }.map(\.daily))
    }

    /// - Parameter sorted: All figures of the meter; this one is in it.
    private static func isUnlike(
        _ daily: Ratio, among sorted: [Ratio]
    ) throws(QuantityError) -> Bool {
        var history = sorted
        history.remove(at: history.firstIndex(of: daily) ?? 0)
        let median = try median(history)
        guard try isNews(daily, median) else { return false }
        let deviation = try distance(daily, median)
        var deviations: [Ratio] = []
        for value in history { deviations.append(try distance(value, median)) }
        let spread = try self.median(try self.sorted(deviations))
        return try isLess(times(spread, 35_000), times(deviation, 6_745))
    }

    /// 4 · |x − median| > median, as two products: nearly every figure is asked this alone.
    private static func isNews(_ daily: Ratio, _ median: Ratio) throws(QuantityError) -> Bool {
        let figure = try times(daily, flaggedShare)
        if try isLess(times(median, flaggedShare + 1), figure) { return true }
        return try isLess(figure, times(median, flaggedShare - 1))
    }

    /// - Parameter usual: The members that are no outliers; one of them limits what is posted.
    private static func finding(
        _ observation: Observation, in group: [Observation], usual: [Observation]
    ) throws(QuantityError) -> Finding {
        let history = try others(observation, group)
        let unit = observation.unit
        let facts =
            "\(try text(observation.daily, unit)) a day, against a median of "
            + "\(try text(median(history), unit)) in \(history.count) other periods"
        guard let highest = try sorted(usual.map(\.daily)).last else {
            return Finding(number: observation.number, isHeld: false, message: facts)
        }
        let limit = try times(highest, heldMultiple)
        let isAbove = try isLess(limit, observation.daily)
        return Finding(
            number: observation.number,
            isHeld: isAbove && highest.numerator > 0,
            message: facts + " and usually at most \(try text(highest, unit))")
    }

    private static func text(_ daily: Ratio, _ unit: Unit) throws(QuantityError) -> String {
        let amount = try daily.divided(by: unit.ratio).rounded(toDecimals: 1, .halfEven)
        return "\(amount) \(unit)"
    }

    // MARK: Exact arithmetic

    private static func sorted(_ values: [Ratio]) throws(QuantityError) -> [Ratio] {
        var sorted: [Ratio] = []
        for value in values {
            var place = sorted.count
            while place > 0, try isLess(value, sorted[place - 1]) { place -= 1 }
            sorted.insert(value, at: place)
        }
        return sorted
    }

    private static func median(_ sorted: [Ratio]) throws(QuantityError) -> Ratio {
        let middle = sorted.count / 2
        guard sorted.count.isMultiple(of: 2) else { return sorted[middle] }
        return try sorted[middle - 1].adding(sorted[middle]).divided(by: Ratio(2))
    }

    private static func distance(_ left: Ratio, _ right: Ratio) throws(QuantityError) -> Ratio {
        let difference = try left.adding(times(right, -1))
        return difference.numerator < 0 ? try times(difference, -1) : difference
    }

    private static func times(_ value: Ratio, _ factor: Int128) throws(QuantityError) -> Ratio {
        try value.multiplied(by: Ratio(factor))
    }

    private static func isLess(_ left: Ratio, _ right: Ratio) throws(QuantityError) -> Bool {
        let (first, firstOverflow) = left.numerator.multipliedReportingOverflow(
            by: right.denominator)
        let (second, secondOverflow) = right.numerator.multipliedReportingOverflow(
            by: left.denominator)
        guard !firstOverflow, !secondOverflow else { throw .overflow }
        return first < second
    }
}
