internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

@Suite("Rows that are no meter data")
struct RecordRowsTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let outcome: ImportedDocument.Outcome
        let code: DiagnosticCode?

        init(
            _ description: String, _ text: String, _ outcome: ImportedDocument.Outcome,
            _ code: DiagnosticCode? = nil
        ) {
            testDescription = description
            self.text = text
            self.outcome = outcome
            self.code = code
        }
    }

    private static let service =
        "date,facility,equipment,refrigerant,reason,added,recovered,unit,charge\n"
    private static let lots = """
        registry,serial_from,serial_to,quantity,unit,technology,country,production_start,\
        production_end,facility,cancelled,use_start,use_end

        """
    private static let cloud =
        "month,provider,facility,service,unit,gwp,scope1,scope2_location,scope2_market,scope3\n"
    private static let purchases =
        "supplier,number,line,item,quantity,unit,net_amount,currency,date,last_day\n"

    private static func serviced(_ row: String) -> String {
        service + "2025-04-11,f,chiller-1,R-410A,\(row)\n"
    }

    /// Cancelled for 2025.
    private static func lot(_ from: String, _ to: String, _ quantity: String) -> String {
        "Reg,\(from),\(to),\(quantity),wind,NL,2025-01-01,2025-01-31,f,2026-02-01,2025-01-01,"
            + "2025-12-31\n"
    }

    static let services: [Case] = [
        Case("a top-up", serviced("top-up,3.5,,kg,"), .accept),
        Case("only a header", service, .acceptEmpty),
        Case("no unit", serviced("top-up,3.5,,,"), .quarantineRows, .valueMissing),
        Case("a unit of volume", serviced("top-up,3.5,,L,"), .quarantineRows, .unitUnknown),
        Case("no reason", serviced(",3.5,,kg,"), .quarantineRows, .valueMissing),
        Case(
            "an unknown reason", serviced("refill,3.5,,kg,"), .quarantineRows,
            .readingTypeUnresolved),
        Case("nothing added", serviced("top-up,,,kg,"), .quarantineRows, .valueMissing),
        Case("below zero", serviced("top-up,-1,,kg,"), .quarantineRows, .consumptionNegative),
        Case(
            "more recovered than added", serviced("top-up,1,2,kg,"), .quarantineRows,
            .consumptionNegative),
        Case(
            "a repair without what was recovered", serviced("leak-repair,20,,kg,20"),
            .quarantineRows, .valueMissing),
        Case(
            "a first fill that recovers", serviced("first-fill,20,1,kg,20"), .quarantineRows,
            .readingTypeUnresolved),
        Case(
            "a disposal without charge", serviced("disposal,,7,kg,"), .quarantineRows, .valueMissing
        ),
        Case(
            "equipment that is no identifier",
            service + "2025-04-11,f,Chiller 1,R-410A,top-up,1,,kg,\n", .quarantineRows,
            .readingTypeUnresolved),
        Case(
            "a designation with a bar", service + "2025-04-11,f,c,R|1,top-up,1,,kg,\n",
            .quarantineRows, .readingTypeUnresolved),
        Case(
            "a day that is none", service + "2025-02-30,f,c,R-22,top-up,1,,kg,\n",
            .quarantineRows, .dateInvalid),
        Case("a ragged row", service + "2025-02-28,f\n", .quarantineRows, .csvRowRagged),
        Case("an open quote", service + "\"2025-02-28,f\n", .reject, .csvQuoteUnclosed),
        Case(
            "sizes that do not subtract", serviced("leak-repair,1e30,1e-30,kg,"), .quarantineRows,
            .numberOutOfRange),
    ]

    static let certificates: [Case] = [
        Case("a lot", lots + lot("A-1", "A-400", "400,MWh"), .accept),
        Case("in kWh", lots + lot("A-1", "A-2", "2000,kWh"), .accept),
        Case("neighbours", lots + lot("A-1", "A-2", "2,MWh") + lot("A-3", "A-4", "2,MWh"), .accept),
        Case(
            "one too many", lots + lot("A-1", "A-400", "399,MWh"), .quarantineRows,
            .certificateRangeInvalid),
        Case(
            "half a certificate", lots + lot("A-1", "A-1", "0.5,MWh"), .quarantineRows,
            .certificateRangeInvalid),
        Case(
            "two series", lots + lot("A-1", "B-4", "4,MWh"), .quarantineRows,
            .certificateRangeInvalid),
        Case(
            "cancelled twice", lots + lot("A-1", "A-10", "10,MWh") + lot("A-10", "A-12", "3,MWh"),
            .conflict, .certificateClaimedTwice),
        Case(
            "the same row twice",
            lots + lot("A-1", "A-10", "10,MWh") + lot("A-1", "A-10", "10,MWh"),
            .conflict, .certificateClaimedTwice),
        Case(
            "cancelled twice inside a wide range",
            lots + lot("A-1", "A-90", "90,MWh") + lot("A-91", "A-92", "2,MWh")
                + lot("A-50", "A-50", "1,MWh"),
            .conflict, .certificateClaimedTwice),
        Case(
            "cancelled for nothing",
            lots + "Reg,A-1,A-2,2,MWh,wind,NL,2025-01-01,2025-01-31,f,2026-02-01,,\n",
            .quarantineRows, .valueMissing),
        Case(
            "held, then cancelled",
            lots + "Reg,A-1,A-2,2,MWh,wind,NL,2025-01-01,2025-01-31,f,,,\n"
                + lot("A-1", "A-2", "2,MWh"), .accept),
        Case(
            "a country in words",
            lots + "Reg,A-1,A-2,2,MWh,wind,Norway,2025-01-01,2025-01-31,f,,,\n",
            .quarantineRows, .readingTypeUnresolved),
        Case(
            "produced backwards",
            lots + "Reg,A-1,A-2,2,MWh,wind,NO,2025-02-01,2025-01-31,f,,,\n", .quarantineRows,
            .periodReversed),
    ]

    static let statements: [Case] = [
        Case("a month", cloud + "2025-01,P,f,s,kg,AR5,1,2,3,4\n", .accept),
        Case("the first day", cloud + "2025-01-01,P,f,s,kg,AR5,1,2,3,4\n", .accept),
        Case(
            "another day", cloud + "2025-01-02,P,f,s,kg,AR5,1,2,3,4\n", .quarantineRows,
            .dateInvalid),
        Case(
            "market-based alone", cloud + "2025-01,P,f,s,kg,AR5,1,,3,4\n", .acceptWithWarning,
            .valueMissing),
        Case("no figure", cloud + "2025-01,P,f,s,kg,AR5,,,,\n", .quarantineRows, .valueMissing),
        Case(
            "no value set", cloud + "2025-01,P,f,s,kg,,1,2,3,4\n", .quarantineRows, .valueMissing),
        Case(
            "an unknown value set", cloud + "2025-01,P,f,s,kg,SAR,1,2,3,4\n", .quarantineRows,
            .readingTypeUnresolved),
        Case("no unit", cloud + "2025-01,P,f,s,,AR5,1,2,3,4\n", .quarantineRows, .valueMissing),
    ]

    static let ledgers: [Case] = [
        Case("a line", purchases + "S,1,1,Steel,2,t,10,EUR,2025-01-01,\n", .accept),
        Case("a return", purchases + "S,1,1,Steel,-2,t,-10,EUR,2025-01-01,\n", .accept),
        Case(
            "an unknown unit", purchases + "S,1,1,Steel,2,barrow,10,EUR,2025-01-01,\n",
            .quarantineRows, .unitUnknown),
        Case(
            "no currency", purchases + "S,1,1,Steel,2,t,10,,2025-01-01,\n", .quarantineRows,
            .valueMissing),
        Case(
            "two currencies",
            purchases + "S,1,1,Steel,2,t,10,EUR,2025-01-01,\nS,1,2,Steel,2,t,10,USD,2025-01-01,\n",
            .quarantineRows, .currencyUnknown),
        Case(
            "no such currency", purchases + "S,1,1,Steel,2,t,10,XYQ,2025-01-01,\n",
            .acceptWithWarning, .currencyUnknown),
        Case(
            "one line twice",
            purchases + "S,1,1,Steel,2,t,1,EUR,2025-01-01,\nS,1,1,Mesh,2,t,1,EUR,2025-01-01,\n",
            .acceptWithWarning, .readingDuplicate),
        Case(
            "a period backwards", purchases + "S,1,1,Steel,2,t,1,EUR,2025-01-02,2025-01-01\n",
            .quarantineRows, .periodReversed),
    ]

    @Test(
        "are read, set aside or refused", arguments: services + certificates + statements + ledgers)
    func outcomes(one: Case) throws {
        let document = try read(one.text)
        #expect(document.outcome == one.outcome, "\(document.diagnostics)")
        if let code = one.code {
            #expect(document.diagnostics.first?.code == code, "\(document.diagnostics)")
        } else {
            #expect(document.diagnostics == [])
        }
    }

    @Test(
        "lose what the reason says",
        arguments: [
            // reason and amounts, lost: added - recovered, charge - recovered, or nothing
            ("top-up,3.5,,kg,", "3.5"), ("top-up,3.5,0.5,kg,", "3"),
            ("leak-repair,20,14,kg,20", "6"), ("leak-repair,20,20,kg,20", "0"),
            ("disposal,,7.2,kg,8", "0.8"), ("first-fill,20,,kg,20", "0"),
            ("recovery,,1.2,kg,", "0"),
        ])
    func losses(row: String, lost: String) throws {
        let document = try read(Self.serviced(row))
        guard case .refrigerant(let service)? = document.records.first else {
            Issue.record("no service was read")
            return
        }
        #expect(service.lost.description == lost)
    }

    @Test("of one supplier and number become one document in the order of the file")
    func grouping() throws {
        let row = { (number: Int, line: Int) in "S,\(number),\(line),x,1,kg,1,EUR,2025-01-01,\n" }
        let document = try read(Self.purchases + row(1, 1) + row(2, 1) + row(1, 2))
        #expect(document.invoices.map(\.number) == ["1", "2"])
        #expect(document.invoices[0].lines.map(\.identifier) == ["1", "2"])
        #expect(document.invoices[0].lines.map(\.line) == [2, 4])
        let facts = InvoiceLines(of: document.invoices[0], file: "t.csv").lines.map(\.facts)
        #expect(facts.map(\.unitCode) == ["KGM", "KGM"])
    }

    @Test("take words and one serial column as the profile says")
    func words() throws {
        let text = """
            id = "test.lots"
            version = 1
            kind = "certificate"
            [identify]
            header = ["Serie", "Menge", "Land", "Von", "Bis"]
            [read]
            delimiter = ";"
            decimal = ","
            [dates]
            format = "dd.MM.yyyy"
            [serials]
            separator = " to "
            [columns]
            serials = "Serie"
            quantity = "Menge"
            country = "Land"
            production_start = "Von"
            production_end = "Bis"
            [fixed]
            registry = "HKNR"
            unit = "MWh"
            technology = "hydro"
            facility = "f"
            [words]
            country = { Norwegen = "NO" }
            [[test]]
            file = "none.csv"
            records = 0
            total = []
            start = ""
            end = ""
            """
        let row = "HK-2024-120158095 to 120158156;62,0;Norwegen;01.01.2025;31.01.2025\n"
        let document = try read("Serie;Menge;Land;Von;Bis\n" + row, profiles: [text])
        guard case .certificate(let lot)? = document.records.first else {
            Issue.record("no lot was read: \(document.diagnostics)")
            return
        }
        #expect(lot.country == "NO" && lot.registry == "HKNR" && lot.cancelledOn == nil)
        #expect(lot.energy == Quantity(ExactDecimal(62), .megawattHour))
        #expect(lot.production.description == "2025-01-01/2025-02-01")
        let other = try read(
            "Serie;Menge;Land;Von;Bis\n" + row.replacing("Norwegen", with: "Schweden"),
            profiles: [text])
        #expect(other.diagnostics.first?.code == .readingTypeUnresolved)
    }
}
