internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// Periods that a row states in part, and checks of what the rows come to.
@Suite("The periods of rows")
struct ProfileSpanTests {
    private static func summary(_ document: ImportedDocument) -> [String] {
        document.series.flatMap { series in
            series.readings.map { reading in
                let days = series.days(of: reading)?.description
                return (days ?? "\(reading.start)/\(reading.end)") + " \(reading.value)"
            }
        }
    }

    // MARK: - The step

    private static let curve = layout(
        identify: "header = [\"at\", \"v\"]",
        time: """
            at = "at"
            label = "end"
            step = "from-times"
            format = "yyyy-MM-dd HH:mm"
            zone = "UTC"
            """, meter: "",
        series: kilowattHours("v", behaviour: "mean-power")
            .replacing("unit = \"kWh\"", with: "unit = \"W\""))

    @Test("have the distance of the times where the profile says so")
    func fromTimes() throws {
        let text = "at,v\n2024-01-01 00:30,100\n2024-01-01 00:10,60\n2024-01-01 00:20,\n"
        let document = try read(text, profiles: [Self.curve])
        // 60 W and 100 W over 600 s: 36 000 J and 60 000 J.
        #expect(
            Self.summary(document) == [
                "2024-01-01T00:00:00Z/2024-01-01T00:10:00Z 36000",
                "2024-01-01T00:20:00Z/2024-01-01T00:30:00Z 60000",
            ])
        #expect(document.series.first?.missing == 1)
    }

    @Test(
        "are refused where the times do not tell",
        arguments: [
            // Ten minutes, then thirty: power over which of the two?
            "at,v\n2024-01-01 00:10,1\n2024-01-01 00:20,1\n2024-01-01 00:50,1\n",
            "at,v\n2024-01-01 00:10,1\n", "at,v\n2024-01-01 00:10,1\n2024-01-01 00:17,1\n",
        ])
    func unevenTimes(text: String) throws {
        let document = try read(text, profiles: [Self.curve])
        #expect(document.outcome == .reject)
        #expect(document.diagnostics.map(\.code) == [.timeAmbiguous])
        #expect(document.diagnostics.first?.hint?.contains("how long") == true)
    }

    @Test("have the length that a column states, and none without it")
    func stepColumn() throws {
        let used = layout(
            identify: "header = [\"m\", \"at\", \"v\", \"min\"]",
            time: """
                at = "at"
                label = "start"
                step_column = "min"
                format = "M/d/yyyy h:mm a"
                zone = "UTC"
                """)
        let text =
            "m,at,v,min\nM,1/2/2024 12:00 AM,1,15\nM,1/2/2024 12:15 PM,2,PT1H\n"
            + "M,1/2/2024 1:00 PM,3,\n"
        let document = try read(text, profiles: [used])
        #expect(
            Self.summary(document) == [
                "2024-01-02T00:00:00Z/2024-01-02T00:15:00Z 1",
                "2024-01-02T12:15:00Z/2024-01-02T13:15:00Z 2",
            ])
        #expect(document.diagnostics.map(\.code).contains(.valueMissing))
    }

    // MARK: - Ends

    private static func ends(_ format: String, _ more: String = "") -> String {
        layout(
            identify: "header = [\"m\", \"day\", \"from\", \"to\", \"v\"]",
            time: """
                start = ["day", "from"]
                end = ["day", "to"]
                format = "\(format)"
                zone = "UTC"
                \(more)
                """)
    }

    @Test(
        "end where the file says",
        arguments: [
            ("end_inclusive = true", "00:00,00:14", "2024-01-01T00:00:00Z/2024-01-01T00:15:00Z"),
            ("end_inclusive = true", "00:00,23:59", "2024-01-01T00:00:00Z/2024-01-02T00:00:00Z"),
            ("", "23:30,00:00", "2024-01-01T23:30:00Z/2024-01-02T00:00:00Z"),
            ("", "23:00,24:00", "2024-01-01T23:00:00Z/2024-01-02T00:00:00Z"),
            ("epoch_shift = \"PT6H\"", "00:00,01:00", "2024-01-01T06:00:00Z/2024-01-01T07:00:00Z"),
            ("epoch_shift = \"-PT1H\"", "01:00,02:00", "2024-01-01T00:00:00Z/2024-01-01T01:00:00Z"),
        ])
    func inclusive(rule: String, times: String, expected: String) throws {
        let document = try read(
            "m,day,from,to,v\nM,2024-01-01,\(times),1\n",
            profiles: [Self.ends("yyyy-MM-dd HH:mm", rule)])
        #expect(Self.summary(document) == ["\(expected) 1"])
    }

    @Test("stand in one cell where the profile says what is between them")
    func separator() throws {
        let used = layout(
            identify: "header = [\"m\", \"p\", \"v\"]",
            time: """
                span = "p"
                separator = " to "
                format = "yyyy-MM-dd HH:mm"
                zone = "UTC"
                """)
        let text =
            "m,p,v\nM,2024-01-01 00:00 to 2024-01-01 01:00,1\n"
            + "M,2024-01-01\u{A0}01:00\u{A0}to\u{A0}2024-01-01\u{A0}02:00,2\nM,2024-01-01 02:00,3\n"
        let document = try read(text, profiles: [used])
        #expect(document.series.first?.total == ExactDecimal(3))
        #expect(document.diagnostics.map(\.code).contains(.dateInvalid))
        #expect(document.quarantined == 1)
    }

    @Test("of bills begin behind the bill before, and the oldest is set aside", arguments: 0..<6)
    func previousRow(order: Int) throws {
        let used = layout(
            kind: "bill", identify: "header = [\"m\", \"billed\", \"v\"]",
            time: """
                at = "billed"
                period = "previous-row"
                format = "yyyy-MM-dd"
                zone = "facility"
                """)
        let rows = ["M,2024-01-31,10", "M,2024-02-29,20", "M,2024-03-31,"]
        let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
        let document = try read(
            "m,billed,v\n" + orders[order].map { rows[$0] + "\n" }.joined(), profiles: [used])
        #expect(Self.summary(document) == ["2024-02-01/2024-03-01 20"])
        #expect(document.series.first?.missing == 1)
        #expect(document.outcome == .quarantineRows && document.quarantined == 1)
        #expect(document.diagnostics.map(\.code).contains(.valueMissing))
    }

    // MARK: - Forms of times

    @Test(
        "are read from more forms of time",
        arguments: [
            ("MMM d yyyy h:mma", "Nov  3 2024 12:00AM", "2024-11-03T00:00:00Z"),
            ("MMM d yyyy h:mma", "NOV 13 2024 1:30pm", "2024-11-13T13:30:00Z"),
            ("dd/MM/yy HH:mm", "12/11/18 00:00", "2018-11-12T00:00:00Z"),
            ("iso-8601", "2024-01-01T00:00:00.000Z", "2024-01-01T00:00:00Z"),
            ("iso-8601", "2024-01-01T00:00:00.5Z", nil),
            ("epoch-seconds", "1704067200", "2024-01-01T00:00:00Z"),
            ("epoch-milliseconds", "1704067200000", "2024-01-01T00:00:00Z"),
            ("epoch-milliseconds", "1704067200500", nil), ("epoch-seconds", "-1", nil),
            ("M/d/yyyy h:mm a", "1/2/2024 13:00 PM", nil), ("dd/MM/yy HH:mm", "1/1/18 00:00", nil),
        ])
    func forms(format: String, text: String, expected: String?) throws {
        let used = layout(
            identify: "header = [\"m\", \"at\", \"v\"]",
            time: """
                at = "at"
                label = "start"
                step = "PT1H"
                format = "\(format)"
                zone = "UTC"
                """)
        let document = try read("m,at,v\nM,\(text),1\n", profiles: [used])
        #expect(document.series.first?.start?.description == expected)
    }

    @Test("in the zone of the facility are what its clock shows")
    func facility() throws {
        let used = layout(
            identify: "header = [\"m\", \"at\", \"v\"]",
            time: """
                at = "at"
                label = "start"
                step = "PT1H"
                format = "yyyy-MM-dd HH:mm"
                zone = "facility"
                """)
        let series = try #require(
            read("m,at,v\nM,2024-06-01 12:00,1\n", profiles: [used]).series.first)
        #expect(series.clock == .facilityTimes)
        #expect(series.start == nil && series.end == nil)
        let zone = try #require(LocalTimeZone(identifier: "Europe/Amsterdam"))
        let start = try #require(series.readings.first?.start)
        #expect(zone.instant(ofClock: start)?.description == "2024-06-01T10:00:00Z")
        let skipped = try #require(Instant("2024-03-31T02:30:00Z"))
        #expect(zone.instant(ofClock: skipped) == nil)
        let repeated = try #require(Instant("2024-10-27T02:30:00Z"))
        #expect(zone.instant(ofClock: repeated)?.description == "2024-10-27T00:30:00Z")
    }

    @Test("keep a row of the skipped hour where the profile says so, and flag it")
    func keptGap() throws {
        let used = profile(
            time: """
                at = "time"
                label = "start"
                step = "PT30M"
                format = "yyyy-MM-dd HH:mm"
                zone = "Europe/London"
                gap = "keep"
                """)
        let document = try read("meter;time;value\nM;2024-03-31 01:30;1\n", profiles: [used])
        // 01:30 of a clock that ran on is 01:30 UTC, or 02:30 by the clock that was set.
        #expect(Self.summary(document) == ["2024-03-31T01:30:00Z/2024-03-31T02:00:00Z 1"])
        #expect(document.outcome == .acceptWithWarning)
        #expect(document.diagnostics.map(\.code) == [.timeInGap])
    }

    @Test("end with the label of the skipped time as the clock jumps")
    func endAtJump() throws {
        let used = profile(
            time: """
                at = "time"
                label = "end"
                step = "PT30M"
                format = "yyyy-MM-dd HH:mm"
                zone = "Europe/London"
                """)
        let text = "meter;time;value\nM;2024-03-31 01:00;1\nM;2024-03-31 02:30;2\n"
        #expect(
            Self.summary(try read(text, profiles: [used])) == [
                "2024-03-31T00:30:00Z/2024-03-31T01:00:00Z 1",
                "2024-03-31T01:00:00Z/2024-03-31T01:30:00Z 2",
            ])
        let skipped = try read("meter;time;value\nM;2024-03-31 01:30;1\n", profiles: [used])
        #expect(skipped.diagnostics.first?.code == .timeInGap)
    }

    // MARK: - Checks

    @Test("trust the register and warn where its differences come to something else")
    func deltas() throws {
        let used = layout(
            kind: "register", identify: "header = [\"m\", \"at\", \"v\", \"d\"]",
            time: "at = \"at\"\nformat = \"yyyy-MM-dd\"\nzone = \"UTC\"",
            series: kilowattHours("v", behaviour: "cumulative", more: "check_deltas = \"d\""))
        let rows = ["M,2024-01-01,100,", "M,2024-01-02,104,4", "M,2024-01-04,109,"]
        let lost = try read("m,at,v,d\n" + rows.joined(separator: "\n"), profiles: [used])
        #expect(lost.series.first?.total == ExactDecimal(9))
        #expect(lost.diagnostics.map(\.code) == [.controlTotalDiffers])
        let whole = try read("m,at,v,d\n" + rows[..<2].joined(separator: "\n"), profiles: [used])
        #expect(whole.outcome == .accept)
    }

    @Test("count the rows of each whole day by the local clock")
    func rowsPerDay() throws {
        let used = layout(
            identify: "header = [\"m\", \"at\", \"v\"]",
            time: """
                at = "at"
                label = "start"
                step = "PT1H"
                format = "yyyy-MM-dd HH:mm"
                zone = "Europe/London"
                """, more: "[check]\nrows_per_day = \"dst\"")
        let day = { (date: String, hours: [Int]) in
            hours.map { "M,2024-\(date) \($0 < 10 ? "0" : "")\($0):00,1\n" }.joined()
        }
        let all = Array(0...23)
        let spring =
            day("03-30", all) + day("03-31", all.filter { $0 != 1 }) + day("04-01", all)
        #expect(try read("m,at,v\n" + spring, profiles: [used]).outcome == .accept)
        let lost = day("05-01", all) + day("05-02", Array(0...20)) + day("05-03", all)
        let document = try read("m,at,v\n" + lost, profiles: [used])
        #expect(document.diagnostics.map(\.code) == [.readingMissing])
        #expect(document.diagnostics.first?.message.contains("21 values") == true)
    }
}
