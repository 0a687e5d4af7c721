internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("What certificates cover")
struct CertificateCoverageTests {
    private static func certificate(
        _ number: Int, _ megawattHours: Int, at facility: String = "f",
        for use: String = "2025"
    ) throws -> CertificateCoverage.Certificate {
        let period = try #require(ReportingPeriod(use))
        let record = ActivityRecord(
            activity: .certificate, facility: try #require(FacilityID(facility)), period: period,
            quantity: Quantity(ExactDecimal(megawattHours), .megawattHour),
            treatment: .certificate(
                ActivityRecord.Certificate(
                    registry: "Reg", serialFrom: "A-1", serialTo: "A-\(megawattHours)",
                    technology: .wind, country: "GB", production: period,
                    cancelledOn: period.end)),
            slot: ClaimSlot(subject: "certificate/Reg/\(number)"),
            evidence: EvidenceReference(document: SHA256Digest(hashing: []), name: "lots.csv"))
        return CertificateCoverage.Certificate(number: RecordNumber(number), record: record)
    }

    private static func bought(
        _ amount: String, _ month: String, at facility: String = "f", unit: Unit = .kilowattHour
    ) throws -> CertificateCoverage.Consumption {
        CertificateCoverage.Consumption(
            activity: RecordNumber(1), facility: try #require(FacilityID(facility)),
            period: try #require(ReportingPeriod(month)),
            quantity: Quantity(try ExactDecimal(parsing: amount), unit), factor: nil)
    }

    private static func shares(_ covered: [CertificateCoverage.Covered]) -> [String] {
        covered.map { "\($0.certificate) \($0.plan.part.period.start) \($0.plan.part.quantity)" }
    }

    @Test("takes the earliest month first: 5 MWh over 4 and 2 MWh are 4 and 1")
    func inTime() throws {
        let covered = try CertificateCoverage.plans(
            of: [Self.certificate(7, 5)],
            over: [
                Self.bought("2", "2025-02", unit: .megawattHour), Self.bought("4000", "2025-01"),
            ])
        #expect(Self.shares(covered) == ["7 2025-01-01 4000 kWh", "7 2025-02-01 1 MWh"])
    }

    @Test("is shared within a month: 3 MWh over 4 and 2 MWh are 2 and 1")
    func shared() throws {
        let covered = try CertificateCoverage.plans(
            of: [Self.certificate(7, 3)],
            over: [
                Self.bought("4000", "2025-01"), Self.bought("2", "2025-01", unit: .megawattHour),
            ])
        #expect(Self.shares(covered) == ["7 2025-01-01 2000 kWh", "7 2025-01-01 1 MWh"])
    }

    @Test("ends with the consumption, and a second certificate takes what is left")
    func bounded() throws {
        let covered = try CertificateCoverage.plans(
            of: [Self.certificate(7, 3), Self.certificate(8, 9)],
            over: [Self.bought("5000.25", "2025-01")])
        #expect(Self.shares(covered) == ["7 2025-01-01 3000 kWh", "8 2025-01-01 2000.25 kWh"])
    }

    @Test("is of the same facility, within the use")
    func elsewhere() throws {
        let covered = try CertificateCoverage.plans(
            of: [Self.certificate(7, 9, for: "2025-02-01/2025-04-01")],
            over: [
                Self.bought("1", "2025-01"), Self.bought("2", "2025-02"),
                Self.bought("4", "2025-03-15/2025-04-15"), Self.bought("8", "2025-03", at: "g"),
            ])
        #expect(Self.shares(covered) == ["7 2025-02-01 2 kWh"])
    }

    @Test("is the lesser of what is cancelled and what is consumed", arguments: 0..<100)
    func law(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let months = (1...6).map { "2025-0\($0)" }
        let consumption = try (0..<8).map { _ in
            let watts = ExactDecimal(mantissa: Int128(random.next() % 5_000_000), exponent: -3)
            return try Self.bought(watts.description, months.randomElement(using: &random) ?? "")
        }
        let certificates = try (0..<5).map { try Self.certificate($0, Int(random.next() % 8) + 1) }
        let covered = try CertificateCoverage.plans(of: certificates, over: consumption)
        let total = try ExactDecimal.sum(covered.map(\.plan.part.quantity.amount))
        let bought = try ExactDecimal.sum(consumption.map(\.quantity.amount))
        let cancelled = try ExactDecimal.sum(certificates.map(\.record.quantity.amount))
            .multiplied(by: ExactDecimal(1_000))
        #expect(total == min(bought, cancelled), "seed \(seed)")
        for month in months {
            let there = try ExactDecimal.sum(
                consumption.filter { $0.period == ReportingPeriod(month) }.map(\.quantity.amount))
            let taken = try ExactDecimal.sum(
                covered.filter { $0.plan.part.period == ReportingPeriod(month) }
                    .map(\.plan.part.quantity.amount))
            #expect(taken <= there, "seed \(seed), \(month)")
        }
    }
}
