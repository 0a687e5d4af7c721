internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// What records 200 and 300 say.
struct IntervalReadingTests {
    @Test
    func `A day of market time begins at 14:00Z of the day before`() throws {
        let values = (1...48).map(String.init)
        let read = NEMText.read(NEMText.file(NEMText.block(), NEMText.day("20240229", values)))
        #expect(read.outcome == .accept && read.format == "nem12" && read.diagnostics.isEmpty)
        let series = try #require(read.series.first)
        #expect(read.series.count == 1)
        #expect(series.meter == "6001234567" && series.channel == "E1")
        #expect(series.carrier == .electricity && series.direction == .import)
        #expect(series.behaviour == .delta && series.unit == .kilowattHour)
        #expect(series.readings.count == 48 && series.missing == 0)
        #expect(series.start == Instant("2024-02-28T14:00:00Z"))
        #expect(series.end == Instant("2024-02-29T14:00:00Z"))
        // 1 + 2 + … + 48 = 48 × 49 / 2
        #expect(series.total == ExactDecimal(1_176))
        let third = series.readings[2]
        // Interval 3 of half hours begins an hour after the day.
        #expect(third.start == Instant("2024-02-28T15:00:00Z"))
        #expect(third.end == Instant("2024-02-28T15:30:00Z"))
        #expect(third.value == ExactDecimal(3) && third.quality == .actual && third.line == 3)
    }

    @Test(arguments: [(1, 1_440), (5, 288), (10, 144), (15, 96), (30, 48), (60, 24)])
    func `The interval length says how many values a day has`(_ minutes: Int, _ count: Int) throws {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block(minutes: minutes), NEMText.day("20240101", "0.25", count: count)))
        let series = try #require(read.series.first)
        #expect(read.outcome == .accept && series.readings.count == count)
        #expect(
            series.total == (try ExactDecimal(count).multiplied(by: ExactDecimal(parsing: "0.25"))))
        let last = try #require(series.readings.last)
        #expect(
            last.end.secondsSinceEpoch - last.start.secondsSinceEpoch == Int64(minutes) * 60)
        #expect(last.end == Instant("2024-01-01T14:00:00Z"))
    }

    /// 48 values of 2.5 in each unit.
    @Test(arguments: [
        ("kWh", "120", Carrier.electricity), ("KWH", "120", .electricity),
        ("Wh", "0.12", .electricity), ("MWh", "120000", .electricity),
        ("MWH", "120000", .electricity),
    ])
    func `Energy is stated in kWh`(_ unit: String, _ total: String, _ carrier: Carrier) throws {
        let read = NEMText.read(
            NEMText.file(NEMText.block(unit: unit), NEMText.day("20240101", "2.5")))
        let series = try #require(read.series.first)
        #expect(series.total == (try ExactDecimal(parsing: total)) && series.carrier == carrier)
        #expect(series.unit == .kilowattHour)
    }

    @Test(arguments: [("VArh", "0.12"), ("kVArh", "120"), ("KVARH", "120"), ("MVArh", "120000")])
    func `Reactive energy is stated in kvarh`(_ unit: String, _ total: String) throws {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block("6001234567", "Q1", unit: unit), NEMText.day("20240101", "2.5")))
        let series = try #require(read.series.first)
        #expect(series.total == (try ExactDecimal(parsing: total)))
        #expect(series.carrier == .reactive && series.unit.symbol == "kvarh")
    }

    @Test(arguments: [
        ("E1", "kWh", FlowDirection.import), ("E2", "kWh", .import), ("EX", "kWh", .import),
        ("e1", "kWh", .import), ("B1", "kWh", .export), ("N1", "kWh", .net),
        ("Q1", "kVArh", .import), ("K1", "kVArh", .export), ("D1", "kWh", .unknown),
    ])
    func `The suffix states the direction`(
        _ suffix: String, _ unit: String, _ direction: FlowDirection
    ) throws {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block("6001234567", suffix, unit: unit), NEMText.day("20240101")))
        let series = try #require(read.series.first)
        #expect(series.direction == direction && series.channel == suffix.uppercased())
        #expect(read.codes == (direction == .unknown ? ["reading-type-unresolved"] : []))
    }

    @Test
    func `Streams of one file are never added`() {
        let streams = [("6001234567", "E1"), ("6001234567", "B1"), ("6009999999", "E1")]
        let records = streams.flatMap {
            [NEMText.block($0.0, $0.1), NEMText.day("20240101", "2")]
        }
        let read = NEMText.read(NEMText.file(records))
        #expect(read.outcome == .accept && read.series.count == 3)
        #expect(read.series.allSatisfy { $0.total == ExactDecimal(96) })
    }

    @Test
    func `Check meters, volts and values without a unit are left out`() {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block("6001234567", "E1"), NEMText.day("20240101"),
                NEMText.block("6001234567", "F1"), NEMText.day("20240101"),
                NEMText.block("6001234567", "V1", unit: "V"), NEMText.day("20240101", "240"),
                NEMText.block("6001234567", "V2", unit: ""), NEMText.day("20240101", "240"),
                NEMText.block("6001234567", "E2", unit: "kW"), NEMText.day("20240101", "2")))
        #expect(read.outcome == .acceptWithWarning)
        #expect(read.series.map(\.channel) == ["E1"])
        #expect(read.codes == Array(repeating: "reading-type-unresolved", count: 4))
    }

    @Test
    func `A file of power alone is refused and says so`() {
        let read = NEMText.read(
            NEMText.file(NEMText.block(unit: "kW"), NEMText.day("20240101", "2")))
        #expect(read.outcome == .reject && read.codes == ["reading-type-unresolved"])
    }

    @Test
    func `Empty values are missing, not zero`() throws {
        var values = Array(repeating: "1", count: 48)
        values[0] = ""
        values[47] = " "
        let read = NEMText.read(NEMText.file(NEMText.block(), NEMText.day("20240101", values)))
        let series = try #require(read.series.first)
        #expect(series.readings.count == 46 && series.missing == 2)
        #expect(series.total == ExactDecimal(46) && read.codes == ["reading-missing"])
        #expect(series.start == Instant("2023-12-31T14:00:00Z"))
        #expect(series.end == Instant("2024-01-01T14:00:00Z"))
    }

    @Test
    func `Days without a record are said, not filled`() throws {
        let read = NEMText.read(
            NEMText.file(NEMText.block(), NEMText.day("20240101"), NEMText.day("20240104")))
        let series = try #require(read.series.first)
        #expect(series.readings.count == 96 && series.missing == 0)
        #expect(read.outcome == .acceptWithWarning && read.codes == ["reading-missing"])
        #expect(read.diagnostics[0].message.contains("2 days"))
        #expect(read.diagnostics[0].message.contains("2024-01-02"))
    }

    /// Columns behind the quality that are absent, and commas behind the last one.
    @Test(arguments: ["A", "A,", "A,,", "A,,,", "A,,,20240102000000", "A,,,20240102000000,,,,,"])
    func `Trailing columns may be absent or empty`(_ tail: String) {
        let values = Array(repeating: "1", count: 48).joined(separator: ",")
        let read = NEMText.read(
            NEMText.file("200,6001234567,E1,1,E1,,SN1,kWh,30", "300,20240101,\(values),\(tail)"))
        #expect(read.outcome == .accept && read.series.first?.total == ExactDecimal(48))
    }

    @Test
    func `A file with nothing but its ends is empty`() {
        #expect(NEMText.read(NEMText.file()).outcome == .acceptEmpty)
        #expect(NEMText.read(NEMText.file(NEMText.block())).outcome == .acceptEmpty)
    }

    @Test
    func `Numbers keep all their digits`() throws {
        let values = ["0.1", ".2", "3.", "1234567890123.45", "1E-3", "-2"]
        let padded = values + Array(repeating: "0", count: 42)
        let read = NEMText.read(NEMText.file(NEMText.block(), NEMText.day("20240101", padded)))
        let series = try #require(read.series.first)
        // 0.1 + 0.2 + 3 + 1234567890123.45 + 0.001 - 2
        #expect(series.total == (try ExactDecimal(parsing: "1234567890124.751")))
        #expect(read.codes == ["consumption-negative"])
    }
}
