internal import AuditTrail
internal import Documents
internal import Hashing
internal import ImportKit
internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities
internal import Series

/// What the kernels work on: the same at each run.
enum Samples {
    static let hours = 8_760
    /// 2025-01-01T00:00:00Z.
    private static let newYear = Instant(secondsSinceEpoch: 1_735_689_600)

    /// Thousandths of a kWh from 0 to 12.345, without a pattern that compresses well.
    private static func value(_ hour: Int) -> Int { hour * 7_919 % 12_346 }

    /// A year of one meter in the layout `plain.interval`.
    static let csv: Document = {
        var text = "meter,start,end,kwh\n"
        for hour in 0..<hours {
            let start = newYear.adding(seconds: Int64(hour) * 3_600)
            let value = ExactDecimal(mantissa: Int128(value(hour)), exponent: -3)
            text += "M-1,\(start),\(start.adding(seconds: 3_600)),\(value)\n"
        }
        return Document(name: "year.csv", bytes: Array(text.utf8))
    }()

    private static let layout = """
        id = "kernel.interval"
        version = 1
        kind = "interval"
        [identify]
        header = ["meter", "start", "end", "kwh"]
        [read]
        decimal = "."
        [time]
        start = "start"
        end = "end"
        format = "iso-8601"
        [meter]
        column = "meter"
        [[series]]
        quantity = "kwh"
        unit = "kWh"
        carrier = "electricity"
        direction = "import"
        behaviour = "delta"
        [[test]]
        file = "kernel.csv"
        readings = 1
        total = "1 kWh"
        start = "2025-01-01T00:00:00Z"
        end = "2025-01-01T01:00:00Z"
        """

    static func importer() throws -> CSVImporter {
        CSVImporter(catalog: try ProfileCatalog(texts: [("kernel.toml", layout)]))
    }

    static let readings: [SeriesReading] = (0..<hours).map { hour in
        let start = newYear.adding(seconds: Int64(hour) * 3_600)
        return SeriesReading(
            start: start, end: start.adding(seconds: 3_600),
            value: ExactDecimal(mantissa: Int128(value(hour)), exponent: -3), quality: .actual,
            line: hour + 2)
    }

    /// The readings of a year and a value in g/kWh for each hour.
    static func pair() throws -> SeriesPair {
        let chunk = try SeriesChunk(readings)
        return SeriesPair(readings: chunk, values: chunk)
    }

    static func factorSeries(_ values: SeriesChunk) throws -> FactorSeries {
        guard let activity = ActivityCode("electricity"),
            let start = CivilDate("2025-01-01"), let gramsPer = UnitCatalog.unit(symbol: "kWh")
        else { throw KernelError.sample }
        return FactorSeries(
            factor: EmissionFactor(
                key: "kernel.grid", version: "1", status: .active, supersedes: [], name: "Kernel",
                activity: activity, role: .location, region: "NL", validFrom: start,
                validUntil: nil, activityUnit: gramsPer, heatingValueBasis: nil, components: [],
                source: EmissionFactor.Source(
                    title: "Kernel", publisher: "Kernel", edition: "1", place: "1",
                    retrievedFrom: "kernel"),
                licence: EmissionFactor.Licence(
                    name: "CC0", attribution: "", redistribution: .yes),
                declaration: nil),
            boundary: .direct, substance: .gas(.carbonDioxide), massUnit: .gram,
            times: FactorSeries.Times(
                start: values.start, end: values.end, step: 3_600, count: values.count),
            chunk: SHA256Digest(hashing: values.bytes), documents: [])
    }

    /// A journal entry as a meter and month gives it.
    static func record() throws -> LedgerRecord {
        guard let facility = FacilityID("f-001"), let day = CivilDate("2025-01-31"),
            let month = ReportingPeriod("2025-01"), let carbon = Commodity("mg CO2e@AR5")
        else { throw KernelError.sample }
        let amount = ExactDecimal(123_456_789)
        let digest = SHA256Digest(hashing: [1])
        return LedgerRecord(
            number: RecordNumber(4_711), recordedAt: newYear, actor: "bench",
            body: .journal(
                try JournalEntry(
                    effective: day, facility: facility,
                    description: "Electricity, meter M-1, location-based",
                    postings: [
                        .debit(
                            Account(.object, ["f-001", "use", "B6", "electricity"]), amount, carbon,
                            basis: .location),
                        .credit(
                            Account(.source, ["scope2", "electricity"]), amount, carbon,
                            basis: .location, counterparty: "NL"),
                    ],
                    calculation: JournalEntry.Calculation(
                        rule: "factor-series-product/1", activity: RecordNumber(4_000),
                        period: month, quantity: Quantity(ExactDecimal(456_789), .kilowattHour),
                        factor: RecordNumber(12), factorHash: digest, role: .location,
                        rounding: "half-even at the milligram"))))
    }
}

enum KernelError: Error { case sample }
