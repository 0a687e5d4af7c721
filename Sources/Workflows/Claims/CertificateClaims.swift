internal import Inventory

/// Sees to it that a certificate is held once and cancelled once, however documents cut their
/// serial ranges.
struct CertificateClaims {
    enum Verdict {
        case new(ActivityRecord)
        case duplicate
        /// Certificates of the range are booked from this document.
        case conflict(with: String)
    }

    private struct Series: Hashable {
        let registry: String
        let prefix: String
    }

    private struct Claim {
        let range: SerialRange
        let record: ActivityRecord
    }

    private var held: [Series: [Claim]] = [:]
    private var cancelled: [Series: [Claim]] = [:]

    init(_ booked: [ActivityRecord]) {
        for record in booked {
            guard case .certificate(let certificate) = record.treatment else { continue }
            remember(record, certificate)
        }
    }

    private mutating func remember(
        _ record: ActivityRecord, _ certificate: ActivityRecord.Certificate
    ) {
        guard let range = certificate.serials else { return }
        let series = Series(registry: certificate.registry, prefix: range.prefix)
        let claim = Claim(range: range, record: record)
        if certificate.cancelledOn == nil {
            held[series, default: []].append(claim)
        } else {
            cancelled[series, default: []].append(claim)
        }
    }

    /// Judges a claim and, if it is new, remembers it. A cancellation of what the book holds says
    /// so in the record that is accepted.
    mutating func claim(
        _ record: ActivityRecord, _ certificate: ActivityRecord.Certificate
    ) -> Verdict {
        guard let range = certificate.serials else {
            preconditionFailure("An importer refuses certificates without a serial range.")
        }
        let series = Series(registry: certificate.registry, prefix: range.prefix)
        let held = (held[series] ?? []).filter { $0.range.overlaps(range) }
        let cancelled = (cancelled[series] ?? []).filter { $0.range.overlaps(range) }
        let isHolding = certificate.cancelledOn == nil
        let rivals = isHolding ? held : cancelled
        if rivals.contains(where: { Self.isSame($0.record, record) }) { return .duplicate }
        if let rival = rivals.first { return .conflict(with: rival.record.evidence.name) }
        if isHolding {
            if let gone = cancelled.first { return .conflict(with: gone.record.evidence.name) }
            remember(record, certificate)
            return .new(record)
        }
        let isHeld = held.contains { $0.range.contains(range) }
        if let part = held.first, !isHeld { return .conflict(with: part.record.evidence.name) }
        let accepted = record.cancelling(certificate, wasHeld: isHeld)
        remember(accepted, certificate)
        return .new(accepted)
    }

    /// The same statement once more, whatever the book held in between.
    private static func isSame(_ left: ActivityRecord, _ right: ActivityRecord) -> Bool {
        guard case .certificate(let first) = left.treatment,
            case .certificate(let second) = right.treatment
        else { return false }
        return left.slot == right.slot && left.period == right.period
            && left.facility == right.facility && first.serials == second.serials
            && first.cancelledOn == second.cancelledOn
    }
}

extension ActivityRecord {
    fileprivate func cancelling(_ certificate: Certificate, wasHeld: Bool) -> ActivityRecord {
        ActivityRecord(
            activity: activity, facility: facility, period: period, quantity: quantity,
            treatment: .certificate(
                Certificate(
                    registry: certificate.registry, serialFrom: certificate.serialFrom,
                    serialTo: certificate.serialTo, technology: certificate.technology,
                    country: certificate.country, production: certificate.production,
                    beneficiary: certificate.beneficiary, cancelledOn: certificate.cancelledOn,
                    wasHeld: wasHeld)),
            supplier: supplier, slot: slot, evidence: evidence)
    }
}
