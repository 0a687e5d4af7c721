internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

@Suite struct ConsumptionClaimsTests {
    @Test func `Charges on one quantity are one claim, in whatever unit`() throws {
        let lines = try [
            Self.line("1", "184250", "KWH"), Self.line("2", "184250", "KWH"),
            Self.line("3", "184.25", "MWH"),
        ]
        let claims = ConsumptionClaims(of: lines)
        #expect(claims.kept == [lines[0]])
        #expect(claims.duplicates.map(\.line) == [lines[1], lines[2]])
        #expect(claims.duplicates.allSatisfy { $0.kept == lines[0] })
        #expect(claims.conflicts.isEmpty)
    }

    @Test(arguments: [("500", "KWH"), ("184250", "MTQ"), ("184250", "kwh")])
    func `Different quantities of one period go to the review`(
        quantity: String, unit: String
    ) throws {
        let lines = try [Self.line("1", "184250", "KWH"), Self.line("2", quantity, unit)]
        let claims = ConsumptionClaims(of: lines)
        #expect(claims.kept.isEmpty)
        #expect(claims.duplicates.isEmpty)
        #expect(claims.conflicts == [lines])
    }

    @Test func `Periods, facilities and activities of their own are claims of their own`() throws {
        let lines = try [
            Self.line("1", "100", "KWH"), Self.line("2", "100", "KWH", month: "2025-02"),
            Self.line("3", "100", "KWH", facility: "ams2"),
            Self.line("4", "100", "KWH", activity: "heat"),
        ]
        let claims = ConsumptionClaims(of: lines)
        #expect(claims.kept == lines)
        #expect(claims.duplicates.isEmpty)
    }

    @Test func `Equal lines of goods are two purchases`() throws {
        let goods = ActivityRecord.Treatment.expense(
            .init(module: .a4, source: .upstreamTransport))
        let lines = try [
            Self.line("1", "42.5", "TNE", as: goods), Self.line("2", "42.5", "TNE", as: goods),
        ]
        #expect(ConsumptionClaims(of: lines).kept == lines)
    }

    // 500 and 700 kWh in the two parts of January, and the whole month.
    @Test func `Parts that add up to a longer period are kept, the whole repeats them`() throws {
        let lines = try [
            Self.line("1", "1.2", "MWH"),
            Self.line("2", "500", "KWH", month: "2025-01-01/2025-01-16"),
            Self.line("3", "700", "KWH", month: "2025-01-16/2025-02-01"),
            Self.line("4", "700", "KWH", month: "2025-01-16/2025-02-01"),
        ]
        let claims = ConsumptionClaims(of: lines)
        #expect(claims.kept == [lines[1], lines[2]])
        #expect(claims.duplicates.map(\.line) == [lines[0], lines[3]])
        #expect(claims.duplicates.map(\.kept) == [lines[1], lines[2]])
        #expect(claims.conflicts.isEmpty)
    }

    @Test(arguments: [
        // A gap between the parts, a sum that differs, parts that overlap.
        [("500", "2025-01-01/2025-01-15"), ("700", "2025-01-16/2025-02-01")],
        [("500", "2025-01-01/2025-01-16"), ("701", "2025-01-16/2025-02-01")],
        [("500", "2025-01-01/2025-01-17"), ("700", "2025-01-16/2025-02-01")],
        [("500", "2025-01-01/2025-01-16")], [("1200", "2025-01-20/2025-02-20")],
    ])
    func `Overlapping periods that do not add up go to the review`(
        parts: [(quantity: String, period: String)]
    ) throws {
        let whole = try Self.line("1", "1200", "KWH")
        let lines =
            try [whole]
            + parts.enumerated().map { index, part in
                try Self.line("\(index + 2)", part.quantity, "KWH", month: part.period)
            }
        let claims = ConsumptionClaims(of: lines)
        #expect(claims.kept.isEmpty)
        #expect(claims.duplicates.isEmpty)
        #expect(claims.conflicts == [lines])
    }

    @Test func `Two meters use energy at the same time`() throws {
        let lines = try ["A", "B"].map { meter in
            try Self.line(
                meter, "100", "KWH",
                as: .consumption(.init(direction: .import, role: .whole, meter: meter)))
        }
        #expect(ConsumptionClaims(of: lines).kept == lines)
    }

    @Test func `Lines alike to the last character are still one claim`() throws {
        let line = try Self.line("1", "100", "KWH")
        let claims = ConsumptionClaims(of: [line, line])
        #expect(claims.kept == [line])
        #expect(claims.duplicates.count == 1)
    }

    static func line(
        _ identifier: String, _ quantity: String, _ unit: String, month: String = "2025-01",
        facility: String = "ams1", activity: String = "electricity",
        as treatment: ActivityRecord.Treatment = .consumption(
            .init(direction: .import, role: .whole, meter: nil))
    ) throws -> MatchedLine {
        let period = try #require(ReportingPeriod(month))
        let facts = InvoiceLineFacts(
            supplierName: "Noordstroom", invoiceNumber: "1", lineIdentifier: identifier,
            itemName: "Item", classifications: [], quantity: try ExactDecimal(parsing: quantity),
            unitCode: unit, period: period, netAmount: .one, currency: "EUR")
        let target = MatchingRule.Target(
            activity: ActivityCode(unchecked: activity), facility: FacilityID(unchecked: facility),
            treatment: treatment)
        return MatchedLine(facts: facts, target: target, line: 1)
    }
}
