internal import ImportKit
internal import Inventory
internal import Quantities

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
        _ record: ActivityRecord, finer: [ActivityRecord], with counterflow: [ActivityRecord]
    ) {
        self.record = record
        coverage = Coverage(finer.flatMap(Self.spans))
        do throws(QuantityError) {
            var sum = Ratio(0)
            var own: Quantity?
            for (part, sign) in finer.map({ ($0, 1) }) + counterflow.map({ ($0, -1) }) {
                let quantity = try Self.quantity(of: part, within: record.span)
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

    private static func spans(_ record: ActivityRecord) -> [TimeSpan] {
        guard record.isInterval else { return record.span.map { [$0] } ?? [] }
        return record.claimedReadings.map { TimeSpan(start: $0.start, end: $0.end) }
    }

    private static func quantity(
        of record: ActivityRecord, within span: TimeSpan?
    ) throws(QuantityError) -> Quantity {
        guard record.isInterval, let span else { return record.quantity }
        let values = record.claimedReadings.filter { span.start <= $0.start && $0.start < span.end }
            .map(\.value)
        return Quantity(try ExactDecimal.sum(values), record.quantity.unit)
    }
}

/// Two single figures of one series.
enum WholeComparison {
    static func precedence(
        _ record: ActivityRecord, _ booked: ActivityRecord
    ) -> ClaimPrecedence {
        guard let new = record.claimedReadings.first, let old = booked.claimedReadings.first
        else { return .undecided }
        return ClaimPrecedence(
            new: new.quality, updated: record.revisions?.updated(at: new.start),
            booked: old.quality, bookedUpdate: booked.revisions?.updated(at: old.start))
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
