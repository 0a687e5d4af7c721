internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import Reporting
internal import Testing
internal import Workflows

/// Services of equipment, certificates and statements of providers, from the file to the journal.
/// Every expected figure is computed by hand from the row beside it.
@Suite("What logs and statements state")
struct StatedRecordTests {
    private static let service =
        "date,facility,equipment,refrigerant,reason,added,recovered,unit,charge,reference\n"
    private static let lots = """
        registry,serial_from,serial_to,quantity,unit,technology,country,production_start,\
        production_end,facility,cancelled,use_start,use_end

        """

    private static func services(_ rows: String) -> String { service + rows }

    /// A lot of wind power of January 2025, cancelled for the year or held.
    private static func lot(_ from: Int, _ to: Int, held: Bool = false) -> String {
        "Reg,S-\(from),S-\(to),\(to - from + 1),MWh,wind,GB,2025-01-01,2025-01-31,gbx1,"
            + (held ? ",,\n" : "2026-02-01,2025-01-01,2025-12-31\n")
    }

    private static func importing(_ text: String, into book: Book) throws -> ImportReport {
        try SampleBook.importing(SampleBook.document("stated.csv", text), into: book)
    }

    /// Exact, in milligrams of CO2e.
    private static func figure(_ id: String, of statement: Statement) -> String? {
        statement.figures.first { $0.id == id }?.value.description
    }

    /// Balances of an account, or of all accounts below it, by commodity and basis.
    private static func balances(_ book: Book, _ account: String) throws -> [String: String] {
        var sums: [String: ExactDecimal] = [:]
        for (key, balance) in try SampleBook.balances(book).balances
        where key.account.isWithin(account) {
            let name = "\(key.commodity) \(key.basis)"
            sums[name] = try (sums[name] ?? .zero).adding(balance)
        }
        return sums.filter { !$0.value.isZero }.mapValues(\.description)
    }

    // MARK: Refrigerant

    @Test("A top-up of 3.5 kg R-410A is 1.75 kg of each of its two gases in scope 1")
    func topUp() throws {
        let book = try SampleBook.make()
        let report = try Self.importing(
            Self.services("2025-04-11,gbx1,chiller-1,R-410A,top-up,3.5,,kg,,S-2\n"), into: book)
        #expect(report.activities.count == 1)
        let posted = try SampleBook.post(book)
        #expect(posted.unresolved.isEmpty)
        // R-410A is HFC-32 and HFC-125, half of the mass each: 3.5 kg / 2 = 1 750 000 mg.
        let gases = ["mg HFC-32 common": "1750000", "mg HFC-125 common": "1750000"]
        #expect(try Self.balances(book, "object:gbx1:use:B1:refrigerant") == gases)
        #expect(
            try Self.balances(book, "source:scope1:fugitive")
                == gases.mapValues { "-" + $0 })
        // In came 3.5 kg, out went 3.5 kg: the charge of the equipment is as it was.
        #expect(try Self.balances(book, "physical:refrigerant:charge") == [:])
        #expect(
            try Self.balances(book, "physical:refrigerant:leak:chiller-1")
                == ["kg|R-410A common": "3.5"])
        #expect(
            try Self.balances(book, "physical:supply") == ["kg|R-410A common": "-3.5"])
        // AR6: 1.75 kg x 771 + 1.75 kg x 3740 = 1349.25 + 6545 = 7894.25 kg CO2e.
        let statement = try StatementWorkflow(book: book).statement(
            #require(ReportingPeriod("2025")))
        #expect(Self.figure("S1", of: statement) == "7894250000")
        _ = try VerifyWorkflow(book: book).run()
    }

    @Test("A year of one chiller closes: what was filled in is in it, recovered or lost")
    func massBalance() throws {
        let book = try SampleBook.make()
        _ = try Self.importing(
            Self.services(
                """
                2025-01-20,gbx1,chiller-1,R-134a,first-fill,20,,kg,,S-1
                2025-04-11,gbx1,chiller-1,R-134a,top-up,3.5,0.5,kg,,S-2
                2025-06-30,gbx1,chiller-1,R-134a,leak-repair,20,14,kg,,S-3
                2025-11-05,gbx1,chiller-1,R-134a,disposal,,18,kg,20,S-4

                """), into: book)
        try SampleBook.post(book)
        // Lost: 0 + 3 + 6 + (20 - 18) = 11 kg; recovered: 0.5 + 14 + 18 = 32.5 kg;
        // supplied: 20 + 3.5 + 20 = 43.5 = 11 + 32.5, so nothing is left in the equipment.
        #expect(try Self.balances(book, "physical:refrigerant:charge") == [:])
        #expect(
            try Self.balances(book, "physical:refrigerant:leak") == ["kg|R-134a common": "11"])
        #expect(
            try Self.balances(book, "physical:refrigerant:recovered")
                == ["kg|R-134a common": "32.5"])
        #expect(
            try Self.balances(book, "source:scope1:fugitive") == ["mg HFC-134a common": "-11000000"]
        )
        _ = try VerifyWorkflow(book: book).run()
    }

    @Test("Pounds are exact kilograms: 2 lb are 907 184.74 mg times 1000, rounded half-even")
    func pounds() throws {
        let book = try SampleBook.make()
        _ = try Self.importing(
            Self.services("2025-04-11,gbx1,dx-4,HFC-32,top-up,2,,lb,,S-9\n"), into: book)
        try SampleBook.post(book)
        // 2 x 453.59237 g = 907.18474 g = 907184.74 mg, to the milligram 907185.
        #expect(
            try Self.balances(book, "source:scope1:fugitive") == ["mg HFC-32 common": "-907185"])
        #expect(
            try Self.balances(book, "physical:refrigerant:leak")
                == ["kg|HFC-32 common": "0.90718474"])
    }

    @Test("A refrigerant nobody knows waits in the control account")
    func unknown() throws {
        let book = try SampleBook.make()
        _ = try Self.importing(
            Self.services("2025-04-11,gbx1,dx-4,R-999Z,top-up,2,,kg,,S-9\n"), into: book)
        #expect(try SampleBook.post(book).unresolved.count == 1)
        #expect(try Self.balances(book, "source") == [:])
        #expect(
            try Self.balances(book, "control:unresolved-factor") == ["kg common": "2"])
    }

    @Test("A species outside the Kyoto basket stands outside the scopes")
    func outside() throws {
        let book = try SampleBook.make()
        _ = try Self.importing(
            Self.services("2025-04-11,gbx1,dx-4,R-22,top-up,1,,kg,,S-9\n"), into: book)
        try SampleBook.post(book)
        #expect(try Self.balances(book, "source:scope1") == [:])
        #expect(
            try Self.balances(book, "source:outside-scopes") == ["mg HCFC-22 common": "-1000000"])
    }

    @Test("A log that is sent again with more rows adds only those")
    func again() throws {
        let book = try SampleBook.make()
        let first = "2025-04-11,gbx1,dx-4,R-32,top-up,1,,kg,,S-1\n"
        _ = try Self.importing(Self.services(first), into: book)
        let report = try Self.importing(
            Self.services(first + "2025-05-11,gbx1,dx-4,R-32,top-up,2,,kg,,S-2\n"), into: book)
        #expect(report.duplicates == 1 && report.activities.count == 1)
        let changed = try Self.importing(
            Self.services("2025-04-11,gbx1,dx-4,R-32,top-up,9,,kg,,S-1\n"), into: book)
        #expect(changed.conflicts == 1)
    }

    // MARK: Certificates

    @Test("Certificates are held, then cancelled; those never held come from the registry")
    func certificates() throws {
        let book = try SampleBook.make()
        _ = try Self.importing(Self.lots + Self.lot(1, 60, held: true), into: book)
        _ = try Self.importing(Self.lots + Self.lot(1, 40) + Self.lot(101, 130), into: book)
        try SampleBook.post(book)
        let wind = "MWh|certificate GB wind common"
        // Held 60, cancelled 40 of them and 30 others: 20 stay held, 70 are cancelled.
        #expect(try Self.balances(book, "certificate:held:gbx1:Reg") == [wind: "20"])
        #expect(try Self.balances(book, "certificate:cancelled:gbx1:2025") == [wind: "70"])
        #expect(try Self.balances(book, "certificate:source:Reg") == [wind: "-90"])
        _ = try VerifyWorkflow(book: book).run()
    }

    @Test("A certificate is cancelled once, however documents cut their ranges")
    func twice() throws {
        let book = try SampleBook.make()
        _ = try Self.importing(Self.lots + Self.lot(1, 40), into: book)
        let overlapping = try Self.importing(Self.lots + Self.lot(40, 50), into: book)
        #expect(overlapping.activities.isEmpty)
        #expect(overlapping.conflicts == 1)
        let same = try Self.importing(Self.lots + Self.lot(1, 40) + Self.lot(60, 61), into: book)
        #expect(same.duplicates == 1 && same.activities.count == 1)
        let held = try Self.importing(Self.lots + Self.lot(20, 25, held: true), into: book)
        #expect(held.conflicts == 1)
    }

    @Test("A cancellation of a range that is held in part waits")
    func part() throws {
        let book = try SampleBook.make()
        _ = try Self.importing(Self.lots + Self.lot(1, 40, held: true), into: book)
        let report = try Self.importing(Self.lots + Self.lot(30, 50), into: book)
        #expect(report.activities.isEmpty && report.conflicts == 1)
    }

    @Test("More certificates than electricity are never silent")
    func excess() throws {
        let book = try SampleBook.make()
        // 45 MWh of electricity against 40, then 50 MWh of certificates.
        try SampleBook.importing(
            SampleBook.bill("bill.csv", "2025-01-01", "2025-12-31", "45000"), into: book)
        let covered = try Self.importing(Self.lots + Self.lot(1, 40), into: book)
        #expect(covered.diagnostics == [])
        let exceeding = try Self.importing(Self.lots + Self.lot(41, 50), into: book)
        #expect(exceeding.diagnostics.map(\.code) == [.certificateCriteria])
        #expect(exceeding.diagnostics[0].message.contains("50 MWh"))
        #expect(exceeding.diagnostics[0].message.contains("45 MWh"))
    }

    @Test("Vintage and market are looked at")
    func criteria() throws {
        let book = try SampleBook.make()
        try SampleBook.importing(
            SampleBook.bill("bill.csv", "2025-01-01", "2025-12-31", "45000"), into: book)
        let row = { (from: Int, country: String, produced: String) in
            "Reg,S-\(from),S-\(from),1,MWh,wind,\(country),\(produced),gbx1,2026-02-01,"
                + "2025-01-01,2025-12-31\n"
        }
        let report = try Self.importing(
            Self.lots + row(1, "GB", "2025-03-01,2025-03-31")
                + row(2, "NO", "2025-03-01,2025-03-31")
                + row(3, "GB", "2023-12-01,2023-12-31") + row(4, "GB", "2024-01-01,2024-01-31")
                + row(5, "GB", "2026-01-01,2026-01-31"), into: book)
        // Line 3 is of another market; line 4 was produced more than a year before, line 6 after.
        #expect(report.diagnostics.map(\.location?.line) == [3, 4, 6])
    }

    /// Exact kilograms of CO2e of purchased electricity, location-based and market-based.
    private static func electricity(_ book: Book) throws -> [String: String] {
        var sums: [String: ExactDecimal] = [:]
        for (key, balance) in try SampleBook.balances(book).balances
        where key.account.name == "source:scope2:electricity"
            && key.commodity.description == "mg CO2e@AR5"
        {
            sums[key.basis.description] = try (sums[key.basis.description] ?? .zero)
                .adding(balance)
        }
        return sums.filter { !$0.value.isZero }.mapValues(\.description)
    }

    @Test("Covered electricity leaves the market basis, and location-based does not move")
    func coverage() throws {
        let book = try SampleBook.make()
        try SampleBook.importing(
            SampleBook.bill("bill.csv", "2025-01-01", "2025-12-31", "100000"), into: book)
        try SampleBook.post(book)
        let location = try Self.electricity(book)["location"]
        // No market factor is in the book: 100 MWh wait. Certificates of 40 MWh leave 60 waiting.
        #expect(
            try Self.balances(book, "control:unresolved-factor:market")
                == ["kWh market": "100000"])
        _ = try Self.importing(Self.lots + Self.lot(1, 40), into: book)
        let report = try SampleBook.post(book)
        #expect(report.idle.isEmpty)
        #expect(
            try Self.balances(book, "control:unresolved-factor:market") == ["kWh market": "60000"])
        #expect(try Self.electricity(book)["location"] == location)
        // Posting again changes nothing.
        #expect(try SampleBook.post(book).entries == 0)
        // 80 MWh more than 60 are left: nothing waits any more, 20 MWh cover nothing.
        _ = try Self.importing(Self.lots + Self.lot(41, 120), into: book)
        let exceeding = try SampleBook.post(book)
        #expect(exceeding.idle.map(\.covered.description) == ["60"])
        #expect(try Self.balances(book, "control:unresolved-factor:market") == [:])
        _ = try VerifyWorkflow(book: book).run()
    }

    // MARK: Cloud

    @Test("A provider's figures stand in category 1, by method, as they are stated")
    func cloud() throws {
        let book = try SampleBook.make()
        _ = try Self.importing(
            "month,provider,facility,service,unit,gwp,scope1,scope2_location,scope2_market,scope3\n"
                + "2025-01,Nimbus,gbx1,compute,kg,AR5,1.5,100,10.0000005,40\n", into: book)
        try SampleBook.post(book)
        // Common: 1.5 + 40 kg; market: 10.0000005 kg = 10000000.5 mg, half-even 10000000.
        #expect(
            try Self.balances(book, "source:scope3:1-purchased-goods") == [
                "mg CO2e@AR5 common": "-41500000", "mg CO2e@AR5 location": "-100000000",
                "mg CO2e@AR5 market": "-10000000",
            ])
        // Location: 1.5 + 40 + 100; market: 1.5 + 40 + 10.
        let statement = try StatementWorkflow(book: book).statement(
            #require(ReportingPeriod("2025")))
        #expect(Self.figure("TOT_LB", of: statement) == "141500000")
        #expect(Self.figure("TOT_MB", of: statement) == "51500000")
        _ = try VerifyWorkflow(book: book).run()
    }

    @Test("A facility nobody knows refuses the document")
    func facility() throws {
        let book = try SampleBook.make()
        #expect(throws: Refusal.self) {
            _ = try Self.importing(
                Self.services("2025-04-11,elsewhere,dx-4,R-32,top-up,1,,kg,,S-1\n"), into: book)
        }
    }

    // MARK: Purchases

    @Test("Purchases go through the rules, and what no rule knows waits")
    func purchases() throws {
        let book = try SampleBook.make()
        _ = try ApplyWorkflow(book: book).apply(
            SampleBook.document(
                "rules.toml",
                """
                [[rule]]
                name = "steel"
                [rule.when]
                classification = "30102222"
                [rule.then]
                activity = "reinforcing-steel"
                facility = "gbx1"
                treatment = "capital-good"
                asset = "hall"
                component = "structure"
                module = "A1-A3"
                source = "scope3:2-capital-goods"
                service_life_years = 60
                """), dryRun: false)
        let report = try Self.importing(
            "supplier,number,line,item,quantity,unit,net_amount,currency,date,classification\n"
                + "Steel Ltd,P-1,1,Bars,2.4,t,10,EUR,2025-02-03,30102222\n"
                + "Steel Ltd,P-1,2,Paint,5,L,10,EUR,2025-02-03,\n", into: book)
        #expect(report.activities.map(\.quantity.description) == ["2.4 t"])
        #expect(report.activities.map(\.slot.subject) == ["invoice/Steel Ltd/P-1/1"])
        #expect(report.waiting.map(\.reason) == [.unmatched])
    }
}
