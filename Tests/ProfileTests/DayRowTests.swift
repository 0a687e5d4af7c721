internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

/// The United Kingdom set the clock forward on 31 March 2024 and back on 27 October 2024, both at
/// 01:00 UTC: days of 46 and 50 half-hours.
@Suite("Rows that hold a day")
struct DayRowTests {
    private static func profile(
        columns: String = "h_1..h_50", zone: String = "Europe/London", rule: String
    ) -> String {
        layout(
            identify: "header = [\"m\", \"day\", \"\(columns)\"]", read: "ragged = \"short\"",
            time: """
                at = "day"
                label = "start"
                step = "PT30M"
                format = "yyyy-MM-dd"
                zone = "\(zone)"
                \(rule)
                """, series: kilowattHours(columns))
    }

    private static let numbered = (1...50).map { "h_\($0)" }.joined(separator: ",")
    private static let clock = (0..<48).map { slot in
        "\(slot < 20 ? "0" : "")\(slot / 2):\(slot % 2 == 0 ? "00" : "30")"
    }

    private static func elapsed(_ day: String, _ values: [String]) throws -> ImportedDocument {
        try read(
            "m,day,\(numbered)\nM,\(day),\(values.joined(separator: ","))\n",
            profiles: [profile(rule: "dst = \"elapsed\"")])
    }

    @Test(
        "have as many slots as the local day has half-hours",
        arguments: [
            ("2024-03-31", 46, "2024-03-31T00:00:00Z", "2024-03-31T23:00:00Z"),
            ("2024-06-01", 48, "2024-05-31T23:00:00Z", "2024-06-01T23:00:00Z"),
            ("2024-10-27", 50, "2024-10-26T23:00:00Z", "2024-10-28T00:00:00Z"),
        ])
    func lengths(day: String, slots: Int, start: String, end: String) throws {
        let document = try Self.elapsed(day, Array(repeating: "0.5", count: slots))
        let series = try #require(document.series.first)
        #expect(document.outcome == .accept)
        #expect(series.readings.count == slots && series.missing == 0)
        #expect(series.total == ExactDecimal(mantissa: Int128(slots) * 5, exponent: -1))
        #expect(series.start?.description == start && series.end?.description == end)
        #expect(zip(series.readings, series.readings.dropFirst()).allSatisfy { $0.end == $1.start })
    }

    @Test("are refused where a value stands behind the end of the day")
    func beyond() throws {
        let document = try Self.elapsed("2024-03-31", Array(repeating: "1", count: 47))
        #expect(document.outcome == .quarantineRows)
        #expect(document.diagnostics.first?.code == .timeInGap)
        let zeros = Array(repeating: "1", count: 46) + ["0", "", "", ""]
        #expect(try Self.elapsed("2024-03-31", zeros).outcome == .accept)
    }

    @Test("name the slots they leave empty as missing")
    func missing() throws {
        let document = try Self.elapsed("2024-06-01", Array(repeating: "1", count: 40))
        #expect(document.series.first?.missing == 8)
        #expect(document.diagnostics.map(\.code) == [.readingMissing])
    }

    @Test(
        "with times on the clock keep or refuse what stands in the skipped hour",
        arguments: [
            ("", "", ImportedDocument.Outcome.accept), ("", "0", .accept),
            ("", "2", .quarantineRows), ("gap = \"keep\"", "2", .quarantineRows),
            ("gap = \"keep\"", "2,next empty", .acceptWithWarning),
        ])
    func labelledGap(rule: String, value: String, outcome: ImportedDocument.Outcome) throws {
        var values = Array(repeating: "1", count: 48)
        values[2] = String(value.prefix(1))
        values[3] = values[2]
        if value.hasSuffix("empty") {
            values[4] = ""
            values[5] = ""
        }
        let used = Self.profile(columns: "00:00..23:30", rule: "dst = \"labels\"\n\(rule)")
        let document = try read(
            "m,day,\(Self.clock.joined(separator: ","))\nM,2024-03-31,"
                + values.joined(separator: ",") + "\n", profiles: [used])
        #expect(document.outcome == outcome)
    }

    @Test("with times on the clock warn where the repeated hour stands once")
    func labelledFold() throws {
        let used = Self.profile(columns: "00:00..23:30", rule: "dst = \"labels\"")
        let document = try read(
            "m,day,\(Self.clock.joined(separator: ","))\nM,2024-10-27,"
                + Array(repeating: "1", count: 48).joined(separator: ",") + "\n", profiles: [used])
        #expect(document.outcome == .acceptWithWarning)
        #expect(document.diagnostics.map(\.code) == [.timeAmbiguous])
        #expect(document.series.first?.total == ExactDecimal(48))
    }

    @Test(
        "take the label of a column as the profile says",
        arguments: [
            ("00:00..23:30", "start", "2024-06-01T00:00:00Z"),
            ("00:30..00:00", "end", "2024-06-01T00:00:00Z"),
            ("[00:30]..[24:00]", "end", "2024-06-01T00:00:00Z"),
            // Columns one off: 00:00 ends the day before.
            ("00:00..23:30", "end", "2024-05-31T23:30:00Z"),
            ("00:00-00:30..23:30-00:00", "start", "2024-06-01T00:00:00Z"),
            ("HH01..HH48", "end", "2024-06-01T00:00:00Z"),
        ])
    func labels(columns: String, label: String, start: String) throws {
        let used = Self.profile(columns: columns, zone: "UTC", rule: "")
            .replacing("label = \"start\"", with: "label = \"\(label)\"")
        let ends = Array(Self.clock.dropFirst()) + ["00:00"]
        let names =
            switch columns {
            case "00:30..00:00": ends
            case "[00:30]..[24:00]": ends.dropLast().map { "[\($0)]" } + ["[24:00]"]
            case "00:00-00:30..23:30-00:00": zip(Self.clock, ends).map { "\($0)-\($1)" }
            case "HH01..HH48": (1...48).map { "HH\($0 < 10 ? "0" : "")\($0)" }
            case _: Self.clock
            }
        let document = try read(
            "m,day,\(names.joined(separator: ","))\nM,2024-06-01,"
                + Array(repeating: "1", count: 48).joined(separator: ",") + "\n", profiles: [used])
        #expect(document.series.first?.start?.description == start)
        #expect(document.series.first?.readings.count == 48)
    }

    @Test("are told apart by the order of their columns")
    func order() throws {
        let used = Self.profile(columns: "00:00..23:30", zone: "UTC", rule: "")
        let names = (Self.clock.dropFirst() + ["00:00"]).joined(separator: ",")
        let values = Array(repeating: "1", count: 48).joined(separator: ",")
        let document = try read("m,day,\(names)\nM,2024-06-01,\(values)\n", profiles: [used])
        #expect(document.diagnostics.map(\.code) == [.profileUnknown])
    }

    /// Local half-hours of a day, in the order of the file; the repeated hour stands twice.
    private static func localLabels(_ day: String) -> [String] {
        let labels = clock.map { "\(day) \($0)" }
        switch day {
        case "2024-03-31": return labels.filter { !$0.hasSuffix("01:00") && !$0.hasSuffix("01:30") }
        case "2024-10-27": return Array(labels[..<4] + labels[2...])
        case _: return labels
        }
    }

    @Test("give the series that rows of one reading give", arguments: 0..<60)
    func wideEqualsLong(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let days = ["2024-03-30", "2024-03-31", "2024-06-01", "2024-10-27", "2024-10-28"]
            .shuffled(using: &random).prefix(Int.random(in: 1...5, using: &random))
        var wide: [String] = []
        var long: [String] = []
        for day in days {
            let labels = Self.localLabels(day)
            let values = labels.map { _ in
                ["", "0", "1.5", "0.125", "20"].randomElement(using: &random) ?? ""
            }
            wide.append("M,\(day)," + values.joined(separator: ","))
            long += zip(labels, values).map { "M,\($0),\($1)" }
        }
        let wideRead = try read(
            "m,day,\(Self.numbered)\n" + wide.shuffled(using: &random).joined(separator: "\n"),
            profiles: [Self.profile(rule: "dst = \"elapsed\"")])
        let longRead = try read(
            "m,at,v\n" + long.joined(separator: "\n"),
            profiles: [
                layout(
                    identify: "header = [\"m\", \"at\", \"v\"]",
                    time: """
                        at = "at"
                        label = "start"
                        step = "PT30M"
                        format = "yyyy-MM-dd HH:mm"
                        zone = "Europe/London"
                        """)
            ])
        #expect(withoutLines(wideRead.series) == withoutLines(longRead.series))
        #expect(wideRead.quarantined == 0 && longRead.quarantined == 0)
    }

    @Test("warn where the total of the row says otherwise")
    func totals() throws {
        let used = layout(
            identify: "header = [\"m\", \"day\", \"sum\", \"h_1..h_24\"]",
            time: """
                at = "day"
                label = "start"
                step = "PT1H"
                format = "yyyy-MM-dd"
                zone = "UTC"
                """, series: kilowattHours("h_1..h_24"), more: "[check]\ntotal_column = \"sum\"")
        let header = "m,day,sum," + (1...24).map { "h_\($0)" }.joined(separator: ",") + "\n"
        let values = Array(repeating: "0.50", count: 24).joined(separator: ",")
        // 24 × 0.50 = 12; each value may be rounded by 0.005: 25 × 0.005 = 0.125 is allowed.
        let sound = try read(header + "M,2024-01-01,12.1,\(values)\n", profiles: [used])
        #expect(sound.outcome == .accept)
        let wrong = try read(header + "M,2024-01-01,12.2,\(values)\n", profiles: [used])
        #expect(wrong.diagnostics.map(\.code) == [.controlTotalDiffers])
        #expect(wrong.series.first?.total == ExactDecimal(12))
    }

    @Test("show a day of zeros and the filled day that follows it as one conflict")
    func lateData() throws {
        let row = { (value: String) in
            "M,2024-06-01," + Array(repeating: value, count: 48).joined(separator: ",") + ",,\n"
        }
        let document = try read(
            "m,day,\(Self.numbered)\n" + row("0") + row("1"),
            profiles: [Self.profile(rule: "dst = \"elapsed\"")])
        #expect(document.outcome == .conflict)
        #expect(document.diagnostics.map(\.code) == [.readingConflict])
        #expect(document.diagnostics.first?.message.contains("47 more values") == true)
        #expect(document.series.first?.readings.isEmpty == true)
    }
}
