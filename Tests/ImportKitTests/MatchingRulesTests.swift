internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

@Suite struct MatchingRulesTests {
    static let sound = """
        [[rule]]
        name = "steel"
        [rule.when]
        item_name = "Reinforcing STEEL"
        classification = "30103600"
        supplier = "staal-noord"
        unit_code = "TNE"
        [rule.then]
        activity = "reinforcing-steel"
        facility = "ams1"
        treatment = "capital-good"
        asset = "hall-a"
        component = "structure"
        module = "A1-A3"
        source = "scope3:2-capital-goods"
        service_life_years = 60

        [[rule]]
        name = "charge"
        when = { item_name = "refrigerant" }
        then = { activity = "refrigerant", facility = "ams1", treatment = "refrigerant-charge", \
        asset = "chiller-1", refrigerant = "R-513A" }

        [[rule]]
        name = "freight"
        [rule.when]
        unit_code = "TKM"
        [rule.then]
        activity = "road-freight"
        facility = "ams1"
        treatment = "expense"
        module = "A4"
        source = "scope3:4-upstream-transport"

        [[rule]]
        name = "electricity"
        [rule.when]
        unit_code = "KWH"
        [rule.then]
        activity = "electricity"
        facility = "ams1"
        treatment = "consumption"
        role = "whole-site"

        [[rule]]
        name = "fees"
        [rule.when]
        item_name = "fee"
        [rule.then]
        ignore = "a fee carries no goods"
        """

    static let organisation = Organisation(
        name: "Noordlicht", consolidationApproach: .operationalControl, gwpValueSet: .ar6,
        baseYear: 2025,
        suppliers: [
            Supplier(
                id: SupplierID(unchecked: "staal-noord"), name: "Staalhandel Noord B.V.",
                aliases: ["NL860000002B01"])
        ])

    @Test func `A file is read in its order, one outcome a treatment`() throws {
        let (rules, diagnostics) = Self.load(Self.sound)
        #expect(diagnostics.isEmpty)
        #expect(rules.map(\.name) == ["steel", "charge", "freight", "electricity", "fees"])
        let facility = FacilityID(unchecked: "ams1")
        func activity(_ code: String, _ treatment: ActivityRecord.Treatment) -> MatchingRule.Outcome
        {
            .activity(
                .init(
                    activity: ActivityCode(unchecked: code), facility: facility,
                    treatment: treatment))
        }
        try #require(rules.count == 5)
        #expect(
            rules[0].outcome
                == activity(
                    "reinforcing-steel",
                    .capitalGood(
                        .init(
                            asset: AssetID(unchecked: "hall-a"),
                            component: AssetID(unchecked: "structure"), module: .a1ToA3,
                            source: .capitalGoods, serviceLifeMonths: 720))))
        #expect(
            rules[1].outcome
                == activity(
                    "refrigerant",
                    .refrigerantCharge(
                        .init(equipment: AssetID(unchecked: "chiller-1"), refrigerant: "R-513A"))))
        #expect(
            rules[2].outcome
                == activity(
                    "road-freight", .expense(.init(module: .a4, source: .upstreamTransport))))
        #expect(
            rules[3].outcome
                == activity(
                    "electricity",
                    .consumption(.init(direction: .import, role: .whole, meter: nil))))
        #expect(rules[4].outcome == .ignore(reason: "a fee carries no goods"))
    }

    /// Names of few characters, so that parts are often found; a quarter of them not ASCII.
    private static func text(_ upTo: Int, _ random: inout SplitMix64) -> String {
        let plain: [Character] = ["a", "B", "b", "A", " ", "-", "\n", "\r\n", "\r"]
        let other: [Character] = ["é", "E\u{301}", "ß", "İ", "\u{301}"]
        let characters = random.next() % 4 == 0 ? plain + other : plain
        return String(
            (0..<Int.random(in: 1...upTo, using: &random)).compactMap { _ in
                characters.randomElement(using: &random)
            })
    }

    @Test(arguments: 0..<500)
    func `A part of the item name is found whatever its case`(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let name = Self.text(12, &random)
        let part = Self.text(3, &random)
        let rule = MatchingRule(
            name: "part", when: .init(itemName: part), outcome: .ignore(reason: "none"))
        let found = MatchingRules.match(
            try Self.line(name, from: "any", "", "H87"), rules: [rule],
            organisation: Self.organisation)
        #expect((found != nil) == name.lowercased().contains(part.lowercased()))
    }

    // The columns: what is replaced, by what, the line and column of the fault, its message.
    static let faults: [(String, String, Int, Int?, String?)] = [
        (
            "item_name = \"fee\"", "itemname = \"fee\"", 47, 1,
            "'itemname' is not known in [rule.when]"
        ),
        ("role =", "roll =", 42, 1, "'roll' is not known in [rule.then]"),
        ("\"expense\"", "\"expenses\"", 30, 1, "'expenses' is no treatment"),
        ("\"A4\"", "\"A6\"", 31, 1, "'A6' is no module"),
        ("\"scope3:4-upstream-transport\"", "\"freight\"", 32, 1, "'freight' is no source"),
        (
            "service_life_years = 60", "service_life_years = 0", 16, 1,
            "'0' is no service_life_years"
        ),
        ("name = \"fees\"", "name = \"steel\"", 45, 1, "two rules have the name 'steel'"),
        ("item_name = \"fee\"", "item_name = \"\"", 47, 1, "'item_name' is empty"),
        ("\"staal-noord\"", "\"Staal Noord\"", 6, 1, "'Staal Noord' is no supplier"),
        ("asset = \"hall-a\"\n", "", 8, nil, "'asset' is missing in [rule.then]"),
        (
            "unit_code = \"KWH\"\n", "", 36, nil,
            "a rule without conditions would hold for every line"
        ),
        ("name = \"fees\"\n", "", 44, nil, "'name' is missing in [rule]"),
        ("= 60", "= = 60", 16, 22, nil),
    ]

    @Test(arguments: faults)
    func `A fault points at its place and says what is wrong`(
        part: String, replacement: String, line: Int, column: Int?, message: String?
    ) throws {
        let text = Self.sound.replacing(part, with: replacement)
        let (_, diagnostics) = Self.load(text)
        let found = diagnostics.first { message == nil || $0.message == message }
        let diagnostic = try #require(found, "\(diagnostics)")
        #expect(diagnostic.code == .ruleInvalid)
        #expect(diagnostic.location?.line == line)
        #expect(diagnostic.location?.column == column)
    }

    @Test func `Bytes that are not UTF-8 are refused`() {
        let document = Document(name: "rules.toml", bytes: [0xFF, 0xFE, 0x41])
        #expect(MatchingRules.load(document).diagnostics.map(\.code) == [.encodingRefused])
    }

    // The columns: item, unit code, classification, supplier identifier, name of the rule.
    static let lines: [(String, String, String, String, String?)] = [
        ("Cut reinforcing steel, 12 mm", "TNE", "30103600", "NL860000002B01", "steel"),
        ("Cut reinforcing steel, 12 mm", "TNE", "30103600", "NL999", nil),
        ("Cut reinforcing steel, 12 mm", "TNE", "30103601", "NL860000002B01", nil),
        ("Cut reinforcing steel, 12 mm", "KGM", "30103600", "NL860000002B01", nil),
        ("Refrigerant fee", "KGM", "1", "NL999", "charge"),
        ("Service fee", "tkm", "1", "NL999", "fees"),
        ("Freight fee", "TKM", "1", "NL999", "freight"),
    ]

    @Test(arguments: lines)
    func `The first rule whose conditions all hold decides`(
        item: String, unit: String, classification: String, supplier: String, expected: String?
    ) throws {
        let rule = MatchingRules.match(
            try Self.line(item, from: supplier, classification, unit),
            rules: Self.load(Self.sound).rules, organisation: Self.organisation)
        #expect(rule?.name == expected)
    }

    private static func line(
        _ item: String, from supplier: String, _ classification: String, _ unit: String
    ) throws -> InvoiceLineFacts {
        InvoiceLineFacts(
            supplierName: "Any", supplierIdentifiers: [supplier], invoiceNumber: "1",
            lineIdentifier: "1", itemName: item, classifications: [classification],
            quantity: .one, unitCode: unit, period: try #require(ReportingPeriod("2025-02")),
            netAmount: .one, currency: "EUR")
    }

    private static func load(
        _ text: String
    ) -> (rules: [MatchingRule], diagnostics: [Diagnostic]) {
        MatchingRules.load(Document(name: "rules.toml", bytes: Array(text.utf8)))
    }
}
