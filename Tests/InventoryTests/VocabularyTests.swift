internal import Foundation
internal import Inventory
internal import Quantities
internal import Testing

@Suite("The vocabulary")
struct VocabularyTests {
    @Test(
        "reads gases and CO2e with its set, and nothing between",
        arguments: [
            ("CO2", true), ("CO2-biogenic", true), ("HFC-134a", true), ("PFC-14", true),
            ("HFC-245fa", true), ("CO2e@AR4", true), ("CO2e@AR5", true), ("CO2e@AR6", true),
            ("CO2e", false), ("CO2e@AR7", false), ("CO2e@", false), ("", false), ("-CO2", false),
            ("4CH", false), ("CO2 ", false), ("CO₂", false), ("СО2", false), ("a|b", false),
        ])
    func substance(text: String, isKnown: Bool) {
        #expect((Substance(text) != nil) == isKnown)
        if isKnown { #expect(Substance(text)?.description == text) }
    }

    @Test("takes CO2e for no species: a blend must not hold a valuation")
    func valuation() {
        #expect(Gas("CO2e") == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([Gas].self, from: Data(#"["CO2e"]"#.utf8))
        }
    }

    @Test(
        "sorts gases into the families of GHG Protocol chapter 9",
        arguments: [
            ("CO2", .carbonDioxide), ("CH4", .methane), ("N2O", .nitrousOxide),
            ("SF6", .sulphurHexafluoride), ("NF3", .nitrogenTrifluoride),
            ("HFC-32", .hydrofluorocarbons), ("PFC-116", .perfluorocarbons),
            ("HCFC-22", .outsideKyoto), ("CFC-12", .outsideKyoto),
            ("CO2-biogenic", .biogenicCarbonDioxide),
        ] as [(String, Gas.Family)])
    func family(name: String, family: Gas.Family) {
        #expect(Gas(name)?.family == family)
    }

    @Test("knows scope and category of each source", arguments: EmissionSource.allCases)
    func source(source: EmissionSource) {
        switch source.scope {
        case .one: #expect(source.rawValue.hasPrefix("scope1:"))
        case .two: #expect(source.rawValue.hasPrefix("scope2:"))
        case .three:
            #expect(source.scope3Category.map { (1...15).contains($0) } == true)
        case .outside: #expect(source.rawValue.hasPrefix("outside-scopes:"))
        }
        #expect((source.scope3Category != nil) == (source.scope == .three))
    }

    @Test("has all fifteen categories of scope 3")
    func categories() {
        #expect(Set(EmissionSource.allCases.compactMap(\.scope3Category)) == Set(1...15))
        #expect(EmissionSource.electricityUpstream.scope3Category == 3)
        #expect(EmissionSource.investments.scope3Category == 15)
    }

    @Test(
        "takes identifiers of lower-case letters, digits and hyphens",
        arguments: [
            ("ams1", true), ("9-a", true), ("a", true), ("", false), ("-a", false), ("Ams1", false),
            ("ams 1", false), ("äms", false), ("a/b", false), ("a:b", false),
            (String(repeating: "a", count: 64), true), (String(repeating: "a", count: 65), false),
        ])
    func identifier(text: String, isValid: Bool) {
        #expect((FacilityID(text) != nil) == isValid)
        if isValid { #expect(FacilityID(text)?.description == text) }
    }

    @Test("values CO2 as one, biogenic CO2 as nothing, an unknown gas not at all")
    func potentials() throws {
        let table = GWPTable(set: .ar5, values: ["CH4": .init(28)], source: "AR5 WG1 table 8.A.1")
        #expect(table.potential(of: .carbonDioxide) == .one)
        #expect(table.potential(of: .biogenicCarbonDioxide) == .zero)
        #expect(table.potential(of: .methane)?.description == "28")
        #expect(table.potential(of: .nitrousOxide) == nil)
    }

    @Test("puts each life-cycle module into its stage")
    func stages() {
        let stages = Dictionary(grouping: LifeCycleModule.allCases, by: \.stage)
        #expect(
            stages.mapValues(\.count)
                == [.product: 4, .construction: 2, .use: 7, .endOfLife: 4, .beyondBoundary: 1])
    }

    @Test("finds a meter only within its time")
    func meter() throws {
        let start = try #require(CivilDate("2024-01-01"))
        let end = try #require(CivilDate("2025-01-01"))
        let site = try #require(FacilityID("ams1"))
        let meter = Meter(
            number: "871", facility: site, carrier: .electricity, role: .whole, validFrom: start,
            validUntil: end)
        let organisation = Organisation(
            name: "N", consolidationApproach: .operationalControl, gwpValueSet: .ar6,
            baseYear: 2_024, meters: [meter])
        #expect(organisation.meter(number: "871", on: start) == meter)
        #expect(organisation.meter(number: "871", on: end) == nil)
        #expect(organisation.meter(number: "871", on: start.adding(days: -1)) == nil)
        #expect(organisation.meter(number: "0871", on: start) == nil)
    }
}
