internal import Diagnostics
internal import Documents
internal import Foundation
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

@testable internal import FactorLibrary

/// The compiled publications that the shipped files were re-keyed from.
private let ship = Repository.shared("factors/ship")

/// Every amount we ship stands, by exact text, in the compiled publications.
@Suite(
    "The shipped amounts, against the compiled publications",
    // The publications lie outside the repository.
    .enabled(if: ship != nil, "the folder shared/factors/ship is absent"))
struct ComparisonTests {
    /// What a row of a publication and one of ours have in common.
    struct Amount: Hashable {
        let region, activityUnit, substance, unit, text: String
    }

    @Test("are those of a row with the same region, unit and gas")
    func everyAmount() throws {
        let published = try publishedAmounts()
        #expect(published.count > 1_000)
        var compared = 0
        for document in ShippedFiles.packs where !document.name.hasPrefix("ipcc.") {
            var table = try ColumnTable(document, columns: ["amount"])
            while try table.advance() {
                let amount = Amount(
                    region: table.text("region"), activityUnit: table.text("activity_unit"),
                    substance: table.text("substance"), unit: table.text("amount_unit"),
                    text: table.text("amount"))
                #expect(published.contains(amount), "\(table.line): \(amount)")
                compared += 1
            }
        }
        #expect(compared == 1_177)
    }

    @Test("of the IPCC are carbon contents times 44/12")
    func carbonContents() throws {
        let contents = try rows("fuels_ipcc2006_defaults.csv").compactMap { row in
            row["gas"] == "C" ? row["value"] : nil
        }
        let products = try Set(
            contents.map { text in
                try Ratio(ExactDecimal(parsing: text)).multiplied(by: Ratio(44, over: 12))
                    .rounded(toDecimals: 9, .halfEven)
            })
        let factors = try FactorLibrary.shippedFactors().filter { $0.key.hasPrefix("ipcc.") }
        #expect(factors.count == 23)
        for factor in factors {
            #expect(factor.components.allSatisfy { products.contains($0.amount) }, "\(factor.key)")
        }
    }

    @Test("of DESNZ add up to the published total within the rounding of its figures")
    func totals() throws {
        var parts: [String: [ExactDecimal]] = [:]
        var totals: [String: ExactDecimal] = [:]
        for file in ["fuels_uk_desnz_2025.csv", "grid_heat_water_uk_desnz.csv"] {
            for row in try rows(file) where row["factor_id", default: ""].hasPrefix("desnz.2025") {
                let stem = String(row["factor_id", default: ""].dropLast(2))
                let value = try ExactDecimal(parsing: row["value", default: ""])
                switch row["gas"] {
                case "CO2e": totals[stem] = value
                case "CO2-biogenic": break
                case _: parts[stem, default: []].append(value)
                }
            }
        }
        #expect(parts.count == 60)
        // Three parts and a total of five decimals each are off by half a unit at most.
        let tolerance = try ExactDecimal(parsing: "0.00002")
        for (stem, amounts) in parts {
            let total = try #require(totals[stem])
            let difference = try ExactDecimal.sum(amounts).subtracting(total).magnitude
            #expect(difference <= tolerance, "\(stem)")
        }
    }

    @Test("give the potentials of blends that DESNZ publishes")
    func blendsOfDESNZ() throws {
        let table = try #require(try FactorLibrary.gwpTables().first { $0.set == .ar5 })
        let published = try rows("refrigerants_blends_and_gwp.csv").filter {
            $0["category"] == "gwp.refrigerant.desnz"
        }
        var compared = 0
        for blend in try FactorLibrary.refrigerantBlends() {
            let potentials = blend.shares.map { share in
                (share.fraction, table.potential(of: share.gas))
            }
            let row = published.first {
                let words = $0["name", default: ""].components(separatedBy: " / ")
                return words.dropFirst().contains(blend.name.replacing("-", with: ""))
                    && words.contains { $0.hasPrefix("Total emissions") }
            }
            guard let row, potentials.allSatisfy({ $0.1 != nil }) else { continue }
            var total = ExactDecimal.zero
            for (fraction, potential) in potentials {
                total = try total.adding(try #require(potential).multiplied(by: fraction))
            }
            let value = try ExactDecimal(parsing: row["value", default: ""])
            let difference = try total.subtracting(value).magnitude
            #expect(difference <= .one, "\(blend.name): \(total) against \(value)")
            compared += 1
        }
        #expect(compared >= 10)
    }

    private func publishedAmounts() throws -> Set<Amount> {
        let ship = try #require(ship)
        let files = try FileManager.default.contentsOfDirectory(atPath: ship.path)
            .filter { $0.hasSuffix(".csv") }
        var amounts: Set<Amount> = []
        for row in try files.flatMap(rows) {
            let unit = Self.units[row["activity_unit", default: ""], default: ""]
            let gas = row["gas", default: ""]
            let isSplit = gas.hasSuffix("(as CO2e)") || gas == "CO2e"
            let set = row["gwp_set", default: ""].hasPrefix("AR4") ? "AR4" : "AR5"
            let substance = gas == "CO2 (as CO2e)" ? "CO2" : isSplit ? "CO2e@\(set)" : gas
            for region in row["region", default: ""].split(separator: "|") {
                amounts.insert(
                    Amount(
                        region: String(region), activityUnit: unit, substance: substance,
                        unit: String(row["value_unit", default: ""].prefix { $0 != " " }),
                        text: row["value", default: ""]))
            }
        }
        return amounts
    }

    private func rows(_ file: String) throws -> [[String: String]] {
        let url = try #require(ship).appending(path: file)
        let text = try DecodedText(decoding: Array(Data(contentsOf: url)))
        var reader = CSVReader(text, file: file)
        var rows: [[String: String]] = []
        guard try reader.advance() else { return [] }
        let names = reader.texts
        while try reader.advance() {
            rows.append(Dictionary(uniqueKeysWithValues: zip(names, reader.texts)))
        }
        return rows
    }

    private static let units = [
        "MWh": "MWh", "kWh": "kWh", "kWh (Net CV)": "kWh", "kWh (Gross CV)": "kWh",
        "mmBtu": "MMBtu", "gallon": "gal (US)", "scf": "ft3", "short ton": "short ton",
        "tonnes": "t", "litres": "L", "cubic metres": "m3", "kg": "kg", "tonne.km": "t.km",
        "km": "km", "ton-mile": "short ton-mile", "vehicle-mile": "mile",
    ]
}
