internal import Diagnostics
internal import Inventory
internal import Quantities

/// What a reader must know of certificates before they count: the quality criteria of the Scope 2
/// Guidance, table 7.1, as far as documents state them, and whether they exceed what was used.
enum CertificateCriteria {
    /// Criterion "as close as possible to the reporting period": produced at most this many months
    /// before the use begins. The guidance states no number; this one is disclosed.
    static let vintageMonths = 12

    /// Countries in which certificates of one country serve in another: the members of the
    /// Association of Issuing Bodies that trade through its hub.
    private static let europeanMarket: Set<String> = [
        "AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
        "IE", "IS", "IT", "LT", "LU", "LV", "ME", "NL", "NO", "PT", "RS", "SE", "SI", "SK",
    ]

    /// Whether certificates can take electricity out of the market basis: they are cancelled,
    /// conform as far as documents tell, and stand for generation that emits nothing.
    static func mayCover(_ record: ActivityRecord, _ organisation: Organisation) -> Bool {
        guard case .certificate(let certificate) = record.treatment else { return false }
        return record.isCancellation && certificate.technology.emitsNothing
            && quality(record, organisation).isEmpty
    }

    /// - Parameters:
    ///   - new: Activities about to be booked.
    ///   - booked: Activities that stand in the book; asked for where certificates are cancelled.
    static func findings(
        _ new: [ActivityRecord], beside booked: @autoclosure () -> [ActivityRecord],
        _ organisation: Organisation
    ) -> [Diagnostic] {
        let cancelled = new.filter(\.isCancellation)
        guard !cancelled.isEmpty else { return [] }
        return cancelled.flatMap { quality($0, organisation) }
            + excess(of: cancelled, in: booked() + new)
    }

    private static func quality(
        _ record: ActivityRecord, _ organisation: Organisation
    ) -> [Diagnostic] {
        guard case .certificate(let certificate) = record.treatment else { return [] }
        var findings: [Diagnostic] = []
        let produced = certificate.production
        let earliest = record.period.start.calendarMonth.adding(months: -vintageMonths).firstDay
        if produced.end <= earliest || produced.start >= record.period.end {
            findings.append(
                finding(
                    record,
                    "certificates of energy produced in \(produced) are used for \(record.period)",
                    "criterion of vintage: produced at most \(vintageMonths) months before"))
        }
        if let facility = organisation.facility(record.facility),
            facility.country != certificate.country,
            !europeanMarket.isSuperset(of: [facility.country, certificate.country])
        {
            findings.append(
                finding(
                    record,
                    "certificates of \(certificate.country) are used at '\(facility.id)' in "
                        + facility.country,
                    "criterion of the market: the same market as the consumption"))
        }
        if !certificate.technology.emitsNothing {
            findings.append(
                finding(
                    record,
                    "certificates of \(certificate.technology.rawValue) state no emission rate",
                    "they are booked, and cover nothing"))
        }
        return findings
    }

    private struct Use: Hashable {
        let facility: FacilityID
        let period: ReportingPeriod
    }

    /// A facility cannot use more certificates than electricity.
    private static func excess(
        of cancelled: [ActivityRecord], in all: [ActivityRecord]
    ) -> [Diagnostic] {
        var seen: Set<Use> = []
        return cancelled.compactMap { record in
            let use = Use(facility: record.facility, period: record.period)
            guard seen.insert(use).inserted else { return nil }
            let there = all.filter {
                $0.facility == use.facility && $0.period.overlaps(use.period)
            }
            guard let certificates = megawattHours(there.filter(\.isCancellation)),
                let consumption = megawattHours(there.filter(\.isPurchasedElectricity)),
                certificates > consumption
            else { return nil }
            return finding(
                record,
                "\(certificates) MWh of certificates are cancelled for '\(use.facility)' in "
                    + "\(use.period), the book has \(consumption) MWh of electricity",
                "what exceeds the consumption covers nothing; are all bills imported?")
        }
    }

    private static func megawattHours(_ records: [ActivityRecord]) -> ExactDecimal? {
        do throws(QuantityError) {
            var sum = ExactDecimal.zero
            for record in records {
                sum = try sum.adding(
                    record.quantity.converted(
                        to: .megawattHour, decimals: 6, rounding: .halfEven
                    ).amount)
            }
            return sum
        } catch {
            return nil
        }
    }

    private static func finding(
        _ record: ActivityRecord, _ message: String, _ hint: String
    ) -> Diagnostic {
        Diagnostic(
            .certificateCriteria,
            at: SourceLocation(
                file: record.evidence.name, line: record.evidence.line.flatMap { Int($0) }),
            message, hint: hint)
    }
}

extension ActivityRecord {
    /// Certificates that are cancelled.
    var isCancellation: Bool {
        guard case .certificate(let certificate) = treatment else { return false }
        return certificate.cancelledOn != nil
    }

    var isPurchasedElectricity: Bool {
        guard activity == .electricity, case .consumption(let consumption) = treatment else {
            return false
        }
        return consumption.direction == .import
    }
}
