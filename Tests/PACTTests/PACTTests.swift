internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import PACT
internal import Quantities
internal import TestSupport
internal import Testing

internal import struct Foundation.Data
internal import struct Foundation.URL

@Suite("A PACT product footprint")
struct PACTTests {
    private static func fixture() throws -> String {
        let path = Repository.root.appending(path: "importers/PACT/Fixtures/server.json")
        return String(decoding: try Data(contentsOf: path), as: UTF8.self)
    }

    private static func read(_ text: String) -> ImportedDocument {
        let document = Document(name: "pf.json", bytes: Array(text.utf8))
        #expect(PACTImporter().recognises(document))
        return PACTImporter().read(document)
    }

    @Test("of our own states what its file states")
    func fixtureStates() throws {
        let read = Self.read(try Self.fixture())
        #expect(read.outcome == .accept)
        let declaration = try #require(read.declarations.first)
        #expect(declaration.uuid == "6c9e2f31-40b7-4a8d-b5d2-1f7a03c8e944")
        #expect(declaration.replaces == ["0b1d7c45-92aa-4f3e-8c61-5de2f09b7a13"])
        #expect(!declaration.isWithdrawn)
        #expect(declaration.publisher == "Rekenkast N.V.")
        #expect(declaration.location == "NL")
        #expect(declaration.declaredUnit?.description == "1 piece")
        #expect(declaration.declaredMass?.description == "24.5 kg")
        // Three years from the end of the reference period.
        #expect(declaration.validFrom == CivilDate("2025-01-01"))
        #expect(declaration.endOfValidity == CivilDate("2028-01-01"))
        let whole = try #require(declaration.climate(.withoutBiogenicCarbonDioxide).first)
        #expect(whole.productStage?.description == "1320.5")
        #expect(whole.climate?.potentials == .ar6)
        #expect(declaration.climate(.removals).first?.productStage?.description == "-0.5")
    }

    @Test("comes alone, in an array, or in the answer of a host")
    func envelopes() throws {
        let one = try Self.fixture()
        let texts = [
            "[\(one)]", "{\"data\": \(one)}", "{\"data\": [\(one)]}",
            "{\"type\": \"x\", \"data\": {\"pfs\": [\(one)]}}",
        ]
        let expected = Self.read(one).declarations.map(\.uuid)
        for text in texts { #expect(Self.read(text).declarations.map(\.uuid) == expected) }
        #expect(Self.read("[\(one), \(one)]").declarations.count == 2)
    }

    @Test(
        "has an outcome that follows from its faults",
        arguments: [
            ("\"3.0.0\"", "\"2.3.0\"", .reject, .jsonStructure),
            ("\"piece\"", "\"megabit second\"", .acceptWithWarning, .declaredUnitUnresolved),
            (
                "\"1320.5\",\n    \"pcfI", "\"1,320.5\",\n    \"pcfI", .quarantineRows,
                .numberInvalid
            ),
            // 1320.5 - 2.25 = 1318.25, not 1200
            ("\"1318.25\"", "\"1200\"", .acceptWithWarning, .controlTotalDiffers),
        ] as [(String, String, ImportedDocument.Outcome, DiagnosticCode)])
    func outcome(
        part: String, other: String, outcome: ImportedDocument.Outcome, code: DiagnosticCode
    ) throws {
        let text = try Self.fixture()
        #expect(text.contains(part))
        let read = Self.read(text.replacing(part, with: other))
        #expect(read.outcome == outcome)
        #expect(read.diagnostics.map(\.code) == [code])
    }

    @Test("with two assessment reports leaves the potentials open")
    func twoReports() throws {
        let read = Self.read(
            try Self.fixture().replacing("[\"AR6\"]", with: "[\"AR5\", \"AR6\"]"))
        let climate = read.declarations.first?.indicators.first?.climate
        #expect(climate != nil)
        #expect(climate?.potentials == nil)
    }

    @Test("cut anywhere is refused")
    func truncation() throws {
        let bytes = Array(try Self.fixture().utf8)
        let end = bytes.lastIndex(of: UInt8(ascii: "}")) ?? bytes.count
        for length in 1...end {
            let cut = Document(name: "cut.json", bytes: Array(bytes.prefix(length)))
            #expect(PACTImporter().read(cut).outcome == .reject, "cut after \(length) bytes")
        }
    }
}
