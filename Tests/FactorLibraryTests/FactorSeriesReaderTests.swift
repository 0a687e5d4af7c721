internal import Diagnostics
internal import Documents
internal import FactorLibrary
internal import Hashing
internal import Inventory
internal import Quantities
internal import Series
internal import Testing

@Suite("The reader of factor series")
struct FactorSeriesReaderTests {
    static let head = """
        kind = "factor-series"
        key = "grid.test"
        version = "2025"
        name = "Grid by the hour"
        activity = "electricity"
        role = "location"
        boundary = "life-cycle"
        substance = "CO2e@AR5"
        mass_unit = "g"
        activity_unit = "kWh"

        """
    static let tail = """
        [read]
        delimiter = ","
        decimal = "."

        [source]
        title = "T"
        publisher = "P"
        edition = "2025"
        place = "file"
        retrieved_from = "test"

        [licence]
        name = "CC0"
        redistribution = "yes"

        """
    static let time = """
        [time]
        column = "start"
        format = "iso-8601"
        label = "start"
        step_seconds = 3600

        """
    static let zoned = head + time + tail + "[zone]\ncolumn = \"zone\"\n[value]\ncolumn = \"g\"\n"

    private func read(
        _ data: String, _ declaration: String
    ) -> (series: [LoadedFactorSeries], diagnostics: [Diagnostic]) {
        FactorSeriesReader.read(
            Document(name: "grid.csv", bytes: Array(data.utf8)),
            declaredBy: Document(name: "grid.toml", bytes: Array(declaration.utf8)))
    }

    private func values(_ loaded: LoadedFactorSeries) -> [String] {
        loaded.values.readings.map { "\($0.start) \($0.value)" }
    }

    @Test("takes one series a zone, rows in any order, and counts what is missing")
    func zones() throws {
        let (series, diagnostics) = read(
            """
            zone,start,g
            NL,2025-01-01T01:00:00Z,301.5
            FI,2025-01-01T02:00:00+02:00,60
            NL,2025-01-01T00:00:00Z,300
            NL,2025-01-01T02:00:00Z,
            NL,2025-01-01T03:00:00Z,299.25

            """, Self.zoned)
        #expect(diagnostics.isEmpty)
        #expect(series.map(\.series.factor.key) == ["grid.test.fi", "grid.test.nl"])
        let dutch = try #require(series.last)
        #expect(
            values(dutch) == [
                "2025-01-01T00:00:00Z 300", "2025-01-01T01:00:00Z 301.5",
                "2025-01-01T03:00:00Z 299.25",
            ])
        #expect(dutch.series.count == 3 && dutch.series.missing == 1)
        #expect(dutch.series.end == Instant("2025-01-01T04:00:00Z"))
        #expect(dutch.series.chunk == SHA256Digest(hashing: dutch.values.bytes))
        #expect(dutch.series.boundary == .lifeCycle)
        #expect(dutch.series.documents.count == 2)
        #expect(dutch.values.readings.map(\.line) == [4, 2, 6])
        #expect(values(series[0]) == ["2025-01-01T00:00:00Z 60"])
    }

    /// Times without an offset, naming the end of the hour, in UTC because the declaration says so.
    @Test("reads the time as it is declared")
    func times() throws {
        let declaration =
            Self.head + "region = \"NL\"\n" + """
                [time]
                column = "Datetime (UTC)"
                format = "yyyy-MM-dd HH:mm:ss"
                label = "end"
                zone = "UTC"
                step_seconds = 3600

                """ + Self.tail + "[value]\ncolumn = \"Carbon intensity, g\"\n"
        let (series, diagnostics) = read(
            """
            Datetime (UTC),Zone,"Carbon intensity, g"
            2025-01-01 01:00:00,NL,300

            """, declaration)
        #expect(diagnostics.isEmpty)
        #expect(series.map(\.series.factor.key) == ["grid.test"])
        #expect(series.map(values) == [["2025-01-01T00:00:00Z 300"]])
    }

    static let mix =
        head + "region = \"US-X\"\n" + time + tail + """
            [derivation]
            decimals = 4
            negative_generation = "count-as-zero"
            ignored_columns = ["note"]
            [[derivation.fuel]]
            column = "COL"
            amount = "1000"
            source = "test"
            [[derivation.fuel]]
            column = "NG"
            amount = "400"
            source = "test"
            [[derivation.fuel]]
            column = "SUN"
            amount = "0"
            source = "test"

            """

    /// (1 × 1000 + 2 × 400) / 4 = 450; (1 × 1000 + 1 × 400) / 3 = 466.6667; with the sun at −5
    /// counted as zero (1 × 1000 + 2 × 400) / 3 = 600.
    @Test("weighs the factors of fuels by what they generate")
    func derived() throws {
        let (series, diagnostics) = read(
            """
            start,COL,NG,SUN,note
            2025-01-01T00:00:00Z,1,2,1,a
            2025-01-01T01:00:00Z,1,1,1,b
            2025-01-01T02:00:00Z,1,2,-5,c
            2025-01-01T03:00:00Z,,2,0,d
            2025-01-01T04:00:00Z,0,0,0,e
            2025-01-01T05:00:00Z,0,1,0,f

            """, Self.mix)
        #expect(diagnostics.isEmpty)
        let loaded = try #require(series.first)
        #expect(
            loaded.values.readings.map(\.value.description) == ["450", "466.6667", "600", "400"])
        #expect(loaded.series.missing == 2)
        #expect(loaded.series.derivation?.rounding == "half-even at 4 decimals")
        #expect(loaded.series.derivation?.negativeGeneration == "count-as-zero")
        #expect(loaded.series.derivation?.fuels.map(\.column) == ["COL", "NG", "SUN"])
        #expect(loaded.series.factor.qualityFlags == ["series", "life-cycle", "derived"])
    }

    @Test(
        "refuses what it would have to guess",
        arguments: [
            ("start,COL,NG,SUN,OIL\n", mix, DiagnosticCode.csvHeaderInvalid, "'OIL'"),
            ("start,COL,NG\n", mix, .csvHeaderInvalid, "'SUN'"),
            (
                "start,COL,NG,SUN,note\n2025-01-01T00:00:00Z,1,1,-1,a\n",
                mix.replacing("count-as-zero", with: "refuse"), .factorInvalid, "'-1'"
            ),
            ("zone,start,g\nNL,2025-01-01T00:00:00,1\n", zoned, .dateInvalid, "offset"),
            ("zone,start,g\nNL,2025-02-30T00:00:00Z,1\n", zoned, .dateInvalid, "no time"),
            ("zone,start,g\nNL,2025-01-01T00:00:00Z,\"1,5\"\n", zoned, .numberInvalid, "'1,5'"),
            ("zone,start,g\nNL,2025-01-01T00:00:00Z,-1\n", zoned, .factorInvalid, "negative"),
            ("zone,start,g\nNL,2025-01-01T00:00:00Z\n", zoned, .csvRowRagged, "2 cells"),
            (
                "zone,start,g\nNL,2025-01-01T00:00:00Z,1\nNL,2025-01-01T00:00:00Z,1\n", zoned,
                .factorInvalid, "two values"
            ),
            (
                "zone,start,g\nNL,2025-01-01T00:00:00Z,1\nNL,2025-01-01T00:30:00Z,1\n", zoned,
                .factorInvalid, "1800 s"
            ),
            // Kilograms for grams: 300 kg/kWh cannot be.
            (
                "zone,start,g\nNL,2025-01-01T00:00:00Z,300\n",
                zoned.replacing("\"g\"\nactivity_unit", with: "\"kg\"\nactivity_unit"),
                .numberOutOfRange, "cannot be"
            ),
            ("zone,start,g\n", zoned, .factorInvalid, "no value"),
            (
                "", zoned.replacing("boundary = \"life-cycle\"\n", with: ""), .factorInvalid,
                "'boundary' is missing"
            ),
            ("", zoned.replacing("role", with: "rôle"), .factorInvalid, "TOML"),
            ("", zoned.replacing("label = \"start\"\n", with: ""), .factorInvalid, "'label'"),
            ("", zoned.replacing("decimal = \".\"\n", with: ""), .factorInvalid, "'decimal'"),
            ("", zoned + "extra = 1\n", .factorInvalid, "'extra'"),
            ("", head + time + tail + "[value]\ncolumn = \"g\"\n", .factorInvalid, "'region'"),
        ] as [(String, String, DiagnosticCode, String)])
    func refused(data: String, declaration: String, code: DiagnosticCode, part: String) {
        let (series, diagnostics) = read(data, declaration)
        #expect(series.isEmpty)
        #expect(
            diagnostics.contains { $0.code == code && $0.message.contains(part) },
            "\(diagnostics)")
    }
}
