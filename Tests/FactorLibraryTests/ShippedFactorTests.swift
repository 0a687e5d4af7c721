internal import Diagnostics
internal import FactorLibrary
internal import Inventory
internal import Quantities
internal import Testing

@Suite("The shipped factors")
struct ShippedFactorTests {
    let factors: [EmissionFactor]

    init() throws { factors = try FactorLibrary.shippedFactors() }

    @Test(
        "come in packs of a known size",
        arguments: [
            ("cea.v21.electricity", 4), ("clf.wblca2.materials", 132),
            ("desnz.2019.electricity", 4),
            ("desnz.2020.electricity", 4), ("desnz.2021.electricity", 4),
            ("desnz.2023.electricity", 4), ("desnz.2024.electricity", 4),
            ("desnz.2025.electricity", 14), ("desnz.2025.freight", 158), ("desnz.2025.fuels", 134),
            ("desnz.2025.materials", 70), ("desnz.2025.water", 2), ("epa.egrid2021", 28),
            ("epa.egrid2022", 28), ("epa.egrid2023", 28), ("epa.egrid2023r2", 4),
            ("epa.hub2024.freight", 7), ("epa.hub2024.fuels", 72), ("ipcc.2006.fuels", 23),
        ])
    func packSizes(name: String, count: Int) throws {
        let packs = try FactorLibrary.shippedPacks()
        #expect(packs.count == 19)
        #expect(packs.first { $0.name == name }?.factorCount == count)
    }

    /// Re-keyed by hand from the publications.
    static let published: [(key: String, components: [String], unit: String)] = [
        // EPA Hub 2024, Table 6 (eGRID2022)
        ("epa.egrid2022.akgd.total", ["1052.114 lb CO2", "0.088 lb CH4", "0.012 lb N2O"], "MWh"),
        (
            "epa.egrid2022.us-average.total", ["823.149 lb CO2", "0.066 lb CH4", "0.009 lb N2O"],
            "MWh"
        ),
        // EPA Hub 2023, Table 6 (eGRID2021)
        ("epa.egrid2021.us-average.total", ["852.3 lb CO2", "0.071 lb CH4", "0.01 lb N2O"], "MWh"),
        // eGRID2023 revision 2, June 2025
        ("epa.egrid2023r2.camx.total", ["428.464 lb CO2", "0.025 lb CH4", "0.003 lb N2O"], "MWh"),
        // EPA Hub 2024, Table 1
        (
            "epa.hub2024.natural-gas.direct.mmbtu", ["53.06 kg CO2", "1 g CH4", "0.1 g N2O"],
            "MMBtu"
        ),
        (
            "epa.hub2024.natural-gas.direct.scf",
            ["0.05444 kg CO2", "0.00103 g CH4", "0.0001 g N2O"], "ft3"
        ),
        (
            "epa.hub2024.diesel.direct.gallon", ["10.21 kg CO2", "0.41 g CH4", "0.08 g N2O"],
            "gal (US)"
        ),
        (
            "epa.hub2024.wood.direct.short-ton", ["1640 kg CO2-biogenic", "126 g CH4", "63 g N2O"],
            "short ton"
        ),
        // EPA Hub 2024, Table 8
        (
            "epa.hub2024.road-freight.transport",
            ["0.168042601834 kg CO2", "0.00147168256353 g CH4", "0.00466495605044 g N2O"],
            "short ton-mile"
        ),
        // DESNZ 2025, sheets UK electricity, T&D, WTT, Fuels, Material use, Freighting goods
        (
            "desnz.2025.electricity.location",
            ["0.17489 kg CO2", "0.0009 kg CO2e@AR5", "0.00122 kg CO2e@AR5"], "kWh"
        ),
        ("desnz.2025.electricity.upstream", ["0.0459 kg CO2e@AR5"], "kWh"),
        ("desnz.2025.electricity-losses.upstream", ["0.00397 kg CO2e@AR5"], "kWh"),
        ("desnz.2025.natural-gas.upstream.kwh-gross", ["0.03021 kg CO2e@AR5"], "kWh"),
        ("desnz.2025.concrete.cradle-to-gate", ["118.79306 kg CO2e@AR5"], "t"),
        ("desnz.2025.road-freight.transport", ["0.10163 kg CO2e@AR5"], "t.km"),
        // DESNZ (BEIS) 2019, sheet UK electricity: an AR4 edition
        ("desnz.2019.electricity.location", ["0.2556 kg CO2e@AR4"], "kWh"),
        // IPCC 2006 Volume 2 Table 1.3: 15.3 kg C/GJ and 20.2 kg C/GJ, times 44/12
        ("ipcc.2006.natural-gas.direct.gj", ["56.1 kg CO2"], "GJ"),
        ("ipcc.2006.diesel.direct.gj", ["74.066666667 kg CO2"], "GJ"),
    ]

    @Test("repeat the published figures", arguments: published)
    func spotValues(key: String, components: [String], unit: String) throws {
        let factor = try #require(factors.first { $0.key == key })
        #expect(
            factor.components.map { "\($0.amount) \($0.unit) \($0.substance)" } == components)
        #expect(factor.activityUnit.symbol == unit)
    }

    @Test("of eGRID lie within 100 to 2,500 lb CO2 per MWh")
    func gridRates() {
        let grid = factors.filter { $0.key.hasPrefix("epa.egrid") }
        #expect(grid.count == 88)
        for factor in grid {
            let rates = factor.components.filter { $0.substance == .gas(.carbonDioxide) }
            #expect(rates.count == 1, "\(factor.key)")
            let isPlausible = rates.allSatisfy {
                $0.unit.symbol == "lb" && $0.amount >= ExactDecimal(100)
                    && $0.amount <= ExactDecimal(2_500)
            }
            #expect(isPlausible, "\(factor.key)")
        }
    }

    /// 53.06 kg/MMBtu is per 1.05505585262 GJ of gross calorific value; net is 0.9 of gross.
    @Test("of natural gas agree between EPA and IPCC within 0.5 per cent")
    func naturalGas() throws {
        let keys = ["epa.hub2024.natural-gas.direct.mmbtu", "ipcc.2006.natural-gas.direct.gj"]
        let amounts = try keys.map { key in
            let factor = try #require(factors.first { $0.key == key })
            return try #require(factor.components.first).amount
        }
        let energy = try ExactDecimal(parsing: "0.949550267358")  // 1.05505585262 × 0.9
        let expected = try amounts[1].multiplied(by: energy)
        let difference = try amounts[0].subtracting(expected).magnitude
        #expect(try difference <= expected.multiplied(by: ExactDecimal(parsing: "0.005")))
    }

    @Test("of eGRID hold for the days of the data year only")
    func gridValidity() throws {
        let factor = try #require(factors.first { $0.key == "epa.egrid2022.akgd.total" })
        let days = ["2021-12-31", "2022-01-01", "2022-12-31", "2023-01-01"].map { CivilDate($0) }
        let isValid = try days.map { factor.isValid(on: try #require($0)) }
        #expect(isValid == [false, true, true, false])
    }

    @Test("of a revised edition are superseded explicitly")
    func revision() throws {
        let revised = try #require(factors.first { $0.key == "epa.egrid2023r2.camx.total" })
        #expect(revised.supersedes == ["epa.egrid2023.camx.total@1"])
        let initial = try #require(factors.first { $0.key == "epa.egrid2023.camx.total" })
        #expect(initial.status == .deprecated)
        let partial = try #require(factors.first { $0.key == "epa.egrid2023r2.rfce.total" })
        #expect(partial.status == .draft)
    }

    @Test("answer no question twice, across all packs")
    func unambiguous() {
        #expect(FactorPackReader.ambiguities(in: factors).isEmpty)
        #expect(Set(factors.map(\.identity)).count == factors.count)
    }

    @Test("supersede only factors that exist")
    func supersession() {
        let identities = Set(factors.map(\.identity))
        #expect(factors.flatMap(\.supersedes).allSatisfy(identities.contains))
    }

    @Test("state source, licence and, where it is asked for, attribution")
    func sources() {
        for factor in factors {
            let source = factor.source
            let texts = [
                source.title, source.publisher, source.edition, source.place,
                source.retrievedFrom, factor.licence.name,
            ]
            #expect(texts.allSatisfy { !$0.isEmpty }, "\(factor.key)")
            #expect(factor.licence.redistribution == .yes, "\(factor.key)")
            if factor.key.hasPrefix("desnz.") {
                #expect(factor.licence.attribution.contains("Open Government Licence v3.0"))
            }
        }
    }

    @Test("use marginal figures of the grid under names of their own")
    func marginal() {
        let marginal = factors.filter { $0.role == .marginal }.map(\.activity.rawValue)
        #expect(
            marginal.sorted() == [
                "electricity-build-margin", "electricity-combined-margin",
                "electricity-operating-margin",
            ])
    }

    @Test("state gross or net calorific value wherever energy of a fuel is meant")
    func heatingValues() {
        for factor in factors where factor.role == .direct {
            let isEnergy = factor.activityUnit.dimension == .energy
            #expect((factor.heatingValueBasis != nil) == isEnergy, "\(factor.key)")
        }
    }

    @Test("are labelled not revaluable where the publisher mixes sets of potentials")
    func mixedSets() {
        let mixed = factors.filter { $0.key.hasPrefix("clf.") }
        #expect(mixed.count == 132)
        for factor in mixed {
            #expect(factor.qualityFlags.contains("gwp-set-mixed"))
            #expect(factor.qualityFlags.contains("not-revaluable"))
        }
    }
}
