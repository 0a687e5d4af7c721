internal import Inventory

/// Dates and times of the format: market time, which is UTC+10 all year.
enum MarketTime {
    private static let offset: Int64 = 10 * 3_600

    /// The first moment of a market day.
    static func startOfDay(_ day: CivilDate) -> Instant {
        Instant(secondsSinceEpoch: Int64(day.daysSinceEpoch) * 86_400 - offset)
    }

    /// The market day of a moment.
    static func day(of moment: Instant) -> CivilDate { moment.adding(seconds: offset).utcDate }

    /// Reads `Date(8)`: `YYYYMMDD`.
    static func day(_ text: String) -> CivilDate? {
        digits(text, count: 8).flatMap { day($0[...]) }
    }

    /// Reads `DateTime(14)`, `YYYYMMDDhhmmss`, or `DateTime(12)` without seconds.
    static func moment(_ text: String) -> Instant? {
        guard let digits = digits(text, count: 14) ?? digits(text + "00", count: 14),
            let day = day(digits[..<8])
        else { return nil }
        let (hour, minute, second) = (
            number(digits[8..<10]), number(digits[10..<12]), number(digits[12..<14])
        )
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return startOfDay(day).adding(seconds: Int64(hour * 3_600 + minute * 60 + second))
    }

    private static func day(_ digits: ArraySlice<UInt8>) -> CivilDate? {
        let start = digits.startIndex
        return CivilDate(
            year: number(digits[start..<start + 4]), month: number(digits[start + 4..<start + 6]),
            day: number(digits[start + 6..<start + 8]))
    }

    private static func digits(_ text: String, count: Int) -> [UInt8]? {
        guard text.utf8.count == count else { return nil }
        let digits = text.utf8.map { $0 &- UInt8(ascii: "0") }
        return digits.allSatisfy { $0 < 10 } ? digits : nil
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int {
        digits.reduce(0) { $0 * 10 + Int($1) }
    }
}
