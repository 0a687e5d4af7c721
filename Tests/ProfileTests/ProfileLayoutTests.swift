internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

/// What may stand around a table, and how its columns are found.
@Suite("The layout of a profile")
struct ProfileLayoutTests {
    private static let hourly = """
        at = "at"
        label = "start"
        step = "PT1H"
        format = "yyyy-MM-dd HH:mm"
        zone = "UTC"
        """
    private static let plain = "header = [\"m\", \"at\", \"v\"]"

    private static func outcome(
        _ text: String, _ profile: String, name: String = "t.csv"
    ) throws -> String {
        let document = try read(text, profiles: [profile], name: name)
        let totals = document.series.map { "\($0.meter ?? "-") \($0.total)" }
        return ([document.outcome.rawValue] + totals.sorted()).joined(separator: ", ")
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let profile: String
        let text: String
        let expected: String

        init(_ description: String, _ profile: String, _ text: String, _ expected: String) {
            (testDescription, self.profile) = (description, profile)
            (self.text, self.expected) = (text, expected)
        }
    }

    static let cases: [Case] = [
        Case(
            "a line for Excel", layout(identify: plain, time: hourly),
            "sep=,\nm,at,v\nM,2024-01-01 00:00,1\n", "accept, M 1"),
        Case(
            "mixed line ends and a leading empty line", layout(identify: plain, time: hourly),
            "\r\nm,at,v\rM,2024-01-01 00:00,1\r\nM,2024-01-01 01:00,2\n", "accept, M 3"),
        Case(
            "no header",
            layout(identify: "names = [\"m\", \"at\", \"v\"]", time: hourly),
            "M,2024-01-01 00:00,1\nM,2024-01-01 01:00,2\n", "accept, M 3"),
        Case(
            "no header and another shape",
            layout(identify: "names = [\"m\", \"at\", \"v\"]", time: hourly),
            "M,01/01/2024 00:00,1\n", "reject"),
        Case(
            "no header and other cells",
            layout(
                identify: "names = [\"m\", \"at\", \"v\"]\ncells = { m = \"#############\" }",
                time: hourly),
            "M,2024-01-01 00:00,1\n", "reject"),
        Case(
            "two rows of header",
            layout(
                identify: "header = [\"Device m\", \"at\", \"Energy v\"]\nheader_rows = 2",
                time: hourly, meter: "[meter]\ncolumn = \"Device m\"",
                series: kilowattHours("Energy v")),
            "Device,,Energy\nm,at,v\nM,2024-01-01 00:00,1\n", "accept, M 1"),
        Case(
            "names that stand twice",
            layout(
                identify: "header_row = [\"m\", \"at\", \"v\", \"v\"]\n"
                    + "names = [\"m\", \"at\", \"\", \"v\"]", time: hourly),
            "m,at,v,v\nM,2024-01-01 00:00,5,1\n", "accept, M 1"),
        Case(
            "short rows",
            layout(
                identify: "header = [\"m\", \"at\", \"v\", \"note\"]", read: "ragged = \"short\"",
                time: hourly),
            "m,at,v,note\nM,2024-01-01 00:00,1\nM,2024-01-01 01:00\n",
            "accept-with-warning, M 1"),
        Case(
            "short rows where the profile does not allow them",
            layout(identify: "header = [\"m\", \"at\", \"v\", \"note\"]", time: hourly),
            "m,at,v,note\nM,2024-01-01 00:00,1\n", "quarantine-rows"),
        Case(
            "padded rows", layout(identify: plain, read: "ragged = \"padded\"", time: hourly),
            "m,at,v\nM,2024-01-01 00:00,1,,\nM,2024-01-01 01:00,2,x\n", "quarantine-rows, M 1"),
        Case(
            "lines behind the table and totals in it",
            layout(
                identify: plain, read: "stop_at = \"Time zone*\"\nignore = { m = \"Total*\" }",
                time: hourly),
            "m,at,v\nM,2024-01-01 00:00,1\nTotal M,,1\nTime zone: UTC\nM,2024-01-01 01:00,9\n",
            "accept, M 1"),
        Case(
            "numbers that Excel is to leave alone",
            layout(
                identify: plain, read: "quote = \"\"\nunwrap_excel_text = true", time: hourly),
            "m,at,v\n=\"541\",2024-01-01 00:00,1\n", "accept, 541 1"),
        Case(
            "an unnamed column",
            layout(identify: "header = [\"m\", \"at\", \"v\", \"\"]", time: hourly),
            "m,,at,v\nM,x,2024-01-01 00:00,1\n", "accept, M 1"),
        Case(
            "a quote that opens on the last line", layout(identify: plain, time: hourly),
            "m,at,v\nM,2024-01-01 00:00,1\n\"M,2024-01-01 01\n", "quarantine-rows, M 1"),
        Case(
            "a quote that swallows lines", layout(identify: plain, time: hourly),
            "m,at,v\n\"M,2024-01-01 00:00,1\nM,2024-01-01 01:00,2\n", "reject"),
        Case(
            "words that a map knows by their beginning",
            layout(
                identify: plain, time: hourly,
                series: kilowattHours("v", more: "where = { m = \"E*\" }")),
            "m,at,v\nE1,2024-01-01 00:00,1\nG1,2024-01-01 00:00,2\n", "quarantine-rows, E1 1"),
        Case(
            "a factor beside the value",
            layout(
                identify: "header = [\"m\", \"at\", \"v\", \"f\"]", time: hourly,
                series: kilowattHours("v", more: "factor_column = \"f\"")),
            "m,at,v,f\nM,2024-01-01 00:00,1.5,200\n", "accept, M 300"),
    ]

    @Test("is read as it says", arguments: cases)
    func layouts(example: Case) throws {
        #expect(try Self.outcome(example.text, example.profile) == example.expected)
    }

    @Test(
        "takes what stands above the table from its lines",
        arguments: [
            ("pairs", "Account,A7\nUnit:,Wh\n\n"), ("colon", "Account: A7\n\"Unit: Wh\"\n"),
            ("table", "Account,Unit,x\nA7,Wh,\n"),
        ])
    func preambles(form: String, above: String) throws {
        let used = layout(
            identify: "header = [\"at\", \"v\"]\nlabels = { Unit = \"*Wh\" }", time: Self.hourly,
            meter: "[preamble]\nform = \"\(form)\"\nlabels = [\"Account\", \"Unit\"]\n"
                + "[meter]\ncolumn = \"@Account\"",
            series: kilowattHours("v").replacing(
                "unit = \"kWh\"", with: "unit_column = \"@Unit\""))
        let document = try read(above + "at,v\n2024-01-01 00:00,1\n", profiles: [used])
        #expect(document.series.map(\.meter) == ["A7"])
        #expect(document.series.map(\.unit.symbol) == ["Wh"])
        let without = try read("Account,A7\nat,v\n2024-01-01 00:00,1\n", profiles: [used])
        #expect(without.diagnostics.map(\.code) == [.profileUnknown])
    }

    @Test("reads UTF-16 by its mark, and refuses it without")
    func encodings() throws {
        let profile = layout(identify: Self.plain, time: Self.hourly)
        let text = "m,at,v\r\nM,2024-01-01 00:00,1\r\n"
        let units = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let importer = CSVImporter(catalog: try ProfileCatalog(texts: [("p.toml", profile)]))
        let marked = importer.read(Document(name: "a.csv", bytes: [0xFF, 0xFE] + units))
        #expect(marked.outcome == .accept)
        let bare = importer.read(Document(name: "a.csv", bytes: units))
        #expect(bare.outcome == .reject)
        #expect(bare.diagnostics.map(\.code) == [.encodingRefused])
    }

    // MARK: - Sections

    private static let sectioned = layout(
        identify: "header_row = [\"at\", \"v\"]\nnames = [\"at\", \"v\"]",
        read: "stop_at = \"=*\"\nignore = { \"@Kind\" = \"*kW\" }", time: hourly,
        meter:
            "[preamble]\nform = \"colon\"\nlabels = [\"Kind\"]\n[sections]\nstart = \"Section*\"",
        series: kilowattHours("v"))

    @Test("keeps what sections say apart", arguments: 0..<60)
    func sections(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        var text = "banner\n"
        var sums: [Int] = []
        for section in 0..<Int.random(in: 1...5, using: &random) {
            // A first section in kW would be data of the table that is looked for.
            let isPower = section > 0 && Bool.random(using: &random)
            text += "Section \(section)\nKind: \(isPower ? "peak kW" : "kWh")\nat,v\n"
            let values = (0..<4).map { _ in Int.random(in: 0...9, using: &random) }
            for (hour, value) in values.enumerated() {
                text += "2024-01-01 0\(hour):00,\(value)\n"
            }
            text += "====\n\n"
            if !isPower { sums.append(values.reduce(0, +)) }
        }
        let document = try read(text, profiles: [Self.sectioned])
        #expect(document.outcome == .accept)
        #expect(document.series.map(\.total) == sums.map { ExactDecimal($0) })
        #expect(document.series.allSatisfy { $0.readings.count == 4 })
        #expect(Set(document.series.map(\.channel)).count == sums.count)
    }

    @Test("refuses a section with other columns")
    func otherSection() throws {
        let text =
            "Section 1\nKind: kWh\nat,v\n2024-01-01 00:00,1\nSection 2\nKind: kWh\n"
            + "at,v,w\n2024-01-01 00:00,1,2\n"
        let document = try read(text, profiles: [Self.sectioned])
        #expect(document.outcome == .reject)
        #expect(document.diagnostics.map(\.code) == [.csvHeaderInvalid])
    }

    // MARK: - Several statements of one energy

    @Test("keeps one unit where the same energy comes in two")
    func preferredUnit() throws {
        let used = layout(
            identify: "header = [\"m\", \"at\", \"v\", \"u\"]", time: Self.hourly,
            series: """
                [[series]]
                quantity = "v"
                unit_column = "u"
                carrier = "gas"
                direction = "import"
                behaviour = "delta"
                """, more: "[choose]\nprefer_unit = \"kWh\"")
        let rows = "M,2024-01-01 00:00,11,kWh\nM,2024-01-01 00:00,1,m3\nN,2024-01-01 00:00,2,m3\n"
        let document = try read("m,at,v,u\n" + rows, profiles: [used])
        #expect(document.series.map { "\($0.meter ?? "") \($0.unit)" } == ["M kWh", "N m3"])
    }

    @Test(
        "sets an unknown word aside, or asks",
        arguments: [
            ("reject", ImportedDocument.Outcome.quarantineRows), ("ask", .reject),
        ])
    func otherwise(word: String, outcome: ImportedDocument.Outcome) throws {
        let used = layout(
            identify: "header = [\"m\", \"at\", \"v\", \"q\"]", time: Self.hourly,
            more: "[quality]\ncolumn = \"q\"\nmap = { A = \"actual\" }\notherwise = \"\(word)\"")
        let document = try read(
            "m,at,v,q\nM,2024-01-01 00:00,1,A\nM,2024-01-01 01:00,2,?\n", profiles: [used])
        #expect(document.outcome == outcome)
        #expect(document.diagnostics.map(\.code).contains(.readingTypeUnresolved))
        #expect(document.series.isEmpty == (outcome == .reject))
    }

    // MARK: - Inheritance

    private static func child(_ id: String, _ more: String, of base: String) -> String {
        "id = \"\(id)\"\nversion = 1\nkind = \"interval\"\nextends = \"\(base)\"\n\(more)\n"
            + "[[test]]\nfile = \"n\"\nreadings = 0\ntotal = \"0 kWh\"\nstart = \"\"\nend = \"\"\n"
    }

    @Test("holds where a profile that extends it says nothing else")
    func extended() throws {
        let base = layout(identify: Self.plain, time: Self.hourly)
        let child = Self.child(
            "test.child", "[time]\nzone = \"Europe/Amsterdam\"", of: "test.layout")
        let document = try read(
            "m,at,v\nM,2024-06-01 00:00,1\n", profiles: [base, child])
        #expect(document.profile == "test.child")
        #expect(document.series.first?.start?.description == "2024-05-31T22:00:00Z")
        let changed = try ProfileCatalog(texts: [("a", base + "\n# changed\n"), ("b", child)])
        #expect(changed.profiles.last?.hash != document.profileHash)
    }

    @Test("is inherited over one level, from a profile that exists")
    func levels() {
        let base = layout(identify: Self.plain, time: Self.hourly)
        let child = Self.child("test.child", "", of: "test.layout")
        let grandchild = Self.child("test.grandchild", "", of: "test.child")
        let orphan = Self.child("test.orphan", "", of: "test.none")
        let fault = #expect(throws: InvalidProfile.self) {
            try ProfileCatalog(texts: [("a", base), ("b", child), ("c", grandchild), ("d", orphan)])
        }
        let messages = fault?.diagnostics.map(\.message) ?? []
        #expect(messages.contains("'test.child' extends another profile itself"))
        #expect(messages.contains("there is no profile 'test.none'"))
    }
}
