internal import Foundation
internal import TestSupport
internal import Testing

/// The inventory of Noordlicht for 2025, computed without any type or code of the program: from
/// the raw files, with published factors keyed in by hand, in whole integers.
struct IndependentCalculation {
    /// What a total belongs to; the account as `tonne balance` prints it.
    struct Key: Hashable, Comparable, CustomStringConvertible {
        let account: String
        let facility: String
        let basis: String
        let commodity: String

        var description: String { "\(account) \(facility) \(basis) \(commodity)" }
        static func < (left: Key, right: Key) -> Bool { left.description < right.description }
    }

    /// Milligrams a unit of activity: an exact fraction.
    struct Rate {
        let commodity: String
        let numerator: Int128
        let denominator: Int128

        init(_ commodity: String, _ numerator: Int128, over denominator: Int128 = 1) {
            self.commodity = "mg \(commodity)"
            self.numerator = numerator
            self.denominator = denominator
        }
    }

    private(set) var totals: [Key: Int128] = [:]
    private(set) var acquired: Int128 = 0
    private(set) var amortised: Int128 = 0

    init() throws {
        try addAmsterdamElectricity()
        try addLondonElectricity()
        try addPortlandElectricity()
        try addPortlandGas()
        try addLondonDiesel()
        addHallB()
    }

    // MARK: Electricity

    private mutating func addAmsterdamElectricity() throws {
        // One row a local day; the month is that of the start, in local time as written.
        var months = [Int128](repeating: 0, count: 13)
        for cells in try Self.rows("electricity/ams1-intervals-2025.csv") {
            let month = try #require(Int(cells[1].dropFirst(5).prefix(2)))
            months[month] += try Self.thousandths(cells[3])
        }
        // Examples/noordlicht/factors: 0.249 kg CO2, 0.021 g CH4, 0.0043 g N2O; market 0.0115 kg.
        let grid = [Rate("CO2", 249_000), Rate("CH4", 21), Rate("N2O", 43, over: 10)]
        for kilowattHours in months.dropFirst() {
            add(kilowattHours, grid, "source:scope2:electricity", "ams1", "location")
            add(
                kilowattHours, [Rate("CO2", 11_500)], "source:scope2:electricity", "ams1", "market")
        }
    }

    private mutating func addLondonElectricity() throws {
        // DESNZ 2025: generation 0.17489 CO2, 0.00090 + 0.00122 CH4 and N2O as CO2e; losses
        // 0.01834, 0.00008 + 0.00011; upstream 0.04590 CO2e. Market rate of the example 0.152 kg.
        let grid = [Rate("CO2", 174_890), Rate("CO2e@AR5", 2_120)]
        let losses = [Rate("CO2", 18_340), Rate("CO2e@AR5", 190)]
        for cells in try Self.rows("electricity/lon1-bills-2025.csv") {
            let kilowattHours = try Self.thousandths(cells[4])
            add(kilowattHours, grid, "source:scope2:electricity", "lon1", "location")
            add(
                kilowattHours, [Rate("CO2", 152_000)], "source:scope2:electricity", "lon1",
                "market")
            add(
                kilowattHours, [Rate("CO2e@AR5", 45_900)],
                "source:scope3:3b-electricity-upstream", "lon1", "common")
            add(
                kilowattHours, losses, "source:scope3:3c-transmission-and-distribution", "lon1",
                "common")
        }
    }

    private mutating func addPortlandElectricity() throws {
        // eGRID2023 NWPP: 631.705 lb CO2, 0.054 lb CH4, 0.008 lb N2O a MWh; 1 lb = 453592.37 mg.
        let pound: Int128 = 45_359_237
        let grid = [
            Rate("CO2", 631_705 * pound, over: 100_000_000),
            Rate("CH4", 54 * pound, over: 100_000_000),
            Rate("N2O", 8 * pound, over: 100_000_000),
        ]
        for wattHours in try Self.portlandMonths() {
            for basis in ["location", "market"] {
                add(wattHours, grid, "source:scope2:electricity", "pdx1", basis)
            }
        }
    }

    /// Watt-hours, that is thousandths of kWh, of each month in Los Angeles.
    private static func portlandMonths() throws -> [Int128] {
        // Midnight of the first of a month is 08:00 UTC, in daylight saving time (9 March to
        // 2 November 2025) 07:00 UTC. 1735689600 is 2025-01-01T00:00:00Z.
        let days = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        let starts = days.enumerated().map { month, day in
            1_735_689_600 + day * 86_400 + ((3...10).contains(month) ? 7 : 8) * 3_600
        }
        var months = [Int128](repeating: 0, count: 12)
        for line in try text("electricity/pdx1-green-button-2025.xml").split(separator: "\n")
        where line.contains("<espi:IntervalReading>") {
            let start = try #require(Int(try between("<espi:start>", line)))
            let month = try #require(starts.lastIndex { $0 <= start })
            months[month] += try #require(Int128(try between("<espi:value>", line)))
        }
        return months
    }

    // MARK: Fuels

    private mutating func addPortlandGas() throws {
        // EPA Hub 2024: 53.06 kg CO2, 1 g CH4, 0.1 g N2O a MMBtu; ten therms are one MMBtu.
        let gas = [Rate("CO2", 5_306_000), Rate("CH4", 100), Rate("N2O", 10)]
        // Bills run from the 16th to the 15th: the days of the earlier month and the later.
        let days = [31, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        for (index, cells) in try Self.rows("gas/pdx1-bills-2025.csv").enumerated() {
            let whole = try Self.thousandths(cells[4])
            let earlier = Int128(days[index] - 15)
            let all = earlier + 15
            var shares = [whole * earlier / all, whole * 15 / all]
            let left = [whole * earlier % all, whole * 15 % all]
            if shares[0] + shares[1] < whole { shares[left[0] >= left[1] ? 0 : 1] += 1 }
            for (part, therms) in shares.enumerated() {
                // The first bill begins in 2024, the last ends in 2026.
                let isOutside = (index == 0 && part == 0) || (index == 12 && part == 1)
                guard !isOutside else { continue }
                add(therms, gas, "source:scope1:stationary-combustion", "pdx1", "common")
            }
        }
    }

    private mutating func addLondonDiesel() throws {
        // DESNZ 2025, average biofuel blend, a litre: 2.53763 kg CO2, 0.00029 + 0.03290 kg CH4 and
        // N2O as CO2e, 0.14 kg CO2 outside of scopes; well to tank 0.61101 kg CO2e.
        for cells in try Self.rows("diesel/lon1-deliveries-2025.csv") {
            let litres = try Self.thousandths(cells[3])
            add(
                litres, [Rate("CO2", 2_537_630), Rate("CO2e@AR5", 33_190)],
                "source:scope1:stationary-combustion", "lon1", "common")
            add(
                litres, [Rate("CO2-biogenic", 140_000)], "source:outside-scopes:biogenic-co2",
                "lon1", "common")
            add(
                litres, [Rate("CO2e@AR5", 611_010)], "source:scope3:3a-fuels-upstream", "lon1",
                "common")
        }
    }

    // MARK: Hall B

    private mutating func addHallB() {
        // The invoices, by eye: 182.4 t steel (CLF 1.623 kg/kg), 1 536 t concrete less 24 t
        // returned (DESNZ 118.79306 kg/t), 4 chillers (41 350 kg), transport 17 328, 27 648 and
        // 8 120 t.km (DESNZ 0.078 kg). Months of 2025 in service, and of the whole life.
        let capital = "source:scope3:2-capital-goods"
        let transport = "source:scope3:4-upstream-transport"
        acquire(182_400 * 1_623_000, capital, months: 11, of: 720)
        acquire(1_536 * 118_793_060, capital, months: 10, of: 720)
        acquire(-24 * 118_793_060, capital, months: 9, of: 720)
        acquire(4 * 41_350_000_000, capital, months: 8, of: 240)
        acquire(17_328 * 78_000, transport, months: 11, of: 720)
        acquire(27_648 * 78_000, transport, months: 10, of: 720)
        acquire(8_120 * 78_000, transport, months: 8, of: 720)
    }

    private mutating func acquire(
        _ milligrams: Int128, _ account: String, months: Int128, of life: Int128
    ) {
        let key = Key(
            account: account, facility: "ams1", basis: "common", commodity: "mg CO2e@AR5")
        totals[key, default: 0] += milligrams
        acquired += milligrams
        amortised += milligrams * months / life
    }

    // MARK: Arithmetic and text

    /// Adds one entry: thousandths of a unit × rate, rounded half-even to the milligram.
    private mutating func add(
        _ thousandths: Int128, _ rates: [Rate], _ account: String, _ facility: String,
        _ basis: String
    ) {
        for rate in rates {
            let divisor = 1_000 * rate.denominator
            let (quotient, rest) = (thousandths * rate.numerator).quotientAndRemainder(
                dividingBy: divisor)
            let isUp = 2 * rest > divisor || (2 * rest == divisor && quotient % 2 == 1)
            let key = Key(
                account: account, facility: facility, basis: basis, commodity: rate.commodity)
            totals[key, default: 0] += quotient + (isUp ? 1 : 0)
        }
    }

    private static func text(_ path: String) throws -> String {
        let file = Repository.root.appending(path: "Examples/noordlicht").appending(path: path)
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    private static func rows(_ path: String) throws -> [[Substring]] {
        try text(path).split(separator: "\n").dropFirst().map { $0.split(separator: ",") }
    }

    /// `2850.5` is 2 850 500 thousandths.
    private static func thousandths(_ text: Substring) throws -> Int128 {
        let parts = text.split(separator: ".")
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let zeros = String(repeating: "0", count: 3 - fraction.count)
        let whole = try #require(Int128(parts[0]))
        return try whole * 1_000 + #require(Int128(fraction + zeros))
    }

    private static func between(_ tag: String, _ line: Substring) throws -> Substring {
        let start = try #require(line.range(of: tag)).upperBound
        return line[start...].prefix { $0 != "<" }
    }
}
