internal import Diagnostics
internal import Documents
internal import ILCDEPD
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

@Suite("An ILCD+EPD declaration")
struct DeclarationReadingTests {
    private static func amount(_ module: String, _ text: String, _ scenario: String? = nil) -> (
        String, String
    ) {
        ("epd:module='\(module)'" + (scenario.map { " epd:scenario='\($0)'" } ?? ""), text)
    }

    private static func declaration(
        _ amounts: [(String, String)]
    ) throws -> (ImportedDocument, EnvironmentalIndicator) {
        var text = DataSetText()
        text.results[0].amounts = amounts
        let read = text.read()
        return (read, try #require(read.declarations.first?.indicators.first))
    }

    @Test("of our own states what its file states")
    func fixture() throws {
        let read = ILCDEPDImporter().read(try Fixture.document("reinforcing-steel.xml"))
        #expect(read.outcome == .accept)
        let declaration = try #require(read.declarations.first)
        #expect(declaration.uuid == "3f0a6c52-7d1e-4b8a-9c35-0d2b41e7a610")
        #expect(declaration.name == "Reinforcing steel, electric arc furnace")
        #expect(declaration.kind == .specific)
        #expect(declaration.version == "01.00.000")
        #expect(declaration.publisher == "Muster EPD Programme")
        #expect(declaration.registrationNumber == "EPD-MUSTER-2024-17")
        #expect(declaration.validFrom == CivilDate("2024-06-01"))
        // The year 2029 is included.
        #expect(declaration.endOfValidity == CivilDate("2030-01-01"))
        #expect(declaration.referenceFlow.amount == "1000.0")
        // What the flow measures stands in another data set.
        #expect(declaration.declaredUnit == nil)
        #expect(declaration.indicators.count == 4)
        let total = declaration.indicators[0]
        #expect(total.climate?.potentials == .ar6)
        #expect(total.productStage?.description == "685.3")
        #expect(total.notDeclared == ["B1"])
        #expect(total.amounts.map(\.line) == [61, 62, 64, 65, 66])
    }

    @Test("takes an empty amount for not declared and a zero for zero")
    func emptyAmounts() throws {
        let (read, indicator) = try Self.declaration([
            Self.amount("A1-A3", "2.5"), Self.amount("B1", ""), Self.amount("C1", "0.0"),
            Self.amount("C2", " \n "),
        ])
        #expect(read.outcome == .accept)
        #expect(indicator.notDeclared == ["B1", "C2"])
        #expect(indicator.amounts.map(\.module) == ["A1-A3", "C1"])
        #expect(indicator.amounts[1].value == .zero)
    }

    @Test(
        "sums A1, A2 and A3 only where A1-A3 is not given and all three are",
        arguments: [
            ([("A1", "1.5"), ("A2", "0.25"), ("A3", "0.75")], "2.5"),
            ([("A1-A3", "3"), ("A1", "1.5"), ("A2", "0.75"), ("A3", "0.75")], "3"),
            ([("A1", "1.5"), ("A2", "0.25")], nil),
            ([("A1", "1.5"), ("A2", "0.25"), ("A3", "")], nil),
            ([("C1", "1")], nil),
        ] as [([(String, String)], String?)])
    func productStage(amounts: [(String, String)], expected: String?) throws {
        let (_, indicator) = try Self.declaration(amounts.map { Self.amount($0.0, $0.1) })
        #expect(indicator.productStage?.description == expected)
    }

    @Test("never adds scenarios")
    func scenarios() throws {
        let (read, indicator) = try Self.declaration([
            Self.amount("A1-A3", "1", "S1"), Self.amount("A1-A3", "2", "S2"),
            Self.amount("C3", "4", "S1"), Self.amount("C3", "4", "S2"),
        ])
        #expect(read.outcome == .accept)
        #expect(indicator.amounts.map(\.scenario) == ["S1", "S2", "S1", "S2"])
        #expect(indicator.productStage == nil)
    }

    @Test("knows indicators by UUID, whatever they are called")
    func identifiers() throws {
        var text = DataSetText()
        text.results = [
            .init(uuid: DataSetText.fossil.uppercased(), name: "Versauerung"),
            .init(uuid: nil, name: "Global warming potential (GWP)"),
            .init(uuid: "", name: "GWP-total"),
        ]
        let indicators = try #require(text.read().declarations.first?.indicators)
        #expect(indicators.map(\.climate?.part) == [.fossil, nil, nil])
        #expect(indicators[0].uuid == DataSetText.fossil.uppercased())
        #expect(indicators[1].uuid == nil)
        #expect(indicators[2].uuid == nil)
    }

    @Test(
        "takes the potentials of the method",
        arguments: [
            ("77e416eb-a363-4258-a04e-171d843a6460", GWPValueSet.ar4, "EN 15804+A1"),
            ("6a37f984-a4b3-458a-a20a-64418c145fa2", .ar5WithFeedbacks, "EN 15804+A2 (EF 3.0)"),
            (DataSetText.total, .ar6, "EN 15804+A2 (EF 3.1)"),
        ])
    func potentials(uuid: String, set: GWPValueSet, method: String) throws {
        var text = DataSetText()
        text.results[0].uuid = uuid
        let climate = try #require(text.read().declarations.first?.indicators.first?.climate)
        #expect(climate == ClimateIndicator(part: .total, potentials: set, method: method))
    }

    @Test("writes units as they are written")
    func units() throws {
        var text = DataSetText()
        text.results[0].unit = "kg CO_(2)-Aeq."
        #expect(text.read().declarations.first?.indicators.first?.unit == "kg CO_(2)-Aeq.")
    }

    @Test("reads exponents exactly")
    func exponents() throws {
        let (_, indicator) = try Self.declaration([Self.amount("A1-A3", "4.36E-7")])
        #expect(indicator.productStage?.description == "0.000000436")
    }

    @Test("is recognised by namespace and name, under any prefix")
    func prefixes() {
        let plain = DataSetText().text
        let prefixed =
            plain
            .replacing(
                "xmlns=\"http://lca.jrc.it/ILCD/Process\"",
                with: "xmlns:p=\"http://lca.jrc.it/ILCD/Process\""
            )
            .replacing("<processDataSet", with: "<p:processDataSet")
            .replacing("</processDataSet", with: "</p:processDataSet")
        let document = Document(name: "p.xml", bytes: Array(prefixed.utf8))
        #expect(ILCDEPDImporter().recognises(document))
        let foreign = plain.replacing("ILCD/Process", with: "ILCD/Flow")
        #expect(
            !ILCDEPDImporter().recognises(Document(name: "f.xml", bytes: Array(foreign.utf8))))
    }
}
