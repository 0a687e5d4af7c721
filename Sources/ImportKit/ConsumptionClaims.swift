package import Documents
package import Inventory
internal import Quantities

/// An invoice line and what its rule makes of it.
package struct MatchedLine: Hashable, Sendable {
    package let facts: InvoiceLineFacts
    package let target: MatchingRule.Target
    /// 1-based line in the document.
    package let line: Int
    /// The element that holds the quantity.
    package let element: ElementPlace?

    package init(
        facts: InvoiceLineFacts, target: MatchingRule.Target, line: Int,
        element: ElementPlace? = nil
    ) {
        self.facts = facts
        self.target = target
        self.line = line
        self.element = element
    }
}

/// Which matched lines of one invoice claim a quantity of their own.
///
/// A bill charges one quantity of energy on several lines: the energy, the network, a levy, a tax,
/// each per kWh. Lines of consumption with the same activity, facility and meter whose periods
/// overlap therefore claim one quantity:
///
/// - Of lines of one period that state it alike, in whatever unit, the first is kept and the others
///   repeat it.
/// - Where the lines of shorter periods follow each other through a longer period and add up to the
///   quantity of its line, the shorter ones are kept and the longer one repeats them.
/// - Otherwise nothing says which line is the energy, and all of them go to the review.
///
/// Lines of goods and services each claim their own.
package struct ConsumptionClaims: Hashable, Sendable {
    package struct Duplicate: Hashable, Sendable {
        package let line: MatchedLine
        /// The kept line whose quantity it repeats; of several, the first.
        package let kept: MatchedLine
    }

    /// To be booked, in the order of the invoice.
    package private(set) var kept: [MatchedLine] = []
    /// Charges on the quantity of kept lines.
    package private(set) var duplicates: [Duplicate] = []
    /// To be reviewed: each group claims one time with different quantities.
    package private(set) var conflicts: [[MatchedLine]] = []

    /// What can be used only once at a time.
    private struct Slot: Hashable {
        let activity: ActivityCode
        let facility: FacilityID
        let meter: String?
    }

    /// - Parameter lines: The matched lines of one invoice, in its order.
    package init(of lines: [MatchedLine]) {
        var claims = Dictionary(grouping: lines.indices) { Self.slot(lines[$0]) }
        var keeping = Set(claims.removeValue(forKey: nil) ?? [])
        var repeating: [Int: Int] = [:]
        var contested: [Int: [Int]] = [:]
        for group in claims.values.flatMap({ Self.overlapping($0, of: lines) }) {
            if let parts = Self.parts(group, of: lines) {
                keeping.formUnion(parts)
                let byPeriod = Dictionary(
                    parts.map { (lines[$0].facts.period, $0) },
                    uniquingKeysWith: { first, _ in first })
                for index in group where !keeping.contains(index) {
                    repeating[index] = byPeriod[lines[index].facts.period] ?? parts[0]
                }
            } else {
                contested[group[0]] = group
            }
        }
        for index in lines.indices {
            if keeping.contains(index) {
                kept.append(lines[index])
            } else if let first = repeating[index] {
                duplicates.append(Duplicate(line: lines[index], kept: lines[first]))
            } else if let group = contested[index] {
                conflicts.append(group.map { lines[$0] })
            }
        }
    }

    /// - Returns: `nil` for a line that is no consumption.
    private static func slot(_ line: MatchedLine) -> Slot? {
        switch line.target.treatment {
        case .consumption(let consumption):
            Slot(
                activity: line.target.activity, facility: line.target.facility,
                meter: consumption.meter)
        case .capitalGood, .expense, .refrigerantCharge, .refrigerantRecovery, .refrigerantLeak,
            .certificate, .statedEmission:
            nil
        }
    }

    /// Splits lines where their periods leave a gap or only touch.
    ///
    /// - Returns: Groups of positions, each in the order of the invoice.
    private static func overlapping(_ positions: [Int], of lines: [MatchedLine]) -> [[Int]] {
        let ordered = positions.sorted {
            (lines[$0].facts.period.start, $0) < (lines[$1].facts.period.start, $1)
        }
        var groups: [[Int]] = []
        var end: CivilDate?
        for position in ordered {
            let period = lines[position].facts.period
            if let last = end, period.start < last {
                groups[groups.count - 1].append(position)
                end = max(last, period.end)
            } else {
                groups.append([position])
                end = period.end
            }
        }
        return groups.map { $0.sorted() }
    }

    /// The lines of a group that claim its quantity, in order of time: one, or parts of a whole.
    ///
    /// - Returns: `nil` where the lines contradict each other.
    private static func parts(_ group: [Int], of lines: [MatchedLine]) -> [Int]? {
        let byPeriod = Dictionary(grouping: group) { lines[$0].facts.period }
        let agree = byPeriod.values.allSatisfy { rivals in
            rivals.allSatisfy { isSum([lines[$0].facts], lines[rivals[0]].facts) }
        }
        guard agree else { return nil }
        let ordered = byPeriod.values.map { $0[0] }.sorted {
            let (left, right) = (lines[$0].facts.period, lines[$1].facts.period)
            return left.start != right.start ? left.start < right.start : left.end > right.end
        }
        let parts = Array(ordered.dropFirst())
        guard !parts.isEmpty else { return ordered }
        let whole = lines[ordered[0]].facts
        var end = whole.period.start
        for part in parts {
            guard lines[part].facts.period.start == end else { return nil }
            end = lines[part].facts.period.end
        }
        guard end == whole.period.end else { return nil }
        return isSum(parts.map { lines[$0].facts }, whole) ? parts : nil
    }

    /// Whether quantities add up to another: 16 000 kWh are 16 MWh, and quantities in units that do
    /// not convert are different.
    private static func isSum(_ parts: [InvoiceLineFacts], _ whole: InvoiceLineFacts) -> Bool {
        do throws(QuantityError) {
            if parts.allSatisfy({ $0.unitCode == whole.unitCode }) {
                return try ExactDecimal.sum(parts.map(\.quantity)) == whole.quantity
            }
            guard let unit = UnitCatalog.unit(rec20: whole.unitCode) else { return false }
            var sum = Ratio(0)
            for part in parts {
                guard let own = UnitCatalog.unit(rec20: part.unitCode) else { return false }
                sum = try sum.adding(Quantity(part.quantity, own).ratio(in: unit))
            }
            return try sum == Ratio(whole.quantity)
        } catch {
            return false
        }
    }
}
