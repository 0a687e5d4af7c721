internal import Inventory
internal import Quantification
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("Calendarisation")
struct CalendarisationTests {
    @Test(
        "A bill is shared by days, by largest remainder",
        arguments: [
            // One month stays whole.
            ("100", "2024-02", ["100"]),
            // 31 + 29 days of a leap year: 600 · 31/60 and 600 · 29/60.
            ("600", "2024-01-01/2024-03-01", ["310", "290"]),
            // 31 + 28 days: 590/59 = 10 a day.
            ("590", "2023-01-01/2023-03-01", ["310", "280"]),
            // Over the end of the year: 17 days of December and 14 of January, 10 a day.
            ("310", "2023-12-15/2024-01-15", ["170", "140"]),
            // 31, 29 and 1 of 61 days: 50.8196…, 47.5409…, 1.6393…; two thousandths are left, for
            // the remainders 0.983 of February and 0.672 of January.
            ("100", "2024-01-01/2024-03-02", ["50.82", "47.541", "1.639"]),
            // One unit of the last digit goes to the first of equal remainders.
            ("0.001", "2024-07-31/2024-08-02", ["0.001", "0"]),
            // A credit is the mirror.
            ("-600", "2024-01-01/2024-03-01", ["-310", "-290"]),
            // Finer digits than thousandths are kept.
            ("0.0000003", "2024-07-31/2024-08-02", ["0.0000002", "0.0000001"]),
        ])
    func byHand(_ amount: String, _ span: String, _ expected: [String]) throws {
        let parts = try Calendarisation.parts(
            of: Quantity(try number(amount), .kilowattHour), over: try period(span))
        #expect(parts.map(\.quantity.amount) == (try expected.map(number)))
        #expect(parts.allSatisfy { $0.quantity.unit == .kilowattHour })
    }

    @Test("The parts are the calendar months of the period")
    func months() throws {
        let parts = try Calendarisation.parts(
            of: Quantity(try number("1"), .kilowattHour),
            over: try period("2023-11-20/2024-03-02"))
        #expect(
            parts.map(\.period.description) == [
                "2023-11-20/2023-12-01", "2023-12-01/2024-01-01", "2024-01-01/2024-02-01",
                "2024-02-01/2024-03-01", "2024-03-01/2024-03-02",
            ])
    }

    @Test(
        "The parts sum to the whole, cover the period, and none has another sign",
        arguments: 0..<200)
    func conserves(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let amount = ExactDecimal(
            mantissa: Int128(
                Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)),
            exponent: Int.random(in: -6...3, using: &random))
        let start = CivilDate(daysSinceEpoch: Int.random(in: 19_000...21_000, using: &random))
        let end = start.adding(days: Int.random(in: 1...800, using: &random))
        let span = try #require(ReportingPeriod(start: start, end: end))
        let parts = try Calendarisation.parts(of: Quantity(amount, .kilowattHour), over: span)
        #expect(try ExactDecimal.sum(parts.map(\.quantity.amount)) == amount)
        #expect(parts.first?.period.start == start)
        #expect(parts.last?.period.end == end)
        #expect(parts.reduce(0) { $0 + $1.period.days } == span.days)
        for (earlier, later) in zip(parts, parts.dropFirst()) {
            #expect(earlier.period.end == later.period.start)
        }
        #expect(
            parts.allSatisfy {
                $0.quantity.amount.isZero || $0.quantity.amount.isNegative == amount.isNegative
            })
    }

    @Test("A quantity near the limit of exact decimals throws instead of wrapping")
    func overflow() throws {
        let huge = ExactDecimal(mantissa: Int128.max / 2, exponent: 0)
        #expect(throws: QuantityError.overflow) {
            try Calendarisation.parts(
                of: Quantity(huge, .kilowattHour), over: period("2024-01-01/2024-03-01"))
        }
    }
}
