internal import Diagnostics
internal import Documents
internal import Inventory
internal import LedgerStore
internal import Quantification
internal import Quantities
internal import TestSupport
internal import Testing
internal import Workflows

internal import struct Foundation.Data
internal import struct Foundation.URL

@Suite("The factors of a declaration")
struct DeclarationImportTests {
    /// A declaration per 1 m3 with the climate parts of A1-A3 given.
    private static func openEPD(
        _ parts: [(String, String)], method: String = "EF 3.1", unit: String = "kgCO2e",
        version: Int = 1,
        validUntil: String = "2028-12-31"
    ) -> Document {
        let impacts = parts.map { name, mean in
            "\"\(name)\": {\"A1A2A3\": {\"mean\": \(mean), \"unit\": \"\(unit)\"}}"
        }
        return SampleBook.document(
            "epd.json",
            """
            {"doctype": "openEPD", "openepd_version": "0.1", "id": "ec1", "version": \(version),
             "product_name": "Beam", "date_of_issue": "2024-01-01T00:00:00Z",
             "valid_until": "\(validUntil)T00:00:00Z", "declared_unit": {"qty": 1, "unit": "m3"},
             "impacts": {"\(method)": {\(impacts.joined(separator: ", "))}}}
            """)
    }

    private static func fixture(_ path: String) throws -> Document {
        let url = Repository.root.appending(path: "importers").appending(path: path)
        return Document(name: "fixture", bytes: [UInt8](try Data(contentsOf: url)))
    }

    private static func factors(_ document: Document) throws -> [EmissionFactor] {
        let book = try SampleBook.make(factors: false)
        try SampleBook.importing(document, into: book)
        return try book.state().factors.map(\.factor)
    }

    /// `key amount substance per unit`.
    private static func lines(_ factors: [EmissionFactor]) -> [String] {
        factors.map { factor in
            let parts = factor.components.map { "\($0.amount) \($0.unit) \($0.substance)" }
            return "\(factor.key) \(parts.joined(separator: " + ")) per \(factor.activityUnit)"
        }
    }

    @Test(
        "count what is emitted, not what is stored",
        arguments: [
            // nothing but the total
            ([("gwp", "12.5")], "12.5", false),
            // biogenic positive: the total as published
            (
                [
                    ("gwp", "12.5"), ("gwp-fossil", "12"), ("gwp-biogenic", "0.25"),
                    ("gwp-luluc", "0.25"),
                ], "12.5", true
            ),
            // stored carbon: fossil + land use = 90 + 1.5
            (
                [
                    ("gwp", "-608.5"), ("gwp-fossil", "90"), ("gwp-biogenic", "-700"),
                    ("gwp-luluc", "1.5"),
                ], "91.5", true
            ),
            // and other biogenic gases: 90 + 1.5 + 0.5
            (
                [
                    ("gwp", "-608"), ("gwp-fossil", "90"), ("gwp-biogenic", "-700"),
                    ("gwp-luluc", "1.5"), ("gwp-nonCO2", "0.5"),
                ], "92", true
            ),
            // land use not given: -608.5 + 700
            ([("gwp", "-608.5"), ("gwp-biogenic", "-700")], "91.5", true),
        ] as [([(String, String)], String, Bool)])
    func storedCarbon(parts: [(String, String)], amount: String, isSeparated: Bool) throws {
        let factors = try Self.factors(Self.openEPD(parts))
        #expect(Self.lines(factors) == ["openepd.ec1.a1-a3 \(amount) kg CO2e@AR6 per m3"])
        let factor = try #require(factors.first)
        #expect(factor.biogenicSeparated == isSeparated)
        #expect(factor.qualityFlags.contains("biogenic-not-separated") == !isSeparated)
        #expect(factor.licence.redistribution == .no)
        #expect(factor.declaration != nil)
    }

    @Test(
        "are in kilograms of CO2e, however that is spelled",
        arguments: ["kgCO2e", "kg CO2-Äqv.", "kg CO_(2)-Aeq.", "kg CO2 eq", "kg éq. CO₂", "kg CO2"])
    func spellings(unit: String) throws {
        #expect(try Self.factors(Self.openEPD([("gwp", "1")], unit: unit)).count == 1)
    }

    @Test(
        "are refused where the declaration leaves a question",
        arguments: [
            (Self.openEPD([("gwp", "-608.5")]), .declarationUnusable),
            (Self.openEPD([("odp", "1")]), .declarationUnusable),
            (Self.openEPD([("gwp", "1")], method: "CML 2016"), .declarationUnusable),
            (Self.openEPD([("gwp", "1")], validUntil: "2023-12-31"), .declarationUnusable),
            (Self.openEPD([("gwp", "1")], unit: "gCO2e"), .declarationUnusable),
            (Self.openEPD([("gwp-fossil", "1")]), .declarationUnusable),
        ] as [(Document, DiagnosticCode)])
    func refusals(document: Document, code: DiagnosticCode) throws {
        let book = try SampleBook.make(factors: false)
        let size = try book.store.head().size
        #expect {
            try SampleBook.importing(document, into: book)
        } throws: { error in
            (error as? Refusal)?.diagnostics.map(\.code) == [code]
        }
        #expect(try book.store.head().size == size)
    }

    @Test("of concrete: per cubic metre, and per kilogram by the stated mass")
    func conversion() throws {
        // 240 / 2400 = 0.1 and 7.2 / 2400 = 0.003
        #expect(
            Self.lines(try Self.factors(Self.fixture("OpenEPD/Fixtures/ready-mix.json"))) == [
                "openepd.ec9muster.a1-a3 240 kg CO2e@AR6 per m3",
                "openepd.ec9muster.a1-a3.per-kg 0.1 kg CO2e@AR6 per kg",
                "openepd.ec9muster.a4 7.2 kg CO2e@AR6 per m3",
                "openepd.ec9muster.a4.per-kg 0.003 kg CO2e@AR6 per kg",
            ])
    }

    @Test("of a footprint: removals added back, a quotient rounded at the eighteenth decimal")
    func footprint() throws {
        // 1320.5 + 0.5 = 1321; 1321 / 24.5 = 53.918 367 346 938 775 510 204 …
        let key = "pact.6c9e2f31-40b7-4a8d-b5d2-1f7a03c8e944.a1-a3"
        #expect(
            Self.lines(try Self.factors(Self.fixture("PACT/Fixtures/server.json"))) == [
                "\(key) 1321 kg CO2e@AR6 per piece",
                "\(key).per-kg 53.91836734693877551 kg CO2e@AR6 per kg",
            ])
    }

    @Test("do not change by importing the same declaration again, from these or other bytes")
    func again() throws {
        let book = try SampleBook.make(factors: false)
        let document = Self.openEPD([("gwp", "12.5")])
        try SampleBook.importing(document, into: book)
        let head = try book.store.head()
        let spaced = Document(name: "copy.json", bytes: document.bytes + Array("\n\n".utf8))
        for copy in [document, spaced] {
            let report = try SampleBook.importing(copy, into: book)
            #expect(report.effect == .alreadyImported)
            #expect(try book.store.head() == head)
        }
    }

    @Test("are superseded by a higher version, never by a lower")
    func versions() throws {
        let book = try SampleBook.make(factors: false)
        for (version, amount) in [(2, "12"), (10, "10"), (9, "11")] {
            try SampleBook.importing(
                Self.openEPD([("gwp", amount)], version: version), into: book)
        }
        let factors = try book.state().factors.map(\.factor)
        #expect(factors.map(\.version) == ["2", "10", "9"])
        #expect(factors.map(\.status) == [.active, .active, .deprecated])
        #expect(factors[1].supersedes == ["openepd.ec1.a1-a3@2"])
        #expect(factors[2].supersedes.isEmpty)
    }

    @Test("of one version with two contents are refused")
    func contradiction() throws {
        let book = try SampleBook.make(factors: false)
        try SampleBook.importing(Self.openEPD([("gwp", "12")]), into: book)
        #expect {
            try SampleBook.importing(Self.openEPD([("gwp", "13")]), into: book)
        } throws: { error in
            (error as? Refusal)?.diagnostics.map(\.code) == [.factorInvalid]
        }
    }

    @Test("of a footprint supersede those of the footprints it replaces")
    func precedence() throws {
        let book = try SampleBook.make(factors: false)
        let text = String(
            decoding: try Self.fixture("PACT/Fixtures/server.json").bytes, as: UTF8.self)
        let old = "0b1d7c45-92aa-4f3e-8c61-5de2f09b7a13"
        let new = "6c9e2f31-40b7-4a8d-b5d2-1f7a03c8e944"
        let swapped = text.replacing(old, with: "x").replacing(new, with: old)
        try SampleBook.importing(SampleBook.document("old.json", swapped), into: book)
        try SampleBook.importing(SampleBook.document("new.json", text), into: book)
        let factors = try book.state().factors.map(\.factor)
        #expect(
            factors.map(\.supersedes) == [
                [], [], ["pact.\(old).a1-a3@1"], ["pact.\(old).a1-a3.per-kg@1"],
            ])
    }

    @Test("take the stated unit only where the document leaves it open")
    func declaredUnit() throws {
        let workflow = ImportWorkflow(
            book: try SampleBook.make(factors: false), catalog: try ImporterCatalog())
        let stated = Quantity(ExactDecimal(1), try #require(UnitCatalog.unit(symbol: "m2")))
        #expect {
            try workflow.run(
                Self.openEPD([("gwp", "1")]), declaredUnit: stated)
        } throws: { ($0 as? Refusal)?.diagnostics.map(\.code) == [.declaredUnitUnresolved] }
        #expect {
            try workflow.run(
                SampleBook.bill("b.csv", "2025-01-01", "2025-01-31", "1"), declaredUnit: stated)
        } throws: { ($0 as? Refusal)?.diagnostics.map(\.code) == [.declaredUnitUnresolved] }
        let report = try workflow.run(
            Self.fixture("ILCDEPD/Fixtures/reinforcing-steel.xml"),
            declaredUnit: Quantity(ExactDecimal(1_000), .kilogram))
        #expect(report.diagnostics.isEmpty)
        // 685.3 and 21.6 kg per 1000 kg
        #expect(report.factors.map { $0.components[0].amount.description } == ["0.6853", "0.0216"])
        #expect(
            report.factors.allSatisfy {
                $0.qualityFlags.contains("declared-unit-stated-at-import")
            })
    }

    @Test("warn where the stated unit is another amount than the reference flow")
    func otherAmount() throws {
        for (amount, unit, warns) in [
            ("1000", "kg", false), ("1", "t", false), ("1", "kg", true), ("1", "m3", true),
        ] {
            let workflow = ImportWorkflow(
                book: try SampleBook.make(factors: false), catalog: try ImporterCatalog())
            let report = try workflow.run(
                Self.fixture("ILCDEPD/Fixtures/reinforcing-steel.xml"),
                declaredUnit: Quantity(
                    try ExactDecimal(parsing: amount),
                    try #require(UnitCatalog.unit(symbol: unit))))
            #expect(
                report.diagnostics.map(\.code) == (warns ? [.declaredUnitUnresolved] : []),
                "\(amount) \(unit)")
        }
    }

    @Test("of an archive cite the member, and the book verifies")
    func archive() throws {
        let flow = """
            <f:flowDataSet xmlns:f="http://lca.jrc.it/ILCD/Flow" \
            xmlns:c="http://lca.jrc.it/ILCD/Common"><f:flowInformation><f:dataSetInformation>
            <c:UUID>b7c1d0e2-5a43-4f6e-8d21-9e0f3c6b7a58</c:UUID></f:dataSetInformation>
            <f:quantitativeReference><f:referenceToReferenceFlowProperty>0\
            </f:referenceToReferenceFlowProperty></f:quantitativeReference></f:flowInformation>
            <f:flowProperties><f:flowProperty dataSetInternalID="0">
            <f:referenceToFlowPropertyDataSet \
            refObjectId="93a60a56-a3c8-11da-a746-0800200b9a66"/><f:meanValue>1</f:meanValue>
            </f:flowProperty></f:flowProperties></f:flowDataSet>
            """
        let process = try Self.fixture("ILCDEPD/Fixtures/reinforcing-steel.xml").bytes
        let bytes = ZipBytes.archive([
            .init("ILCD/processes/steel.xml", process), .init("ILCD/flows/steel.xml", flow),
        ])
        let book = try SampleBook.make(factors: false)
        try SampleBook.importing(Document(name: "steel.zip", bytes: bytes), into: book)
        let factors = try book.state().factors.map(\.factor)
        // 685.3 / 1000 and 21.6 / 1000
        #expect(factors.map { $0.components[0].amount.description } == ["0.6853", "0.0216"])
        let declaration = try #require(factors.first?.declaration)
        #expect(declaration.name == "steel.zip")
        #expect(declaration.place == "ILCD/processes/steel.xml")
        #expect(declaration.line == "61")
        #expect(try VerifyWorkflow(book: book).run().documents == 1)
        // The data set alone, with the unit stated by hand, says nothing new.
        let head = try book.store.head()
        let report = try ImportWorkflow(book: book, catalog: ImporterCatalog()).run(
            Self.fixture("ILCDEPD/Fixtures/reinforcing-steel.xml"),
            declaredUnit: Quantity(ExactDecimal(1_000), .kilogram))
        #expect(report.effect == .alreadyImported)
        #expect(try book.store.head() == head)
    }
}
