internal import Diagnostics
internal import Hashing
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// The United Kingdom set the clock back on 27 October 2024 at 01:00 UTC and forward on
/// 31 March 2024 at 01:00 UTC.
@Suite("Times of a profile")
struct ProfileTimeTests {
    private static func starts(_ rows: [String], time: String? = nil) throws -> [String] {
        let text = (["meter;time;value"] + rows.map { "M;2024-\($0);1" }).joined(separator: "\n")
        let used = time.map { profile(time: $0) } ?? profile()
        return try read(text, profiles: [used]).series.flatMap {
            $0.readings.map(\.start.description)
        }
    }

    private static let autumn = ["00:30", "01:00", "01:30", "01:00", "01:30", "02:00"].map {
        "10-27 \($0)"
    }

    @Test("let the order of the file tell a repeated hour apart")
    func fileOrder() throws {
        let expected = [
            "2024-10-26T23:30:00Z", "2024-10-27T00:00:00Z", "2024-10-27T00:30:00Z",
            "2024-10-27T01:00:00Z", "2024-10-27T01:30:00Z", "2024-10-27T02:00:00Z",
        ]
        #expect(try Self.starts(Self.autumn) == expected)
        let reversed = """
            at = "time"
            label = "start"
            step = "PT30M"
            format = "yyyy-MM-dd HH:mm"
            zone = "Europe/London"
            order = "newest-first"
            """
        #expect(try Self.starts(Self.autumn.reversed(), time: reversed) == expected)
    }

    @Test("warn where a repeated hour is named once")
    func merged() throws {
        let rows = ["00:30", "01:00", "01:30", "02:00"].map { "M;2024-10-27 \($0);1\n" }
        let document = try read("meter;time;value\n" + rows.joined(), profiles: [profile()])
        #expect(document.outcome == .acceptWithWarning)
        #expect(document.diagnostics.map(\.code) == [.timeAmbiguous, .timeAmbiguous])
        #expect(document.diagnostics.map(\.location?.line) == [3, 4])
    }

    @Test("set a row aside whose time does not exist")
    func gap() throws {
        let document = try read(
            "meter;time;value\nM;2024-03-31 01:30;1\n", profiles: [profile()])
        #expect(document.outcome == .quarantineRows)
        #expect(document.diagnostics.first?.code == .timeInGap)
    }

    @Test("are labels of the end where the profile says so")
    func endLabels() throws {
        let time = """
            at = "time"
            label = "end"
            step = "PT30M"
            format = "yyyy-MM-dd HH:mm"
            zone = "UTC"
            """
        #expect(try Self.starts(["01-01 24:00"], time: time) == ["2024-01-01T23:30:00Z"])
    }

    @Test(
        "come in the form that the profile states and in no other",
        arguments: [
            ("dd/MM/yyyy HH:mm:ss", "03/04/2024 10:20:30", "2024-04-03T10:20:30Z"),
            ("M/d/yyyy H:mm", "3/4/2024 9:05", "2024-03-04T09:05:00Z"),
            ("dd MMM yyyy HH:mm", "26 Aug 2019 00:30", "2019-08-26T00:30:00Z"),
            ("yyyyMMddHHmm", "202402291200", "2024-02-29T12:00:00Z"),
            ("yyyy-MM-ddTHH:mmxxx", "2024-01-01T00:00-08:00", "2024-01-01T08:00:00Z"),
            ("iso-8601", "2024-01-01 00:00:00+0130", "2023-12-31T22:30:00Z"),
            ("iso-8601", "2024-01-01T06:00", "2024-01-01T06:00:00Z"),
            ("dd/MM/yyyy HH:mm", "2024-04-03 10:20", nil),
            ("dd/MM/yyyy HH:mm", "3/4/2024 10:20", nil),
            ("yyyy-MM-dd HH:mm", "2024-01-01 10:20 ", "2024-01-01T10:20:00Z"),
            ("yyyy-MM-dd HH:mm", "2024-01-01 24:01", nil), ("iso-8601", "45292", nil),
            ("yyyy-MM-dd HH:mm", "2024-01-01 10:20x", nil), ("iso-8601", "0024-01-01T00:00Z", nil),
        ])
    func formats(format: String, text: String, expected: String?) throws {
        let time = """
            at = "time"
            label = "start"
            step = "PT15M"
            format = "\(format)"
            zone = "UTC"
            """
        let document = try read("meter;time;value\nM;\(text);1\n", profiles: [profile(time: time)])
        #expect(document.series.first?.start?.description == expected)
        #expect((document.outcome == .accept) == (expected != nil))
    }

    @Test(
        "give intervals their true length across a change of the clock",
        arguments: [
            ("2024-10-27 00:45;2024-10-27 01:00", 15), ("2024-10-27 01:45;2024-10-27 02:00", 15),
            ("2024-10-27 01:45;2024-10-27 01:00", 15), ("2024-03-31 00:45;2024-03-31 01:00", 15),
            ("2024-03-31 00:45;2024-03-31 02:00", 15), ("2024-10-27 00:00;2024-10-28 00:00", 1_500),
            ("2024-03-31 00:00;2024-04-01 00:00", 1_380), ("2024-06-01 00:00;2024-06-01 00:30", 30),
        ])
    func lengths(ends: String, minutes: Int64) throws {
        let time = """
            start = "start"
            end = "end"
            format = "yyyy-MM-dd HH:mm"
            zone = "Europe/London"
            """
        let used = profile(
            time: time, header: "header = [\"meter\", \"start\", \"end\", \"value\"]")
        let document = try read("meter;start;end;value\nM;\(ends);1\n", profiles: [used])
        let reading = try #require(document.series.first?.readings.first)
        let seconds = reading.end.secondsSinceEpoch - reading.start.secondsSinceEpoch
        #expect(seconds == minutes * 60)
    }

    @Test("read a register at moments, and stop where it falls")
    func registers() throws {
        let used = profile(
            time: "at = \"time\"\nformat = \"yyyy-MM-dd HH:mm\"\nzone = \"UTC\"",
            series: """
                quantity = "value"
                unit = "kWh"
                carrier = "electricity"
                direction = "import"
                behaviour = "cumulative"
                """)
        let header = "meter;time;value\n"
        let rising = ["01;99990", "02;99998"].map {
            "M;2024-01-\($0.replacing(";", with: " 00:00;"))\n"
        }
        let sound = try read(header + rising.reversed().joined(), profiles: [used])
        #expect(sound.outcome == .accept)
        #expect(sound.series.first?.total == ExactDecimal(8))
        #expect(sound.series.first?.end?.description == "2024-01-02T00:00:00Z")
        let fallen = try read(
            header + rising.joined() + "M;2024-01-03 00:00;00007\n", profiles: [used])
        #expect(fallen.outcome == .conflict)
        #expect(fallen.diagnostics.map(\.code) == [.registerFalls])
        #expect(fallen.series.first?.total == ExactDecimal(8))
    }

    @Test("turn mean power into exact energy")
    func meanPower() throws {
        let used = profile(
            time: """
                at = "time"
                label = "start"
                step = "PT10M"
                format = "yyyy-MM-dd HH:mm"
                zone = "UTC"
                """,
            series: """
                quantity = "value"
                unit = "kW"
                carrier = "electricity"
                direction = "import"
                behaviour = "mean-power"
                """)
        let text = "meter;time;value\nM;2024-01-01 00:00;0,5\nM;2024-01-01 00:10;1,5\n"
        let series = try #require(read(text, profiles: [used]).series.first)
        // 0.5 kW × 600 s + 1.5 kW × 600 s = 1200 kJ = 1/3 kWh
        #expect(series.unit.symbol == "kJ")
        #expect(series.total == ExactDecimal(1_200))
        let json = try Inspection(
            read(text, profiles: [used]), file: "t.csv", digest: SHA256Digest(hashing: [])
        ).json()
        #expect(json.contains("0.333333333\"") && json.contains("\"kWh\""))
    }

    @Test("keep several quantity columns apart and leave out what a filter leaves out")
    func severalSeries() throws {
        let series = """
            quantity = "in"
            unit = "kWh"
            carrier = "electricity"
            direction = "import"
            behaviour = "delta"
            where = { kind = ["P"] }
            [[series]]
            quantity = "out"
            unit = "kWh"
            carrier = "electricity"
            direction = "export"
            behaviour = "delta"
            where = { kind = ["P"] }
            """
        let used = profile(
            series: series, header: "header = [\"meter\", \"time\", \"in\", \"out\", \"kind\"]")
        let text = "meter;time;in;out;kind\nM;2024-01-01 00:00;1,5;-;P\nM;2024-01-01 00:30;2;3;Q\n"
        let document = try read(text, profiles: [used])
        #expect(document.series.map(\.direction) == [.import, .export])
        #expect(document.series.map(\.readings.count) == [1, 0])
        #expect(document.series.map(\.missing) == [0, 1])
        #expect(document.quarantined == 1)
        #expect(document.diagnostics.map(\.code).contains(.readingTypeUnresolved))
    }
}
