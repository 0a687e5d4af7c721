internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Reporting

/// Two facilities with masses chosen by hand; the sums stand in the tests.
enum StatementSample {
    static let amsterdam = FacilityID(unchecked: "ams1")
    static let lulea = FacilityID(unchecked: "lul1")

    /// Values of the Sixth Assessment Report, table 7.SM.7 (fossil methane).
    static let ar6 = GWPTable(
        set: .ar6, values: ["CH4": decimal("29.8"), "N2O": 273, "HFC-134a": 1_530],
        source: "IPCC AR6 WG1, table 7.SM.7")
    /// Values of the Fifth Assessment Report, table 8.A.1.
    static let ar5 = GWPTable(
        set: .ar5, values: ["CH4": 28, "N2O": 265, "HFC-134a": 1_300],
        source: "IPCC AR5 WG1, table 8.A.1")

    static func input(
        _ table: GWPTable = ar6, entries: [JournalEntry]? = nil,
        adjusting: (inout Organisation) -> Void = { _ in },
        disclosures: StatementInput.Disclosures? = nil
    ) throws -> StatementInput {
        var organisation = organisation
        adjusting(&organisation)
        return StatementInput(
            organisation: organisation, period: try period("2025"), gwpTable: table,
            ledger: .init(
                movement: try TrialBalance(of: entries ?? movement()),
                opening: try TrialBalance(of: opening()),
                comparison: try TrialBalance(of: comparison()),
                stockMovements: try stockMovements()),
            disclosures: disclosures ?? sampleDisclosures,
            provenance: .init(
                origin: "tonne.noordlicht-0a1b2c3d", bookSize: 412,
                root: String(repeating: "5f", count: 32), program: "tonne 0.1.0",
                drawnUp: try day("2026-02-03")))
    }

    static func statement(_ table: GWPTable = ar6) throws -> Statement {
        try Statement(input(table))
    }

    static let organisation = Organisation(
        name: "Noordlicht Data Centres B.V.", legalEntityIdentifier: "7245000EXAMPLE00LEI0",
        consolidationApproach: .operationalControl, gwpValueSet: .ar6, baseYear: 2024,
        facilities: [
            Facility(
                id: amsterdam, name: "Amsterdam 1", country: "NL", timeZone: "Europe/Amsterdam",
                ownershipShare: decimal("0.5")),
            Facility(
                id: lulea, name: "Luleå 1", country: "SE", timeZone: "Europe/Stockholm"),
        ],
        factorRules: [
            FactorRule(
                activity: ActivityCode(unchecked: "electricity"), role: .market,
                facility: amsterdam, factorKey: "example.wind-contract",
                reason: "Contract with guarantees of origin, cancelled for 2025")
        ],
        exclusions: [
            .init(category: "7", reason: "Eleven employees; below the significance threshold"),
            .init(category: "15", reason: "No investments are held"),
        ])

    /// Masses in mg; 1 t is 1 000 000 000 mg.
    static func movement() throws -> [JournalEntry] {
        let diesel = "object:ams1:use:B6:diesel"
        let grid = "object:ams1:use:B6:electricity"
        let steel = "object:ams1:stock:A1-A3:hall-a:steel"
        return try [
            // Scope 1: 12.3456789 t CO2 + 0.001 t CH4 + 0.0001 t N2O; 0.8 t biogenic CO2 apart.
            emission(amsterdam, diesel, .stationaryCombustion, "CO2", 12_345_678_900),
            emission(amsterdam, diesel, .stationaryCombustion, "CH4", 1_000_000),
            emission(amsterdam, diesel, .stationaryCombustion, "N2O", 100_000),
            emission(amsterdam, diesel, .biogenicCarbonDioxide, "CO2-biogenic", 800_000_000),
            emission(lulea, "object:lul1:use:B1:refrigerant", .fugitive, "HFC-134a", 2_000_000),
            // Scope 2: 300 t and 10.0004 t by location, 20.0000005 t by market.
            emission(
                amsterdam, grid, .purchasedElectricity, "CO2", 300_000_000_000, .location),
            emission(
                amsterdam, grid, .purchasedElectricity, "CO2e@AR5", 20_000_000_500, .market),
            emission(
                lulea, "object:lul1:use:B6:electricity", .purchasedElectricity, "CO2",
                10_000_400_000, .location),
            // Scope 3: 900 t + 60 t capital goods, 10 t freight, 30.0004 t upstream of power.
            emission(amsterdam, steel, .capitalGoods, "CO2e@AR5", 900_000_000_000),
            emission(
                lulea, "object:lul1:stock:A1-A3:hall-l:concrete", .capitalGoods, "CO2",
                60_000_000_000),
            emission(
                amsterdam, "object:ams1:stock:A4:hall-a:steel", .upstreamTransport, "CO2",
                10_000_000_000),
            emission(amsterdam, grid, .electricityUpstream, "CO2", 30_000_400_000),
            // Within the object side: 15 t amortised, 5 t written off, 2 t transferred.
            move(amsterdam, "object:ams1:use:A1-A3:amortisation", steel, "CO2e@AR5", 15),
            move(lulea, "object:lul1:written-off:hall-l", chiller, "CO2", 5),
            move(lulea, "transfer:out:customer-a", chiller, "CO2", 2),
            // Physical: what meters and bills say.
            physical(amsterdam, "physical:use:electricity:whole-site", "kWh", "1000000.5"),
            physical(lulea, "physical:use:electricity:whole-site", "kWh", "500000"),
            physical(amsterdam, "physical:use:diesel:generator", "L", "4600"),
            // 500 000 kWh in Luleå have no market-based factor.
            unresolved(lulea, .market, "electricity", "kWh", "500000", .market),
        ]
    }

    static let chiller = "object:lul1:stock:A1-A3:hall-l:chiller"

    /// Opening stock: 100 t in Amsterdam, 40 t in Luleå.
    static func opening() throws -> [JournalEntry] {
        try [
            emission(
                amsterdam, "object:ams1:stock:A1-A3:hall-a:steel", .capitalGoods, "CO2e@AR5",
                100_000_000_000),
            emission(lulea, chiller, .capitalGoods, "CO2", 40_000_000_000),
        ]
    }

    static func comparison() throws -> [JournalEntry] {
        let diesel = "object:ams1:use:B6:diesel"
        let grid = "object:ams1:use:B6:electricity"
        return try [
            emission(amsterdam, diesel, .stationaryCombustion, "CO2", 10_000_000_000),
            emission(
                amsterdam, grid, .purchasedElectricity, "CO2", 320_000_000_000, .location),
            emission(amsterdam, grid, .purchasedElectricity, "CO2", 25_000_000_000, .market),
        ]
    }

    static func stockMovements() throws -> [StockMovement] {
        func movement(
            _ kind: StockMovement.Kind, _ account: String, _ substance: String, _ tonnes: Int
        ) throws -> StockMovement {
            StockMovement(
                kind, account: try require(Account(account)),
                substance: try require(Substance(substance)),
                milligrams: ExactDecimal(mantissa: Int128(tonnes), exponent: 9))
        }
        return try [
            movement(.acquired, "object:ams1:stock:A1-A3:hall-a:steel", "CO2e@AR5", 900),
            movement(.acquired, "object:lul1:stock:A1-A3:hall-l:concrete", "CO2", 60),
            movement(.acquired, "object:ams1:stock:A4:hall-a:steel", "CO2", 10),
            movement(.amortised, "object:ams1:stock:A1-A3:hall-a:steel", "CO2e@AR5", 15),
            movement(.writtenOff, chiller, "CO2", 5),
            movement(.transferred, chiller, "CO2", 2),
        ]
    }
}

/// Entries of one debit and one credit.
extension StatementSample {
    static func emission(
        _ facility: FacilityID, _ object: String, _ source: EmissionSource, _ substance: String,
        _ milligrams: Int64, _ basis: Basis = .common
    ) throws -> JournalEntry {
        let commodity = Commodity.emission(try require(Substance(substance)))
        let amount = ExactDecimal(milligrams)
        return try entry(
            facility,
            .debit(try require(Account(object)), amount, commodity, basis: basis),
            .credit(.source(source), amount, commodity, basis: basis))
    }

    static func move(
        _ facility: FacilityID, _ debit: String, _ credit: String, _ substance: String,
        _ tonnes: Int
    ) throws -> JournalEntry {
        let commodity = Commodity.emission(try require(Substance(substance)))
        let amount = ExactDecimal(mantissa: Int128(tonnes), exponent: 9)
        return try entry(
            facility, .debit(try require(Account(debit)), amount, commodity),
            .credit(try require(Account(credit)), amount, commodity))
    }

    static func physical(
        _ facility: FacilityID, _ use: String, _ unit: String, _ amount: String
    ) throws -> JournalEntry {
        let commodity = Commodity.physical(try require(UnitCatalog.unit(symbol: unit)), of: nil)
        return try entry(
            facility, .debit(try require(Account(use)), decimal(amount), commodity),
            .credit(Account(.physical, ["supply", "grid"]), decimal(amount), commodity))
    }

    static func unresolved(
        _ facility: FacilityID, _ role: FactorRole, _ activity: String, _ unit: String,
        _ amount: String, _ basis: Basis
    ) throws -> JournalEntry {
        let commodity = Commodity.physical(try require(UnitCatalog.unit(symbol: unit)), of: nil)
        let segments = [role.rawValue, activity]
        return try entry(
            facility,
            .debit(
                Account(.control, ["unresolved-factor"] + segments), decimal(amount), commodity,
                basis: basis),
            .credit(
                Account(.control, ["unresolved-factor-contra"] + segments), decimal(amount),
                commodity, basis: basis))
    }

    private static func entry(
        _ facility: FacilityID, _ debit: Posting, _ credit: Posting
    ) throws -> JournalEntry {
        try JournalEntry(
            effective: day("2025-06-30"), facility: facility, description: "sample",
            postings: [debit, credit])
    }
}

extension StatementSample {
    static let sampleDisclosures = StatementInput.Disclosures(
        factorsUsed: [
            FactorUse(
                factor: EmissionFactor(
                    key: "example.grid.nl", version: "1", name: "Electricity, Netherlands",
                    activity: ActivityCode(unchecked: "electricity"), role: .location,
                    region: "NL", validFrom: CivilDate(daysSinceEpoch: 20_089),
                    activityUnit: .kilowattHour,
                    components: [
                        .init(
                            substance: .gas(.carbonDioxide), amount: decimal("0.3"),
                            unit: .kilogram)
                    ],
                    source: .init(
                        title: "Emission factors for electricity", publisher: "Example Institute",
                        edition: "2025", place: "table 3", retrievedFrom: "example"),
                    licence: .init(
                        name: "CC BY 4.0", attribution: "Contains data of the Example Institute.",
                        redistribution: .yes)),
                record: RecordNumber(17), hash: String(repeating: "ab", count: 32),
                carried: [.gas(.carbonDioxide): 300_000_000_000], entries: 12),
            FactorUse(
                factor: EmissionFactor(
                    key: "example.wind-contract", version: "1", name: "Wind contract",
                    activity: ActivityCode(unchecked: "electricity"), role: .market,
                    region: "NL", validFrom: CivilDate(daysSinceEpoch: 20_089),
                    activityUnit: .kilowattHour,
                    components: [
                        .init(
                            substance: .carbonDioxideEquivalent(.ar5), amount: decimal("0.02"),
                            unit: .kilogram)
                    ], qualityFlags: ["unverified"],
                    source: .init(
                        title: "Supplier disclosure", publisher: "Example Power",
                        edition: "2025", place: "page 2", retrievedFrom: "example"),
                    licence: .init(name: "Own data", attribution: "", redistribution: .no)),
                record: RecordNumber(18), hash: String(repeating: "cd", count: 32),
                carried: [.carbonDioxideEquivalent(.ar5): 20_000_000_500], entries: 12,
                ruleReason: "Contract with guarantees of origin, cancelled for 2025"),
        ],
        documents: [
            DocumentUse(
                name: "power-2025.csv", digest: String(repeating: "01", count: 32),
                outcome: "12 lines booked"),
            DocumentUse(
                name: "steel-invoice.xml", digest: String(repeating: "02", count: 32),
                outcome: "1 of 2 lines booked, 1 waits"),
        ], waitingLines: 1)

    static func decimal(_ text: String) -> ExactDecimal {
        do { return try ExactDecimal(parsing: text) } catch { preconditionFailure("\(error)") }
    }

    static func day(_ text: String) throws -> CivilDate { try require(CivilDate(text)) }

    static func period(_ text: String) throws -> ReportingPeriod {
        try require(ReportingPeriod(text))
    }

    struct SampleError: Error {}

    static func require<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw SampleError() }
        return value
    }
}

extension ExactDecimal: ExpressibleByIntegerLiteral {
    package init(integerLiteral value: Int64) { self.init(value) }
}
