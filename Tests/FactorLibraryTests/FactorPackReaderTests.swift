internal import Diagnostics
internal import Documents
internal import FactorLibrary
internal import Inventory
internal import Testing

@Suite("A factor pack of a user")
struct FactorPackReaderTests {
    static let header = [
        "key", "version", "status", "supersedes", "name", "activity", "role", "region",
        "valid_from", "valid_until", "data_period", "activity_unit", "heating_value_basis",
        "substance", "amount", "amount_unit", "modules", "uncertainty_percent",
        "biogenic_separated", "quality_flags", "source_title", "publisher", "edition", "place",
        "retrieved_from", "licence", "attribution", "redistribution", "notes",
    ]

    /// A row that passes every check, with some cells replaced.
    static func row(_ changes: [String: String] = [:]) -> String {
        var cells = [
            "key": "supplier.2025.heat", "version": "1", "status": "active", "name": "Heat",
            "activity": "heat", "role": "market", "region": "NL", "valid_from": "2025-01-01",
            "valid_until": "2026-01-01", "activity_unit": "kWh", "substance": "CO2",
            "amount": "0.1", "amount_unit": "kg", "source_title": "Rates 2025",
            "publisher": "Warmte B.V.", "edition": "2025", "place": "page 2",
            "retrieved_from": "letter of 2025-03-01", "licence": "for the customer only",
            "redistribution": "no",
        ]
        cells.merge(changes) { $1 }
        return header.map { cells[$0, default: ""] }.joined(separator: ",")
    }

    static func read(_ rows: [String]) -> (factors: [EmissionFactor], diagnostics: [Diagnostic]) {
        let lines = [header.joined(separator: ",")] + rows
        return FactorPackReader.read(
            Document(name: "pack.csv", bytes: Array(lines.joined(separator: "\n").utf8)))
    }

    @Test("is read with its licence")
    func wellFormed() throws {
        let (factors, diagnostics) = Self.read([
            Self.row(), Self.row(["substance": "CH4", "amount": "0.001", "amount_unit": "g"]),
        ])
        #expect(diagnostics.isEmpty)
        let factor = try #require(factors.first)
        #expect(factors.count == 1)
        #expect(factor.components.count == 2)
        #expect(factor.licence.redistribution == .no)
        #expect(factor.source.place == "page 2")
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let changes: [String: String]
        let code: DiagnosticCode
        let message: String

        init(_ title: String, _ changes: [String: String], _ code: DiagnosticCode, _ text: String) {
            testDescription = title
            self.changes = changes
            self.code = code
            message = text
        }
    }

    static let malformed = [
        Case("unknown unit", ["activity_unit": "kWhr"], .unitUnknown, "no unit is named 'kWhr'"),
        Case("bare ton", ["activity_unit": "ton"], .unitUnknown, "no unit is named 'ton'"),
        Case(
            "CO2e without a set", ["substance": "CO2e"], .factorInvalid,
            "'CO2e' names no known set of potentials"),
        Case("no role", ["role": ""], .valueMissing, "the column 'role' is empty"),
        Case(
            "unknown role", ["role": "average"], .factorInvalid, "'average' is not known as role"),
        Case("no source", ["publisher": ""], .valueMissing, "the column 'publisher' is empty"),
        Case("no licence", ["licence": ""], .valueMissing, "the column 'licence' is empty"),
        Case(
            "no attribution", ["licence": "CC BY 4.0"], .valueMissing,
            "the licence 'CC BY 4.0' asks for an attribution"),
        Case("a number in words", ["amount": "0,1.2"], .csvRowRagged, ""),
        Case("no number", ["amount": "12abc"], .numberInvalid, "'12abc' is not a decimal number"),
        Case("no day", ["valid_from": "01/02/2025"], .dateInvalid, "'01/02/2025' is not a day"),
        Case(
            "reversed validity", ["valid_until": "2024-12-31"], .periodReversed,
            "the factor ends on '2024-12-31', not after its beginning '2025-01-01'"),
        Case(
            "negative amount", ["amount": "-0.1"], .numberOutOfRange,
            "the factor 'supplier.2025.heat@1' has the negative amount '-0.1' of CO2"),
        Case(
            "amount in no mass", ["amount_unit": "kWh"], .factorInvalid,
            "'kWh' is no unit of mass"),
        Case(
            "fuel without heating value basis", ["activity": "natural-gas", "role": "direct"],
            .factorInvalid,
            "the factor 'supplier.2025.heat@1' is per kWh of a fuel and states no heating value "
                + "basis"),
        Case(
            "grams taken for kilograms", ["amount": "250"], .numberOutOfRange,
            "the factor 'supplier.2025.heat@1' gives 250 kg per kWh of heat, which cannot be"),
        Case(
            "asphalt per tonne as per kilogram",
            [
                "activity": "asphalt", "role": "cradle-to-gate", "activity_unit": "kg",
                "amount": "50.1", "modules": "A1-A3",
            ], .numberOutOfRange,
            "the factor 'supplier.2025.heat@1' gives 50.1 kg per kg of asphalt, which cannot be"),
        Case(
            "unknown module", ["modules": "A1-A4"], .factorInvalid,
            "'A1-A4' is not known as modules"),
        Case(
            "supersedes no version", ["supersedes": "supplier.2024.heat"], .factorInvalid,
            "the factor 'supplier.2025.heat@1' supersedes something that is no version of a "
                + "factor"),
    ]

    @Test("is refused with a reason for each fault", arguments: malformed)
    func refusals(example: Case) throws {
        let (factors, diagnostics) = Self.read([Self.row(example.changes)])
        #expect(factors.isEmpty)
        let diagnostic = try #require(diagnostics.first)
        #expect(diagnostics.count == 1)
        #expect(diagnostic.code == example.code)
        #expect(diagnostic.location?.line == 2)
        #expect(diagnostic.hint != nil)
        if !example.message.isEmpty { #expect(diagnostic.message == example.message) }
    }

    @Test("is told what a bare ton may mean")
    func bareTon() throws {
        let hint = Self.read([Self.row(["activity_unit": "ton"])]).diagnostics.first?.hint
        let text = try #require(hint)
        #expect(["t (1 000 kg)", "short ton", "long ton"].allSatisfy(text.contains))
    }

    @Test("of ten malformed rows gives ten diagnostics, one for each row")
    func tenRows() {
        let changes: [[String: String]] = [
            ["activity_unit": "kWhr"], ["activity_unit": "ton"], ["substance": "CO2e"],
            ["role": ""], ["licence": ""], ["publisher": ""], ["amount": "-1"],
            ["valid_until": "2024-01-01"], ["amount": "1000"],
            ["activity": "diesel", "role": "direct"],
        ]
        let rows = changes.enumerated().map { offset, change in
            Self.row(change.merging(["key": "user.\(offset)"]) { $1 })
        }
        let (factors, diagnostics) = Self.read(rows)
        #expect(factors.isEmpty)
        #expect(Set(diagnostics.compactMap { $0.location?.line }) == Set(2...11))
        #expect(diagnostics.count == 10)
    }

    @Test("may give a key and version once only")
    func duplicate() {
        let (factors, diagnostics) = Self.read([
            Self.row(), Self.row(["key": "other", "region": "BE"]), Self.row(),
        ])
        #expect(factors.map(\.key) == ["supplier.2025.heat", "other"])
        #expect(diagnostics.map(\.code) == [.factorInvalid])
        #expect(diagnostics.first?.location?.line == 4)
    }

    @Test("may not change what a factor says between its rows")
    func contradiction() {
        let (factors, diagnostics) = Self.read([
            Self.row(), Self.row(["substance": "CH4", "region": "BE"]),
        ])
        #expect(factors.isEmpty)
        #expect(diagnostics.map(\.code) == [.factorInvalid])
    }

    @Test("may not answer one question twice on a day")
    func ambiguity() {
        let twin = ["key": "other.2025.heat", "activity_unit": "GJ", "amount": "27"]
        let later = twin.merging(["valid_from": "2026-01-01", "valid_until": ""]) { $1 }
        let draft = twin.merging(["status": "draft"]) { $1 }
        #expect(
            Self.read([Self.row(), Self.row(twin)]).diagnostics.map(\.code) == [.factorAmbiguous])
        #expect(Self.read([Self.row(), Self.row(later)]).diagnostics.isEmpty)
        #expect(Self.read([Self.row(), Self.row(draft)]).diagnostics.isEmpty)
    }

    @Test("gives back the biogenic carbon that a good stores")
    func biogenicStorage() {
        let storage = [
            "key": "epd.glulam.a", "activity": "glulam", "role": "cradle-to-gate",
            "activity_unit": "kg", "substance": "CO2-biogenic", "amount": "-1.6",
            "modules": "A1-A3",
        ]
        let release = storage.merging([
            "key": "epd.glulam.c", "role": "waste", "amount": "1.6", "modules": "C3",
        ]) { $1 }
        let alone = Self.read([Self.row(storage)])
        #expect(alone.factors.count == 1)
        #expect(alone.diagnostics.map(\.severity) == [.warning])
        #expect(Self.read([Self.row(storage), Self.row(release)]).diagnostics.isEmpty)
    }

    @Test("must name all columns in its first row")
    func header() {
        let document = Document(name: "pack.csv", bytes: Array("key,version\nа,1\n".utf8))
        #expect(FactorPackReader.read(document).diagnostics.map(\.code) == [.csvHeaderInvalid])
        let empty = Document(name: "pack.csv", bytes: [])
        #expect(FactorPackReader.read(empty).diagnostics.map(\.code) == [.fileEmpty])
        let binary = Document(name: "pack.csv", bytes: [0xFF, 0x00, 0x80])
        #expect(FactorPackReader.read(binary).diagnostics.map(\.code) == [.encodingRefused])
    }
}
