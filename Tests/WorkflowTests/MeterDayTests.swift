internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Inventory
internal import LedgerStore
internal import Quantities
internal import Testing
internal import Workflows

/// Which meter counts a reading, and when, is asked of the clock and the calendar of its facility.
@Suite("The meter of a reading")
struct MeterDayTests {
    private static func meter(
        _ facility: String, from first: String, until last: String? = nil, carrier: String,
        number: String, role: String = "whole-site"
    ) -> String {
        """

        [[meter]]
        number = "\(number)"
        facility = "\(facility)"
        carrier = "\(carrier)"
        role = "\(role)"
        valid_from = "\(first)"
        \(last.map { "valid_until = \"\($0)\"" } ?? "")

        """
    }

    /// Kolkata keeps UTC+05:30 all year; Los Angeles is 8 hours behind UTC in January.
    private static func book(_ meters: String) throws -> Book {
        let book = try SampleBook.make(factors: false)
        let facilities = """

            [[facility]]
            id = "inx1"
            name = "Kolkata hall"
            country = "IN"
            time_zone = "Asia/Kolkata"

            [[facility]]
            id = "usx1"
            name = "Los Angeles hall"
            country = "US"
            time_zone = "America/Los_Angeles"

            """
        _ = try ApplyWorkflow(book: book).apply(
            SampleBook.document("organisation.toml", SampleBook.organisation + facilities + meters),
            dryRun: false)
        return book
    }

    private static func hour(_ meter: String, _ start: String, _ end: String) -> Document {
        SampleBook.document(
            "\(start).csv", "meter,start,end,kwh\n\(meter),\(start),\(end),7\n")
    }

    /// 2 January begins in Kolkata at 18:30 of 1 January in UTC.
    @Test("is valid from the local midnight, east of Greenwich before that of UTC")
    func firstDay() throws {
        let book = try Self.book(
            Self.meter("inx1", from: "2025-01-02", carrier: "electricity", number: "IN-1"))
        let late = try SampleBook.importing(
            Self.hour("IN-1", "2025-01-01T18:30:00Z", "2025-01-01T19:30:00Z"), into: book)
        #expect(late.waiting.isEmpty)
        #expect(late.activities.map(\.period.start.description) == ["2025-01-02"])
        let early = try SampleBook.importing(
            Self.hour("IN-1", "2025-01-01T17:30:00Z", "2025-01-01T18:30:00Z"), into: book)
        #expect(early.activities.isEmpty && early.waiting.count == 1)
        #expect(early.waiting.first?.message.contains("not valid on 2025-01-01") == true)
    }

    /// 1 February begins in Los Angeles at 08:00 in UTC.
    @Test("that takes the place of another does so at the local midnight")
    func exchange() throws {
        let book = try Self.book(
            Self.meter(
                "usx1", from: "2025-01-01", until: "2025-02-01", carrier: "electricity",
                number: "US-1")
                + Self.meter(
                    "usx1", from: "2025-02-01", carrier: "electricity", number: "US-1",
                    role: "it"))
        let roles = try ["07", "08"].map { hour in
            let next = hour == "07" ? "08" : "09"
            let report = try SampleBook.importing(
                Self.hour("US-1", "2025-02-01T\(hour):00:00Z", "2025-02-01T\(next):00:00Z"),
                into: book)
            guard case .consumption(let consumption) = report.activities.first?.treatment else {
                return ""
            }
            return consumption.role.rawValue
        }
        #expect(roles == ["whole-site", "it"])
    }

    /// The file shows what the clock of its place shows: 00:00 there is 08:00 in UTC.
    @Test("tells which clock the times of a file mean, and which month they lie in")
    func localTimes() throws {
        let book = try Self.book(
            Self.meter("usx1", from: "2025-01-01", carrier: "electricity", number: "77"))
        let report = try SampleBook.importing(
            SampleBook.document(
                "usage.csv",
                """
                Account Number,77

                TYPE,DATE,START TIME,END TIME,USAGE (kWh),COST,NOTES
                Electric usage,2025-01-01,00:00,00:59,1,$0.10,
                Electric usage,2025-01-31,23:00,23:59,2,$0.10,

                """), into: book)
        #expect(report.waiting.isEmpty)
        let activity = try #require(report.activities.first)
        #expect(report.activities.count == 1 && activity.quantity.description == "3 kWh")
        #expect(activity.slot.start == Instant("2025-01-01T08:00:00Z"))
        #expect(activity.slot.end == Instant("2025-02-01T08:00:00Z"))
        #expect(activity.period.start.description == "2025-01-01")
        #expect(activity.period.end.description == "2025-02-01")
    }

    /// The clock in Los Angeles goes from 02:00 to 03:00 on 9 March 2025.
    @Test("refuses a time that its clock never shows")
    func gap() throws {
        let book = try Self.book(
            Self.meter("usx1", from: "2025-01-01", carrier: "electricity", number: "77"))
        #expect {
            try SampleBook.importing(
                SampleBook.document(
                    "usage.csv",
                    """
                    Account Number,77

                    TYPE,DATE,START TIME,END TIME,USAGE (kWh),COST,NOTES
                    Electric usage,2025-03-09,02:00,02:59,1,$0.10,

                    """), into: book)
        } throws: { error in
            (error as? Refusal)?.diagnostics.map(\.code) == [.timeInGap]
        }
    }

    private static let dayRow: Document = {
        let labels = (0..<48).map { "\(($0 / 2).paddedToTwoDigits):\($0 % 2 == 0 ? "00" : "30")" }
        let values = [String](repeating: "0.5", count: 48)
        return SampleBook.document(
            "halves.csv",
            "Site Id,Meter Number,Reading Date,\(labels.joined(separator: ","))\n"
                + "77001,K01,01/06/25,\(values.joined(separator: ","))\n")
    }()

    @Test(
        "says what is measured where the file does not",
        arguments: [("gas", "natural-gas"), ("electricity", "electricity")])
    func carrier(carrier: String, activity: String) throws {
        let book = try Self.book(
            Self.meter("gbx1", from: "2025-01-01", carrier: carrier, number: "K01"))
        let report = try SampleBook.importing(Self.dayRow, into: book)
        #expect(report.activities.map(\.activity.rawValue) == [activity])
        #expect(report.activities.map(\.quantity.description) == ["24 kWh"])
        #expect(report.activities.first?.slot.subject.contains("/\(carrier)/") == true)
    }

    @Test("that nobody knows leaves the readings waiting, whatever they measure")
    func noMeter() throws {
        let report = try SampleBook.importing(Self.dayRow, into: Self.book(""))
        #expect(report.activities.isEmpty)
        #expect(report.waiting.map(\.meter) == ["K01"])
    }
}
