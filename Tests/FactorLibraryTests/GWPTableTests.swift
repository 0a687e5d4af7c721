internal import FactorLibrary
internal import Inventory
internal import Quantities
internal import Testing

@Suite("The global warming potentials and blends")
struct GWPTableTests {
    let tables: [GWPTable]
    let blends: [RefrigerantBlend]

    init() throws {
        tables = try FactorLibrary.gwpTables()
        blends = try FactorLibrary.refrigerantBlends()
    }

    @Test("cover four sets and thirty blends")
    func counts() {
        #expect(tables.map(\.set) == [.ar4, .ar5, .ar5WithFeedbacks, .ar6])
        // AR4 Table 2.14, AR5 Tables 8.A.1 and 8.SM.16, and AR6 Table 7.SM.7, as far as they were
        // compared.
        #expect(tables.map(\.values.count) == [58, 86, 86, 86])
        #expect(blends.count == 30)
    }

    @Test(
        "repeat the tables of the IPCC",
        arguments: [
            (GWPValueSet.ar4, "CH4", "25"), (.ar5, "CH4", "28"), (.ar6, "CH4", "27.9"),
            (.ar4, "N2O", "298"), (.ar5, "N2O", "265"), (.ar6, "N2O", "273"),
            // IPCC AR5 WG1 Table 8.7: CH4 34 and N2O 298 with climate-carbon feedbacks
            (.ar5WithFeedbacks, "CH4", "34"), (.ar5WithFeedbacks, "N2O", "298"),
            (.ar5, "SF6", "23500"), (.ar6, "NF3", "17400"), (.ar5, "HFC-134a", "1300"),
            (.ar5, "PFC-116", "11100"), (.ar4, "PFC-14", "7390"),
        ])
    func potentials(set: GWPValueSet, gas: String, value: String) throws {
        let table = try #require(tables.first { $0.set == set })
        let potential = table.potential(of: try #require(Gas(gas)))
        #expect(potential == (try ExactDecimal(parsing: value)))
    }

    /// R-404A is 44 % HFC-125, 4 % HFC-134a, 52 % HFC-143a; R-410A is half HFC-32, half HFC-125.
    /// EPA Hub 2024 Table 12 and DESNZ 2025 give 3943 and 1924 under AR5.
    @Test(
        "give the published potentials of blends",
        arguments: [
            ("R-404A", GWPValueSet.ar5, "3942.8", 3_943), ("R-410A", .ar5, "1923.5", 1_924),
            ("R-410A", .ar4, "2087.5", 2_088), ("R-410A", .ar6, "2255.5", 2_256),
            ("R-407C", .ar5, "1624.21", 1_624), ("R-507A", .ar5, "3985", 3_985),
            ("R-508B", .ar5, "11698", 11_698),
        ])
    func blendPotentials(
        name: String, set: GWPValueSet, exact: String, published: Int
    ) throws {
        let table = try #require(tables.first { $0.set == set })
        let blend = try #require(blends.first { $0.name == name })
        var total = ExactDecimal.zero
        for share in blend.shares {
            let potential = try #require(table.potential(of: share.gas))
            total = try total.adding(potential.multiplied(by: share.fraction))
        }
        #expect(total == (try ExactDecimal(parsing: exact)))
        #expect(try total.rounded(toDecimals: 0, .halfUp) == ExactDecimal(published))
    }

    @Test("have shares that sum to exactly 1")
    func shares() throws {
        for blend in blends {
            #expect(try ExactDecimal.sum(blend.shares.map(\.fraction)) == .one, "\(blend.name)")
        }
    }

    @Test("sort every halocarbon into its family")
    func families() {
        let perfluorocarbons = tables.flatMap(\.values.keys).compactMap(Gas.init)
            .filter { $0.family == .perfluorocarbons }
        #expect(Set(perfluorocarbons).count == 11)
    }
}
