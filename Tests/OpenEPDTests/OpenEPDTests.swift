internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import OpenEPD
internal import Quantities
internal import TestSupport
internal import Testing

internal import struct Foundation.Data
internal import struct Foundation.URL

@Suite("An openEPD declaration")
struct OpenEPDTests {
    private static func fixture() throws -> String {
        let path = Repository.root.appending(path: "importers/OpenEPD/Fixtures/ready-mix.json")
        return String(decoding: try Data(contentsOf: path), as: UTF8.self)
    }

    private static func read(_ text: String) -> ImportedDocument {
        let document = Document(name: "epd.json", bytes: Array(text.utf8))
        #expect(OpenEPDImporter().recognises(document))
        return OpenEPDImporter().read(document)
    }

    @Test("of our own states what its file states")
    func fixtureStates() throws {
        let read = Self.read(try Self.fixture())
        #expect(read.outcome == .accept)
        let declaration = try #require(read.declarations.first)
        #expect(declaration.uuid == "ec9muster")
        #expect(declaration.version == "2")
        #expect(declaration.kind == .specific)
        #expect(declaration.publisher == "Muster EPD Programme")
        #expect(declaration.registrationNumber == "EPD-MUSTER-2024-31")
        #expect(declaration.validFrom == CivilDate("2024-03-01"))
        // 28 February 2029 is the last day.
        #expect(declaration.endOfValidity == CivilDate("2029-03-01"))
        #expect(declaration.declaredUnit?.description == "1 m3")
        #expect(declaration.declaredMass?.description == "2400 kg")
        #expect(declaration.indicators.count == 6)
        let total = declaration.indicators[0]
        #expect(total.productStage?.description == "240")
        #expect(total.notDeclared == ["A5"])
        #expect(
            total.amounts.map { "\($0.module) \($0.scenario ?? "-") \($0.value)" } == [
                "A1-A3 - 240", "A4 - 7.2", "C4 Landfill 12.5", "C4 Recycling 0.75",
            ])
        #expect(declaration.indicators[4].productStage?.description == "0.00000108")
        let sets = declaration.climate(.total).map(\.climate?.potentials)
        #expect(sets == [.ar6, .ar4])
    }

    @Test(
        "has an outcome that follows from its faults",
        arguments: [
            ("\"openEPD\"", "\"openPCR\"", .reject, .jsonStructure),
            ("\"mean\": 240.0", "\"mean\": \"much\"", .quarantineRows, .numberInvalid),
            ("\"mean\": 240.0", "\"mean\": 1e99", .quarantineRows, .numberOutOfRange),
            (
                "7.2, \"unit\": \"kgCO2e\"", "7.2, \"unit\": \"gCO2e\"", .quarantineRows,
                .unitUnknown
            ),
            ("\"unit\": \"m3\"", "\"unit\": \"load\"", .acceptWithWarning, .declaredUnitUnresolved),
            ("\"qty\": 1,", "\"qty\": 0,", .acceptWithWarning, .declaredUnitUnresolved),
            ("2029-02-28T", "2029-02-30T", .acceptWithWarning, .dateInvalid),
            // 339.4 + 0.5 + 0.1 = 340, not 240
            ("239.4", "339.4", .acceptWithWarning, .controlTotalDiffers),
        ] as [(String, String, ImportedDocument.Outcome, DiagnosticCode)])
    func outcome(
        part: String, other: String, outcome: ImportedDocument.Outcome, code: DiagnosticCode
    ) throws {
        let text = try Self.fixture()
        #expect(text.contains(part))
        let read = Self.read(text.replacing(part, with: other))
        #expect(read.outcome == outcome)
        #expect(read.diagnostics.map(\.code) == [code])
        #expect(read.diagnostics.allSatisfy { $0.location?.line != nil && $0.hint != nil })
    }

    @Test("cut anywhere is refused")
    func truncation() throws {
        let bytes = Array(try Self.fixture().utf8)
        let end = bytes.lastIndex(of: UInt8(ascii: "}")) ?? bytes.count
        for length in 1...end {
            let cut = Document(name: "cut.json", bytes: Array(bytes.prefix(length)))
            #expect(OpenEPDImporter().read(cut).outcome == .reject, "cut after \(length) bytes")
        }
    }
}
