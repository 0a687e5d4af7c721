internal import Diagnostics
internal import ImportKit
internal import Testing

@Suite("A profile")
struct ProfileParsingTests {
    @Test("is identified by the hash of its text")
    func hash() throws {
        let first = try Profile(parsing: profile(), file: "p.toml")
        #expect(first.id == "test.layout" && first.version == 1 && first.kind == .interval)
        #expect(first.hash == (try Profile(parsing: profile(), file: "q.toml").hash))
        #expect(first.hash != (try Profile(parsing: profile() + "#", file: "p.toml").hash))
    }

    @Test(
        "is refused at the line of the fault",
        arguments: [
            ("delimiter = \";\"", "delimeter = \";\"", 7, "'delimeter' is not known in [read]"),
            ("version = 1", "version = \"1\"", 2, "'version' must be a whole number"),
            ("kind = \"interval\"", "kind = \"hourly\"", 3, "'hourly' is no kind"),
            ("decimal = \",\"", "decimal = \";\"", 8, "';' is no decimal"),
            ("decimal = \",\"", "", 6, "'decimal' is missing in [read]"),
            ("zone = \"Europe/London\"", "zone = \"CET\"", 15, "'CET' is no zone"),
            ("zone = \"Europe/London\"", "", 10, "'zone' is missing in [time]"),
            ("step = \"PT30M\"", "step = \"30\"", 13, "'30' is no step"),
            ("step = \"PT30M\"", "", 10, "'step' is missing in [time]"),
            ("HH:mm", "hh:mm", 14, "'yyyy-MM-dd hh:mm' is no format"),
            ("unit = \"kWh\"", "unit = \"kwh\"", 20, "'kwh' is no unit"),
            ("unit = \"kWh\"", "", 18, "the series states no 'unit'"),
            ("behaviour = \"delta\"", "", 18, "'behaviour' is missing in [series]"),
            (
                "behaviour = \"delta\"", "behaviour = \"cumulative\"", 10,
                "behaviour 'cumulative' does not fit the keys of 'time'"
            ),
            (
                "quantity = \"value\"", "quantity = \"kwh\"", 4,
                "the header of 'identify' does not name the column 'kwh'"
            ),
            (
                "id = \"test.layout\"", "id = \"Test Layout\"", 1,
                "'Test Layout' is no id"
            ),
        ] as [(String, String, Int, String)])
    func faults(old: String, new: String, line: Int, message: String) {
        let text = profile().replacing(old, with: new)
        let faults = #expect(throws: InvalidProfile.self) {
            try Profile(parsing: text, file: "p.toml")
        }
        #expect(faults?.diagnostics.map(\.message) == [message])
        let fault = faults?.diagnostics.first
        #expect(fault?.code == .profileInvalid)
        #expect(fault?.location?.file == "p.toml")
        #expect(fault?.location?.line == line)
    }

    @Test("is refused with all of its faults, in order of lines")
    func allFaults() {
        let text = profile().replacing("kind = \"interval\"", with: "kind = \"hourly\"")
            .replacing("delimiter = \";\"", with: "delimeter = \";\"")
            .replacing("unit = \"kWh\"", with: "unit = \"kwh\"")
            .replacing("[meter]", with: "[metre]")
        let faults = #expect(throws: InvalidProfile.self) {
            try Profile(parsing: text, file: "p.toml")
        }
        #expect(
            faults?.diagnostics.map { "\($0.location?.line ?? 0): \($0.message)" } == [
                "3: 'hourly' is no kind", "7: 'delimeter' is not known in [read]",
                "16: 'metre' is not known", "20: 'kwh' is no unit",
            ])
    }

    @Test("is refused without a sample and its answer")
    func noTest() throws {
        let text = profile()
        let end = try #require(text.firstRange(of: "[[test]]")).lowerBound
        let faults = #expect(throws: InvalidProfile.self) {
            try Profile(parsing: String(text[..<end]), file: "p.toml")
        }
        #expect(faults?.diagnostics.map(\.message) == ["the profile has no [[test]]"])
    }

    @Test("is refused where it is not TOML")
    func syntax() {
        let faults = #expect(throws: InvalidProfile.self) {
            try Profile(parsing: "id = \"x\"\nversion = = 1\n", file: "p.toml")
        }
        #expect(faults?.diagnostics.map(\.code) == [.profileInvalid])
        #expect(faults?.diagnostics.first?.location?.line == 2)
    }

    @Test("has an id of its own")
    func duplicates() {
        let faults = #expect(throws: InvalidProfile.self) {
            try ProfileCatalog(texts: [("a.toml", profile()), ("b.toml", profile())])
        }
        #expect(faults?.diagnostics.map(\.location?.file) == ["b.toml"])
    }
}
