internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Reporting
internal import Testing

@Suite("A statement")
struct StatementTests {
    /// Milligrams of CO2e, computed by hand from the masses of the sample.
    @Test(
        "states totals that a hand calculation gives",
        arguments: [
            // 12 345 678 900 + 1 000 000 × 29.8 + 100 000 × 273
            ("S1_STATIONARY_COMBUSTION", "12402778900", "12.403"),
            // 2 000 000 × 1530
            ("S1_FUGITIVE", "3060000000", "3.060"),
            ("S1", "15462778900", "15.463"),
            ("S2_LB", "310000400000", "310.000"),
            ("S2_MB", "20000000500", "20.000"),
            ("S3_C2", "960000000000", "960.000"),
            ("S3_C3", "30000400000", "30.000"),
            ("S3_C3B", "30000400000", "30.000"),
            ("S3_C4", "10000000000", "10.000"),
            ("S3", "1000000400000", "1000.000"),
            ("TOT_LB", "1325463578900", "1325.464"),
            ("TOT_MB", "1035463179400", "1035.463"),
            ("TOT_LB_PRIOR", "330000000000", "330.000"),
            ("TOT_MB_PRIOR", "35000000000", "35.000"),
            ("FAC_AMS1_LB", "1252403178900", "1252.403"),
            ("FAC_LUL1_LB", "73060400000", "73.060"),
            ("MOD_B6_LB", "352403578900", "352.404"),
            ("MOD_B6_MB", "62403179400", "62.403"),
            ("MOD_B1_LB", "3060000000", "3.060"),
            ("MOD_A1_A3_LB", "960000000000", "960.000"),
            ("MOD_A4_LB", "10000000000", "10.000"),
            ("GAS_CH4_LB", "29800000", "0.030"),
            ("GAS_CH4_LB_MASS", "1000000", "0.001000"),
            ("S1_HFC_134A_MASS", "2000000", "0.002000"),
            ("OUT_CO2_BIOGENIC_LB", "800000000", "0.800000"),
            ("CO2E_ONLY_MB", "920000000500", "920.000"),
            ("CO2E_OTHER_SET_MB", "920000000500", "920.000"),
            // 920 / 1035.4631794 and 900 / 1325.4635789
            ("CO2E_ONLY_MB_SHARE", "88.8", "88.8"),
            ("CO2E_ONLY_LB_SHARE", "67.9", "67.9"),
            ("ENERGY", "1500000.5", "1500.000"),
            ("USE_DIESEL_GENERATOR_L", "4600", "4600.000"),
        ])
    func totals(id: String, exact: String, shown: String) throws {
        let figure = try #require(try StatementSample.statement().figure(id))
        #expect(figure.value.description == exact)
        #expect(figure.displayText == shown)
    }

    @Test(
        "rolls embodied stock forward: 140 + 970 − 15 − 5 − 2 = 1088 t",
        arguments: [
            ("OPEN", "140.000"), ("ADD", "970.000"), ("AMORT", "15.000"),
            ("WRITTEN_OFF", "5.000"), ("TRANSFER", "2.000"), ("CLOSE", "1088.000"),
            ("AMS1_HALL_A_CLOSE", "995.000"), ("LUL1_HALL_L_CLOSE", "93.000"),
        ])
    func embodied(step: String, tonnes: String) throws {
        let statement = try StatementSample.statement()
        #expect(statement.figure("EMB_\(step)")?.displayText == tonnes)
    }

    @Test("shows the rounding difference between a total and its displayed scopes")
    func rounding() throws {
        let statement = try StatementSample.statement()
        // 15.463 + 310.000 + 1000.000 = 1325.463, but the total shows 1325.464.
        #expect(statement.figure("ROUND_LB")?.displayText == "0.001")
        #expect(statement.figure("ROUND_MB")?.displayText == "0.000")
    }

    @Test("holds every check on a sound book")
    func checks() throws {
        let statement = try StatementSample.statement()
        #expect(statement.checks.count == 4)
        #expect(statement.checks.filter { !$0.passed }.isEmpty)
    }

    @Test("reconciles the source side with the object side to the milligram")
    func reconciliation() throws {
        let statement = try StatementSample.statement()
        // CO2 in common: 12 345 678 900 + 60 t + 10 t + 30.0004 t
        #expect(statement.figure("REC_CO2_COMMON_SOURCE")?.displayText == "112346078900")
        #expect(statement.figure("REC_CO2_COMMON_OBJECT")?.displayText == "112346078900")
        let differences = statement.figures.filter { $0.id.hasSuffix("_DIFFERENCE") }
        #expect(differences.count == 8)
        #expect(differences.filter { !$0.value.isZero }.isEmpty)
    }

    @Test("fails its check where movements do not explain the stock accounts")
    func stockDifference() throws {
        let entries =
            try StatementSample.movement() + [
                StatementSample.move(
                    StatementSample.lulea, "object:lul1:use:A1-A3:amortisation",
                    StatementSample.chiller, "CO2", 1)
            ]
        let statement = try Statement(StatementSample.input(entries: entries))
        let failed = statement.checks.filter { !$0.passed }
        #expect(failed.count == 1)
        #expect(failed.first?.detail == "differs at \(StatementSample.chiller) CO2")
        #expect(!statement.isComplete)
    }

    @Test("gives the same masses under another GWP set, and other CO2e")
    func gwpSets() throws {
        let first = try StatementSample.statement(StatementSample.ar6)
        let second = try StatementSample.statement(StatementSample.ar5)
        for figure in first.figures {
            guard let other = second.figure(figure.id) else { continue }
            switch figure.measure {
            case .gas, .ledgerMass, .quantity: #expect(figure.value == other.value)
            case .carbonDioxideEquivalent, .percentage: break
            }
        }
        // 12 345 678 900 + 1 000 000 × 28 + 100 000 × 265 + 2 000 000 × 1300
        #expect(second.figure("S1")?.value == 15_000_178_900)
        // Both CO2e figures are of the set AR5: none is foreign now.
        #expect(second.figure("CO2E_OTHER_SET_MB")?.value == .zero)
    }

    @Test("refuses a gas that the GWP set does not value")
    func notValued() throws {
        let table = GWPTable(set: .ar4, values: ["CH4": 25, "N2O": 298], source: "test")
        let gas = try #require(Substance("HFC-134a"))
        #expect(throws: StatementError.notValued(gas, .ar4)) {
            try Statement(StatementSample.input(table))
        }
    }

    @Test("refuses scope 3 in a basis of scope 2")
    func basis() throws {
        let entries =
            try StatementSample.movement() + [
                StatementSample.emission(
                    StatementSample.lulea, "object:lul1:use:B6:electricity", .electricityUpstream,
                    "CO2", 1, .location)
            ]
        let account = Account.source(.electricityUpstream)
        #expect(throws: StatementError.basisOutsideScope2(account, .location)) {
            try Statement(StatementSample.input(entries: entries))
        }
    }
}

@Suite("The consolidation of a statement")
struct ConsolidationTests {
    @Test("takes each facility by its share of ownership under the equity share approach")
    func equityShare() throws {
        let statement = try Statement(
            StatementSample.input(adjusting: { $0.consolidationApproach = .equityShare }))
        // Half of Amsterdam, 626 201 589 450, and all of Luleå, 73 060 400 000.
        #expect(statement.figure("TOT_LB")?.value == 699_261_989_450)
        #expect(statement.figure("FAC_AMS1_LB")?.value == 626_201_589_450)
        // 0.5 × (100 + 910 − 15) + 93
        #expect(statement.figure("EMB_CLOSE")?.displayText == "590.500")
        #expect(statement.checks.filter { !$0.passed }.isEmpty)
    }

    @Test(
        "takes facilities in full under control",
        arguments: [
            Organisation.ConsolidationApproach.operationalControl, .financialControl,
        ])
    func control(approach: Organisation.ConsolidationApproach) throws {
        let statement = try Statement(
            StatementSample.input(adjusting: { $0.consolidationApproach = approach }))
        #expect(statement.figure("TOT_LB")?.value == 1_325_463_578_900)
    }
}

@Suite("An unresolved activity")
struct UnresolvedActivityTests {
    @Test(
        "makes the figures it may belong to incomplete, and no others",
        arguments: [
            ("S2_MB", Figure.Status.incomplete), ("S2_ELECTRICITY_MB", .incomplete),
            ("TOT_MB", .incomplete), ("FAC_LUL1_MB", .incomplete), ("MOD_B6_MB", .incomplete),
            ("GAS_CO2_MB", .incomplete), ("S1", .complete), ("S2_LB", .complete),
            ("S3", .complete), ("TOT_LB", .complete), ("FAC_AMS1_MB", .complete),
            ("EMB_CLOSE", .complete), ("TOT_MB_PRIOR", .complete),
        ])
    func status(id: String, expected: Figure.Status) throws {
        #expect(try StatementSample.statement().figure(id)?.status == expected)
    }

    @Test("is named with its quantity on the first page")
    func figure() throws {
        let statement = try StatementSample.statement()
        let figure = statement.figure("UNRESOLVED_LUL1_MARKET_ELECTRICITY_KWH_MARKET")
        #expect(figure?.displayText == "500.000")
        #expect(figure?.measure.displaySymbol == "MWh")
        #expect(statement.sections.first?.figures.contains { $0.id == figure?.id } == true)
        #expect(!statement.isComplete)
    }
}
