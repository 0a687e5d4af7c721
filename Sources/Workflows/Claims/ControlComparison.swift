internal import Inventory
internal import Quantities
internal import Series

/// A statement of some energy against other statements of the same energy.
struct ControlComparison {
    let record: ActivityRecord
    private let coverage: Coverage
    /// The sum of the others in the unit of the record; `nil` where it cannot be converted.
    private let total: Ratio?
    /// The sum of the others in their own unit, where they have one.
    private let ownTotal: Quantity?

    /// - Parameters:
    ///   - finer: The other statements; what they hold outside the time of the record is left out.
    ///   - counterflow: What a net value takes off them.
    init(
        _ record: ActivityRecord, finer: [ActivityRecord],
        with counterflow: [ActivityRecord] = [], on shelf: SeriesShelf
    ) throws(Refusal) {
        self.record = record
        let parts = try Self.parts(finer, within: record.span, on: shelf)
        let counterparts = try Self.parts(counterflow, within: record.span, on: shelf)
        coverage = Coverage(parts.flatMap(\.spans))
        do throws(QuantityError) {
            var sum = Ratio(0)
            var own: Quantity?
            for (part, sign) in parts.map({ ($0, 1) }) + counterparts.map({ ($0, -1) }) {
                let quantity = Quantity(try ExactDecimal.sum(part.values), part.unit)
                let signed = Quantity(
                    sign < 0 ? quantity.amount.negated : quantity.amount, quantity.unit)
                own = own.flatMap { try? $0.adding(signed) } ?? signed
                if signed.unit.dimension == record.quantity.unit.dimension {
                    sum = try sum.adding(signed.ratio(in: record.quantity.unit))
                }
            }
            let isComparable = finer.allSatisfy {
                $0.quantity.unit.dimension == record.quantity.unit.dimension
            }
            total = isComparable ? sum : nil
            ownTotal = own
        } catch {
            total = nil
            ownTotal = nil
        }
    }

    func covers(_ span: TimeSpan) -> Bool {
        coverage.covers(span, tolerance: ClaimRegister.tolerance)
    }

    /// True if the others sum to the quantity of the record.
    var agrees: Bool {
        guard let total, let stated = try? Ratio(record.quantity.amount) else { return false }
        return total == stated
    }

    /// Both figures and their difference, in words.
    var message: String {
        let stated = "it states \(record.quantity)"
        if agrees { return "\(stated), as booked" }
        guard let booked = rounded else {
            return ownTotal.map { "\(stated), booked are \($0)" } ?? stated
        }
        guard let difference = try? record.quantity.amount.subtracting(booked) else {
            return stated
        }
        let sign = difference.isNegative ? "" : "+"
        let unit = record.quantity.unit
        return "\(stated), booked are \(booked) \(unit), difference \(sign)\(difference) \(unit)"
    }

    var rounded: ExactDecimal? {
        total.flatMap { $0.exactDecimal ?? (try? $0.rounded(toDecimals: 6, .halfEven)) }
    }

    /// What a statement holds of a time.
    private struct Part {
        let spans: [TimeSpan]
        let values: [ExactDecimal]
        let unit: Unit
    }

    private static func parts(
        _ records: [ActivityRecord], within span: TimeSpan?, on shelf: SeriesShelf
    ) throws(Refusal) -> [Part] {
        var parts: [Part] = []
        var seen: Set<Slot> = []
        for record in records {
            let readings = try record.claimedReadings(on: shelf)
            let inside = readings.filter { reading in
                guard record.isInterval, let span else { return true }
                let slot = Slot(
                    series: record.slot.series,
                    span: TimeSpan(start: reading.start, end: reading.end))
                return span.start <= reading.start && reading.start < span.end
                    && seen.insert(slot).inserted
            }
            parts.append(
                Part(
                    spans: readings.map { TimeSpan(start: $0.start, end: $0.end) },
                    values: inside.map(\.value), unit: record.quantity.unit))
        }
        return parts
    }

    /// Claims that wait may repeat what others state: a slot counts once.
    private struct Slot: Hashable {
        let series: String?
        let span: TimeSpan
    }
}

/// Two single figures of one series.
enum WholeComparison {
    static func precedence(
        _ record: ActivityRecord, _ booked: ActivityRecord
    ) -> ClaimPrecedence {
        ClaimPrecedence(
            new: record.quality ?? .unstated, updated: record.revisions?.first?.updated,
            booked: booked.quality ?? .unstated,
            bookedUpdate: booked.revisions?.first?.updated)
    }
}

extension ControlComparison {
    /// True if both can be compared and differ by more than a hundredth of what is booked.
    var differsVisibly: Bool {
        guard let booked = rounded, !booked.isZero,
            let difference = try? record.quantity.amount.subtracting(booked),
            let hundredfold = try? difference.magnitude.multiplied(by: ExactDecimal(100))
        else { return false }
        return hundredfold > booked.magnitude
    }
}
