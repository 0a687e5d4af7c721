package import Inventory
internal import Quantities

/// An invoice line and what its rule makes of it.
package struct MatchedLine: Hashable, Sendable {
    package let facts: InvoiceLineFacts
    package let target: MatchingRule.Target
    /// 1-based line in the document.
    package let line: Int

    package init(facts: InvoiceLineFacts, target: MatchingRule.Target, line: Int) {
        self.facts = facts
        self.target = target
        self.line = line
    }
}

/// Which matched lines of one invoice claim a quantity of their own.
///
/// A bill charges one quantity of energy on several lines: the energy, the network, a levy, a tax,
/// each per kWh. Lines of consumption with the same activity, facility, meter and period therefore
/// claim one quantity. If they state it alike, in whatever unit, the first is kept and the others repeat
/// it. If they differ, nothing says which is the energy, and all of them go to the review. Lines of
/// goods and services each claim their own.
package struct ConsumptionClaims: Hashable, Sendable {
    package struct Duplicate: Hashable, Sendable {
        package let line: MatchedLine
        /// The kept line whose quantity it repeats.
        package let kept: MatchedLine
    }

    /// To be booked, in the order of the invoice.
    package private(set) var kept: [MatchedLine] = []
    /// Charges on the quantity of a kept line.
    package private(set) var duplicates: [Duplicate] = []
    /// To be reviewed: each group claims one period with different quantities.
    package private(set) var conflicts: [[MatchedLine]] = []

    private struct Slot: Hashable {
        let activity: ActivityCode
        let facility: FacilityID
        let meter: String?
        let period: ReportingPeriod
    }

    /// - Parameter lines: The matched lines of one invoice, in its order.
    package init(of lines: [MatchedLine]) {
        let slots = Dictionary(grouping: lines, by: Self.slot)
        var seen: Set<Slot> = []
        for line in lines {
            guard let slot = Self.slot(line), let rivals = slots[slot] else {
                kept.append(line)
                continue
            }
            let isFirst = seen.insert(slot).inserted
            let first = rivals[0]
            if rivals.contains(where: { !Self.isSameQuantity($0, first) }) {
                if isFirst { conflicts.append(rivals) }
            } else if isFirst {
                kept.append(line)
            } else {
                duplicates.append(Duplicate(line: line, kept: first))
            }
        }
    }

    /// - Returns: `nil` for a line that is no consumption.
    private static func slot(_ line: MatchedLine) -> Slot? {
        switch line.target.treatment {
        case .consumption(let consumption):
            Slot(
                activity: line.target.activity, facility: line.target.facility,
                meter: consumption.meter, period: line.facts.period)
        case .capitalGood, .expense, .refrigerantCharge: nil
        }
    }

    /// 16 000 kWh are 16 MWh; quantities in units that do not convert are different.
    private static func isSameQuantity(_ left: MatchedLine, _ right: MatchedLine) -> Bool {
        if left.facts.unitCode == right.facts.unitCode {
            return left.facts.quantity == right.facts.quantity
        }
        guard let unit = UnitCatalog.unit(rec20: left.facts.unitCode),
            let other = UnitCatalog.unit(rec20: right.facts.unitCode)
        else { return false }
        do throws(QuantityError) {
            let ratio = try Quantity(left.facts.quantity, unit).ratio(in: other)
            return try ratio == Ratio(right.facts.quantity)
        } catch {
            return false
        }
    }
}
