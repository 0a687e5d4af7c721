internal import Diagnostics
internal import Hashing
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

@Suite struct InspectionTests {
    static let digest = SHA256Digest(hashing: Array("abc".utf8))

    /// FIPS 180-4, example of one block.
    static let digestText = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func `A rejected document has every key and its reason`() {
        let document = ImportedDocument.rejected(
            format: "unknown",
            [
                Diagnostic(
                    .formatUnknown, at: SourceLocation(file: "a.bin", line: 3),
                    "no importer knows \"MZ\u{1B}\"", hint: "convert it")
            ])
        let expected = """
            {
              "file": "a.bin",
              "sha256": "\(Self.digestText)",
              "format": "unknown",
              "profile": null,
              "outcome": "reject",
              "series": [],
              "invoices": [],
              "declarations": [],
              "records": [],
              "quarantined": 0,
              "diagnostics": [
                {
                  "code": "format-unknown",
                  "severity": "error",
                  "line": 3,
                  "column": null,
                  "message": "no importer knows \\"MZ\\u001b\\"",
                  "hint": "convert it"
                }
              ]
            }
            """
        #expect(Inspection(document, file: "a.bin", digest: Self.digest).json() == expected)
    }

    @Test func `A series shows counts as integers and its total as text`() throws {
        let json = Inspection(try Self.meterData(), file: "m.csv", digest: Self.digest).json()
        let expected = """
              "series": [
                {
                  "meter": "NMI1",
                  "channel": null,
                  "carrier": "reactive",
                  "direction": "import",
                  "behaviour": "delta",
                  "unit": "kVArh",
                  "readings": 3,
                  "missing": 1,
                  "total": "10.5",
                  "start": "2004-01-31T14:00:00Z",
                  "end": "2004-02-01T14:00:00Z",
                  "quality": {
                    "actual": 2
                  }
                }
              ],
            """
        #expect(json.contains(expected))
    }

    @Test func `An invoice shows what it states and null for the rest`() throws {
        let json = Inspection(try Self.invoice(), file: "i.xml", digest: Self.digest).json()
        let expected = """
              "invoices": [
                {
                  "kind": "credit-note",
                  "number": "R1",
                  "typeCode": null,
                  "issueDate": "2024-02-01",
                  "currency": "EUR",
                  "supplier": "Seller \\\\ \u{201C}Söhne\u{201D}",
                  "period": null,
                  "lineTotal": "100",
                  "taxExclusive": null,
                  "payable": null,
                  "lines": [
                    {
                      "id": null,
                      "name": "Energy",
                      "quantity": "500",
                      "unitCode": "KWH",
                      "netAmount": "100",
                      "period": [
                        "2024-01-01",
                        null
                      ],
                      "ledgerQuantity": "-500"
                    }
                  ]
                }
              ],
            """
        #expect(json.contains(expected))
    }

    @Test func `The text form aligns columns and ends with the diagnostics`() throws {
        var document = try Self.invoice()
        document.diagnostics = [
            Diagnostic(.unitUnknown, at: SourceLocation(file: "i.xml", line: 7), "unit \"KW\"")
        ]
        let text = Inspection(document, file: "i.xml", digest: Self.digest).text()
        #expect(text.contains("line  item    ledger quantity  unit  net  period"))
        #expect(text.contains("–     Energy  -500             KWH   100  2024-01-01 to …"))
        #expect(text.hasSuffix("\n\ni.xml:7: error[unit-unknown]: unit \"KW\""))
    }

    @Test func `The text form shows a series and what was set aside`() throws {
        let text = Inspection(try Self.meterData(), file: "m\u{1B}[2J", digest: Self.digest).text()
        #expect(text.contains("m·[2J"))
        #expect(text.contains("profile    plain"))
        #expect(text.contains("set aside  2"))
        #expect(text.contains("3         1        10.5   kVArh  2004-01-31T14:00:00Z"))
    }

    static func meterData() throws -> ImportedDocument {
        let start = try #require(Instant("2004-01-31T14:00:00Z"))
        let unit = try #require(UnitCatalog.unit(symbol: "kvarh"))
        let readings = [ReadingQuality.actual, .unstated, .actual].enumerated().map {
            Reading(
                start: start.adding(seconds: Int64($0.offset) * 1_800),
                end: start.adding(seconds: Int64($0.offset + 1) * 1_800),
                value: ExactDecimal(mantissa: 35, exponent: -1), quality: $0.element, line: 2)
        }
        let series = ReadingSeries(
            meter: "NMI1", carrier: .reactive, direction: .import, behaviour: .delta, unit: unit,
            readings: readings, missing: 1, start: start, end: start.adding(seconds: 86_400),
            total: ExactDecimal(mantissa: 105, exponent: -1))
        return ImportedDocument(
            format: "csv", profile: "plain", outcome: .quarantineRows, series: [series],
            quarantined: 2)
    }

    static func invoice() throws -> ImportedDocument {
        let line = Invoice.Line(
            identifier: "", name: "Energy", quantity: ExactDecimal(500), unitCode: "KWH",
            netAmount: ExactDecimal(100),
            period: .init(start: CivilDate("2024-01-01"), end: nil),
            ledgerQuantity: ExactDecimal(-500), line: 7)
        let invoice = Invoice(
            kind: .creditNote, number: "R1", typeCode: nil, issueDate: CivilDate("2024-02-01"),
            currency: "EUR", supplier: "Seller \\ “Söhne”", period: .init(start: nil, end: nil),
            lineTotal: ExactDecimal(100), taxExclusive: nil, payable: nil, lines: [line], line: 2)
        return ImportedDocument(
            format: "ubl", outcome: .acceptWithWarning, invoices: [invoice])
    }
}
