internal import Foundation
internal import Inventory
internal import TestSupport
internal import Testing

@Suite("A calendar day")
struct CivilDateTests {
    @Test(
        "exists or not",
        arguments: [
            ("2024-02-29", true), ("2023-02-29", false), ("2000-02-29", true),
            ("1900-02-29", false), ("2100-02-29", false), ("1900-01-01", true),
            ("2200-12-31", true), ("1899-12-31", false), ("2201-01-01", false),
            ("2024-04-31", false), ("2024-13-01", false), ("2024-00-10", false),
            ("2024-01-00", false), ("2024-1-01", false), ("24-01-01", false), ("+024-01-01", false),
            ("2024-01-01 ", false), ("2024/01/01", false), ("２０２４-01-01", false), ("", false),
            ("2024-01", false), ("2024-01-01-01", false), ("-024-01-01", false),
        ])
    func existence(text: String, exists: Bool) {
        #expect((CivilDate(text) != nil) == exists)
        if exists { #expect(CivilDate(text)?.description == text) }
    }

    @Test(
        "has the day number of the calendar",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-01-01", 10_957), ("2000-03-01", 11_017),
            ("1900-01-01", -25_567), ("2024-12-31", 20_088),
        ])
    func number(text: String, days: Int) {
        #expect(CivilDate(text)?.daysSinceEpoch == days)
        #expect(CivilDate(daysSinceEpoch: days).description == text)
    }

    @Test("follows the day before it, through 301 years")
    func succession() throws {
        var day = try #require(CivilDate("1900-01-01"))
        var count = 0
        while day.year <= 2_200 {
            let next = day.adding(days: 1)
            let sameMonth = next.day == day.day + 1 && next.month == day.month
            let newMonth =
                next.day == 1 && day.day == CivilDate.days(inMonth: day.month, of: day.year)
            guard day < next, sameMonth || newMonth, next.daysSinceEpoch == day.daysSinceEpoch + 1
            else {
                Issue.record("after \(day) comes \(next)")
                return
            }
            (day, count) = (next, count + 1)
        }
        // 301 years, of which 73 have a leap day: 1904 … 2196 are 74, less 2100.
        #expect(count == 301 * 365 + 73)
    }
}

@Suite("A month")
struct CalendarMonthTests {
    @Test("counts on and back through the years", arguments: 0..<100)
    func arithmetic(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let month = try #require(
            CalendarMonth(
                year: Int.random(in: 1_950...2_150, using: &random),
                month: Int.random(in: 1...12, using: &random)))
        let step = Int.random(in: -600...600, using: &random)
        #expect(month.adding(months: step).adding(months: -step) == month)
        #expect(month.adding(months: step).ordinal == month.ordinal + step)
        #expect((1...12).contains(month.adding(months: step).month))
        #expect(CalendarMonth(month.description) == month)
        #expect(month.period.days == CivilDate.days(inMonth: month.month, of: month.year))
    }

    @Test("at the end of the years that can be read has an end, too")
    func last() throws {
        let month = try #require(CalendarMonth("2200-12"))
        #expect(month.period.days == 31)
        #expect(CalendarMonth("2200-13") == nil)
        #expect(CalendarMonth("2024-1") == nil)
        #expect(month.adding(months: -1_000_000).month == 8)
    }
}

@Suite("A reporting period")
struct ReportingPeriodTests {
    @Test(
        "is read as year, month or half-open span",
        arguments: [
            ("2024", "2024-01-01/2025-01-01", 366), ("2025", "2025-01-01/2026-01-01", 365),
            ("2024-02", "2024-02-01/2024-03-01", 29), ("2024-12", "2024-12-01/2025-01-01", 31),
            ("2024-01-15/2024-01-16", "2024-01-15/2024-01-16", 1),
        ])
    func read(text: String, expected: String, days: Int) throws {
        let period = try #require(ReportingPeriod(text))
        #expect(period.description == expected)
        #expect(period.days == days)
        #expect(ReportingPeriod(period.description) == period)
    }

    @Test(
        "is refused where it has no day or no end that can be read",
        arguments: [
            "", "24", "2024-1", "2024-13", "2024-01-02/2024-01-02", "2024-01-03/2024-01-02",
            "2024-01-01", "2024-01-01/", "2024-01-01/2024-01-02/2024-01-03", "2200", "2200-12",
        ])
    func refused(text: String) { #expect(ReportingPeriod(text) == nil) }

    @Test("contains its first day and not its end; neighbours do not overlap")
    func bounds() throws {
        let may = try #require(ReportingPeriod("2024-05"))
        let june = try #require(ReportingPeriod("2024-06"))
        #expect(may.contains(may.start) && !may.contains(may.end))
        #expect(!may.overlaps(june) && !june.overlaps(may) && may.overlaps(may))
        let across = try #require(ReportingPeriod("2024-05-31/2024-06-02"))
        #expect(across.overlaps(may) && june.overlaps(across))
    }

    @Test("falls into months that join without gap", arguments: 0..<100)
    func months(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let start = CivilDate(daysSinceEpoch: Int.random(in: 0...80_000, using: &random))
        let end = start.adding(days: Int.random(in: 1...1_200, using: &random))
        let period = try #require(ReportingPeriod(start: start, end: end))
        let parts = period.byMonth
        #expect(parts.first?.start == start)
        #expect(parts.last?.end == end)
        #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.end == $1.start })
        #expect(
            parts.allSatisfy { $0.start.calendarMonth == $0.end.adding(days: -1).calendarMonth })
        #expect(parts.map(\.days).reduce(0, +) == period.days)
    }

    @Test("that ends with the last readable month falls into months, too")
    func lastMonth() throws {
        let period = try #require(ReportingPeriod("2200-11-15/2200-12-31"))
        #expect(period.byMonth.map(\.days) == [16, 30])
    }
}

@Suite("An instant")
struct InstantTests {
    @Test(
        "is read and written in UTC",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59Z", -1),
            // 1 000 000 000 s, published as the "billennium"
            ("2001-09-09T01:46:40Z", 1_000_000_000), ("2024-02-29T12:30:15Z", 1_709_209_815),
            ("1900-01-01T00:00:00Z", -2_208_988_800), ("2200-12-31T23:59:59Z", 7_289_654_399),
        ] as [(String, Int64)])
    func read(text: String, seconds: Int64) {
        #expect(Instant(text)?.secondsSinceEpoch == seconds)
        #expect(Instant(secondsSinceEpoch: seconds).description == text)
        #expect(Instant.readableSeconds.contains(seconds))
    }

    @Test(
        "is refused in any other notation",
        arguments: [
            "", "2024-02-30T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
            "2016-12-31T23:59:60Z", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00",
            "2024-01-01T00:00:00+01:00", "2024-01-01T00:00:00z", "2024-01-01T00:00:00.5Z",
            "2024-01-01T0a:00:00Z", "2201-01-01T00:00:00Z",
        ])
    func refused(text: String) { #expect(Instant(text) == nil) }

    @Test("comes back from its text, and lies in its UTC day", arguments: 0..<200)
    func roundTrip(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let instant = Instant(
            secondsSinceEpoch: Int64.random(in: Instant.readableSeconds, using: &random))
        #expect(Instant(instant.description) == instant)
        #expect(instant.description.hasPrefix(instant.utcDate.description + "T"))
        let json = try JSONEncoder().encode([instant])
        #expect(try JSONDecoder().decode([Instant].self, from: json) == [instant])
    }
}
