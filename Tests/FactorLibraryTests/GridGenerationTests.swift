internal import Diagnostics
internal import Documents
internal import ENTSOE
internal import FactorLibrary
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Series
internal import Testing

/// Documents and declarations of an invented grid.
enum GridSample {
    static let dutch = "10YNL-INVENTED-1"
    static let belgian = "10YBE-INVENTED-1"

    static func declaration(
        place: String = "region = \"NL\"\n",
        options: String = "storage_consumption = \"subtract\"\n",
        fuels: [(String, String)] = [("B04", "370.5"), ("B16", "0"), ("B10", "120")],
        step: Int = 3_600
    ) -> String {
        let isZoned = place.hasPrefix("[")
        var text = FactorSeriesReaderTests.head + "document = \"entsoe\"\n"
        if !isZoned { text += place }
        text += """
            [time]
            step_seconds = \(step)

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
        if isZoned { text += place }
        text += """
            [derivation]
            decimals = 6
            negative_generation = "count-as-zero"
            \(options)

            """
        for (type, amount) in fuels {
            text += """
                [[derivation.fuel]]
                production_type = "\(type)"
                amount = "\(amount)"
                source = "invented"

                """
        }
        return text
    }

    /// - Parameter points: Position and quantity in MW.
    static func series(
        _ type: String, zone: String = dutch, taken: Bool = false, curve: String = "A01",
        minutes: Int = 60, from start: String = "2025-01-01T00:00Z",
        to end: String = "2025-01-01T04:00Z", _ points: [(Int, String)]
    ) -> String {
        let side = taken ? "outBiddingZone_Domain.mRID" : "inBiddingZone_Domain.mRID"
        let stated = points.map {
            "<Point><position>\($0.0)</position><quantity>\($0.1)</quantity></Point>\n"
        }.joined()
        return """
            <TimeSeries><mRID>1</mRID><businessType>A01</businessType>
            <\(side) codingScheme="A01">\(zone)</\(side)>
            <quantity_Measure_Unit.name>MAW</quantity_Measure_Unit.name>
            <curveType>\(curve)</curveType><MktPSRType><psrType>\(type)</psrType></MktPSRType>
            <Period><timeInterval><start>\(start)</start><end>\(end)</end></timeInterval>
            <resolution>PT\(minutes)M</resolution>
            \(stated)</Period></TimeSeries>

            """
    }

    static func document(_ series: [String], type: String = "A75") -> Document {
        let text =
            """
            <?xml version="1.0"?>
            <GL_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-6:generationloaddocument:3:0">
            <mRID>1</mRID><type>\(type)</type><process.processType>A16</process.processType>

            """ + series.joined() + "</GL_MarketDocument>\n"
        return Document(name: "grid.xml", bytes: Array(text.utf8))
    }

    static func read(
        _ document: Document, _ declaration: String
    ) -> (series: [LoadedFactorSeries], diagnostics: [Diagnostic]) {
        let importer = ENTSOEImporter()
        return FactorSeriesReader.read(
            document,
            declaredBy: Document(name: "grid.toml", bytes: Array(declaration.utf8)),
            grid: importer.recognises(document) ? importer.read(document) : nil)
    }

    static func values(_ loaded: LoadedFactorSeries) -> [String] {
        loaded.values.readings.map { "\($0.start) \($0.value)" }
    }

    /// Gas by quarter-hours, repeated where a position is absent: 400, 600.5 twice … MW; the sun by
    /// the hour, one hour missing; storage that generates and takes.
    static let storage = [
        series(
            "B04", curve: "A03", minutes: 15, [(1, "400"), (5, "600.5"), (7, "500"), (13, "0")]),
        series("B16", [(1, "100"), (2, "50.25"), (4, "0")]),
        series("B10", minutes: 15, quarters([5: "40", 6: "40", 7: "40", 8: "40", 13: "20"])),
        series("B10", taken: true, minutes: 15, quarters([1: "80", 2: "80"])),
    ]

    /// Sixteen quarter-hours, zero but for those named.
    static func quarters(_ stated: [Int: String]) -> [(Int, String)] {
        (1...16).map { ($0, stated[$0] ?? "0") }
    }
}

@Suite("Generation of a grid by production type")
struct GridGenerationTests {
    /// By hand, in MWh: hour 0 gas 400, sun 100, storage 0 − 40: (400 × 370.5) / 500 = 296.4.
    /// Hour 1 gas (2 × 600.5 + 2 × 500) / 4 = 550.25, sun 50.25, storage 40:
    /// (550.25 × 370.5 + 40 × 120) / 640.5 = 208 667.625 / 640.5 = 325.788642. Hour 2 has no sun.
    /// Hour 3 storage alone: 120.
    @Test("is weighted by the energy of each step; a missing position leaves the step missing")
    func weighted() throws {
        let (series, diagnostics) = GridSample.read(
            GridSample.document(GridSample.storage), GridSample.declaration())
        #expect(diagnostics.map(\.code) == [.readingMissing])
        let loaded = try #require(series.first)
        #expect(
            GridSample.values(loaded) == [
                "2025-01-01T00:00:00Z 296.4", "2025-01-01T01:00:00Z 325.788642",
                "2025-01-01T03:00:00Z 120",
            ])
        #expect(loaded.series.missing == 1 && loaded.series.factor.region == "NL")
        #expect(loaded.series.derivation?.storageConsumption == "subtract")
        #expect(loaded.series.derivation?.fuels.map(\.column) == ["B04", "B16", "B10"])
        #expect(loaded.series.documents.count == 2)
    }

    /// The Belgian hours: 300 × 370.5 / 500, 370.5, 300 × 370.5 / 310 twice.
    @Test("makes one series a zone; a fuel that a zone has not is zero where that is declared")
    func zones() throws {
        let document = GridSample.document(
            GridSample.storage + [
                GridSample.series("B04", zone: GridSample.belgian, curve: "A03", [(1, "300")]),
                GridSample.series(
                    "B16", zone: GridSample.belgian,
                    [(1, "200"), (2, "0"), (3, "10"), (4, "10")]),
            ])
        let place = """
            [zone]
            regions = { "\(GridSample.dutch)" = "NL", "\(GridSample.belgian)" = "BE" }

            """
        let options = "storage_consumption = \"subtract\"\nabsent_fuel = \"count-as-zero\"\n"
        let (series, _) = GridSample.read(
            document, GridSample.declaration(place: place, options: options))
        #expect(series.map(\.series.factor.key) == ["grid.test.be", "grid.test.nl"])
        #expect(
            series.first?.values.readings.map(\.value.description) == [
                "222.3", "370.5", "358.548387", "358.548387",
            ])
        #expect(series.first?.series.derivation?.absentFuel == "count-as-zero")
        #expect(series.last?.values.readings.count == 3)
    }

    /// 2 × 100 MW and 2 × 0 MW of gas beside 50 MW of sun, by the half-hour: quarters add up.
    @Test("of a finer resolution is added up to the declared step, of a coarser one refused")
    func steps() {
        let document = GridSample.document([
            GridSample.series(
                "B04", minutes: 15, to: "2025-01-01T01:00Z",
                [(1, "100"), (2, "100"), (3, "0"), (4, "0")]),
            GridSample.series(
                "B16", minutes: 30, to: "2025-01-01T01:00Z", [(1, "50"), (2, "50")]),
        ])
        let fuels = [("B04", "300"), ("B16", "0")]
        let halves = GridSample.read(
            document, GridSample.declaration(options: "", fuels: fuels, step: 1_800))
        #expect(
            halves.series.map(GridSample.values) == [
                ["2025-01-01T00:00:00Z 200", "2025-01-01T00:30:00Z 0"]
            ])
        let quarters = GridSample.read(
            document, GridSample.declaration(options: "", fuels: fuels, step: 900))
        #expect(quarters.series.isEmpty)
        #expect(quarters.diagnostics.first?.message.contains("1800 s") == true)
    }

    @Test(
        "is refused where a value would be guessed",
        arguments: [
            (
                GridSample.document(GridSample.storage), GridSample.declaration(options: ""),
                "storage"
            ),
            (
                GridSample.document(GridSample.storage),
                GridSample.declaration(fuels: [("B04", "370.5"), ("B16", "0")]), "'B10'"
            ),
            (
                GridSample.document(GridSample.storage),
                GridSample.declaration(
                    fuels: [("B04", "1"), ("B16", "0"), ("B10", "1"), ("B14", "0")]),
                "no generation of the declared type 'B14'"
            ),
            (
                GridSample.document(
                    GridSample.storage + [
                        GridSample.series("B04", zone: GridSample.belgian, [(1, "1")])
                    ]), GridSample.declaration(), "2 zones"
            ),
            (
                GridSample.document([GridSample.series("B04", [(1, "1")])], type: "A73"),
                GridSample.declaration(), "no realised generation by production type"
            ),
            (
                GridSample.document([GridSample.series("B04", [(1, "1"), (1, "2")])]),
                GridSample.declaration(options: "", fuels: [("B04", "1")]), "another value"
            ),
            (
                GridSample.document([GridSample.series("B04", [(1, "-1")])]),
                GridSample.declaration(options: "", fuels: [("B04", "1")]).replacing(
                    "count-as-zero", with: "refuse"), "negative generation"
            ),
            (
                GridSample.document([]), GridSample.declaration(fuels: [("B21", "1")]),
                "'B21' is no production_type"
            ),
            (
                Document(name: "grid.csv", bytes: Array("start,g\n".utf8)),
                GridSample.declaration(), "the file is none"
            ),
            (
                GridSample.document(GridSample.storage), FactorSeriesReaderTests.zoned,
                "the declaration describes a table"
            ),
        ] as [(Document, String, String)])
    func refused(document: Document, declaration: String, part: String) {
        let (series, diagnostics) = GridSample.read(document, declaration)
        #expect(series.isEmpty)
        #expect(
            diagnostics.contains { $0.severity == .error && $0.message.contains(part) },
            "\(diagnostics)")
    }

    @Test("that may be ignored is left out, and so is a zone that is not declared")
    func leftOut() {
        let declaration = GridSample.declaration(
            place: "[zone]\nregions = { \"\(GridSample.dutch)\" = \"NL\" }\n",
            options: "ignored_types = [\"B10\"]\n", fuels: [("B04", "370.5"), ("B16", "0")])
        let (series, _) = GridSample.read(
            GridSample.document(
                GridSample.storage + [
                    GridSample.series("B14", zone: GridSample.belgian, [(1, "1")])
                ]), declaration)
        // Hour 1: 550.25 × 370.5 / 600.5 = 203 867.625 / 600.5; hour 3 generates nothing.
        #expect(
            series.map(GridSample.values) == [
                ["2025-01-01T00:00:00Z 296.4", "2025-01-01T01:00:00Z 339.496461"]
            ])
    }
}
