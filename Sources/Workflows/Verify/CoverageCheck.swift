internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// No certificate covers more than it stands for, and no electricity is covered beyond what there
/// is.
struct CoverageCheck: RecordCheck {
    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        [
            VerifyPiece { () throws(Refusal) in
                try check(records)
                return VerifyCounts()
            }
        ]
    }

    private func check(_ records: CheckedRecords) throws(Refusal) {
        var live: [RecordNumber: JournalEntry] = [:]
        var activities: [RecordNumber: ActivityRecord] = [:]
        for leaf in records.leaves {
            guard let booked = leaf.record.entry else { continue }
            if let reversed = booked.entry.reversal?.entry { live[reversed] = nil }
            guard let calculation = booked.entry.calculation, calculation.role == .market,
                let activity = records.activity(calculation.activity, before: booked.number)
            else { continue }
            live[booked.number] = booked.entry
            activities[calculation.activity] = activity
        }
        let fault: String?
        do {
            fault = try CertificateSums.fault(live, activities)
        } catch {
            throw records.failure("the coverage by certificates is out of range")
        }
        if let fault { throw records.failure(fault) }
    }
}

/// Checks that no certificate covers more than it stands for, and that no electricity is covered
/// beyond what the market basis has of it, so that the market-based total is never below zero.
struct CertificateSums {
    private struct Slot: Hashable {
        let facility: FacilityID
        let period: ReportingPeriod
        let factor: RecordNumber?
    }

    private var byCertificate: [RecordNumber: ExactDecimal] = [:]
    private var covered: [Slot: ExactDecimal] = [:]
    private var consumed: [Slot: ExactDecimal] = [:]

    /// - Parameter entries: Live entries, with their numbers.
    /// - Returns: What is wrong first, in words.
    static func fault(
        _ entries: [RecordNumber: JournalEntry], _ activities: [RecordNumber: ActivityRecord]
    ) throws(QuantityError) -> String? {
        var check = CertificateSums()
        for (number, entry) in entries.sorted(by: { $0.key < $1.key }) {
            if let fault = try check.add(entry, number, activities) { return fault }
        }
        return try check.fault(activities)
    }

    private mutating func add(
        _ entry: JournalEntry, _ number: RecordNumber, _ activities: [RecordNumber: ActivityRecord]
    ) throws(QuantityError) -> String? {
        guard let calculation = entry.calculation, calculation.role == .market,
            let record = activities[calculation.activity],
            entry.isCoverage || record.isPurchasedElectricity
        else { return nil }
        let slot = Slot(
            facility: entry.facility, period: calculation.period, factor: calculation.factor)
        guard entry.isCoverage else {
            let energy = try calculation.quantity.converted(
                to: .kilowattHour, decimals: CertificateSums.decimals, rounding: .halfEven)
            consumed[slot] = try (consumed[slot] ?? .zero).adding(energy.amount)
            return nil
        }
        guard record.isCancellation, record.facility == entry.facility,
            record.period.start <= calculation.period.start,
            calculation.period.end <= record.period.end
        else { return "entry \(number) covers what its certificates were not cancelled for" }
        let energy = try calculation.quantity.converted(to: .kilowattHour).amount
        covered[slot] = try (covered[slot] ?? .zero).adding(energy)
        byCertificate[calculation.activity] = try (byCertificate[calculation.activity] ?? .zero)
            .adding(energy)
        return nil
    }

    private static let decimals = 9

    private func fault(
        _ activities: [RecordNumber: ActivityRecord]
    ) throws(QuantityError) -> String? {
        for (number, energy) in byCertificate.sorted(by: { $0.key < $1.key }) {
            guard let record = activities[number] else { continue }
            if try energy > record.quantity.converted(to: .kilowattHour).amount {
                return "the certificates of activity \(number) cover more than they stand for"
            }
        }
        for (slot, energy) in covered where energy > consumed[slot] ?? .zero {
            return "certificates cover more electricity at '\(slot.facility)' in \(slot.period) "
                + "than there is"
        }
        return nil
    }
}
