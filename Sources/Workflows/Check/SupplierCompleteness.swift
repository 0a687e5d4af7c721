internal import Inventory

/// What is missing in the invoices of one supplier.
struct SupplierCompleteness {
    /// Invoices of a series before its holes are believed.
    static let shortestSeries = 3
    /// Months with invoices before their rhythm is believed.
    static let shortestRhythm = 4
    /// A longer hole is another series of numbers.
    static let longestHole = 20

    let party: String
    let invoices: [InvoiceHead]
    /// The days that are checked.
    let period: ReportingPeriod

    func findings() -> [CheckFinding] { numberGaps() + missingMonths() }

    // MARK: Numbers

    private struct Numbered {
        let value: Int
        let width: Int
        let head: InvoiceHead
    }

    /// A supplier numbers for all its customers; holes say something only where most of its
    /// invoices to us follow each other without one.
    private func numberGaps() -> [CheckFinding] {
        var series: [String: [Int: Numbered]] = [:]
        for head in invoices {
            guard let (prefix, numbered) = Self.split(head) else { continue }
            series[prefix, default: [:]][numbered.value] = numbered
        }
        return series.sorted { $0.key < $1.key }.flatMap { prefix, members in
            gaps(members.values.sorted { $0.value < $1.value }, prefix)
        }
    }

    private func gaps(_ members: [Numbered], _ prefix: String) -> [CheckFinding] {
        guard members.count >= Self.shortestSeries else { return [] }
        let pairs = zip(members, members.dropFirst())
        let dense = pairs.filter { $1.value - $0.value == 1 }.count
        guard dense * 2 >= members.count - 1 else { return [] }
        return pairs.compactMap { earlier, later in
            let hole = later.value - earlier.value - 1
            guard (1...Self.longestHole).contains(hole), isChecked(later.head.issued) else {
                return nil
            }
            let first = prefix + Self.padded(earlier.value + 1, earlier.width)
            let last = prefix + Self.padded(later.value - 1, earlier.width)
            return CheckFinding(
                .invoiceNumberGap, party,
                (hole == 1 ? "invoice \(first) is" : "invoices \(first) to \(last) are")
                    + " missing between \(earlier.head.number) and \(later.head.number)")
        }
    }

    /// The digits at the end, and what stands before them.
    private static func split(_ head: InvoiceHead) -> (String, Numbered)? {
        let digits = head.number.utf8.reversed().prefix { (48...57).contains($0) }.count
        guard (1...15).contains(digits),
            let value = Int(String(head.number.suffix(digits)))
        else { return nil }
        return (
            String(head.number.dropLast(digits)),
            Numbered(value: value, width: digits, head: head)
        )
    }

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    // MARK: Rhythm

    /// Months in which an invoice was due, where three of four intervals are of one length.
    private func missingMonths() -> [CheckFinding] {
        let months = Set(invoices.compactMap { $0.issued.map { Self.index($0.calendarMonth) } })
            .sorted()
        guard months.count >= Self.shortestRhythm, let last = months.last else { return [] }
        let steps = zip(months, months.dropFirst()).map { $1 - $0 }
        let counts = Dictionary(grouping: steps, by: \.self).mapValues(\.count)
        guard let usual = counts.max(by: { ($0.value, -$0.key) < ($1.value, -$1.key) }),
            usual.value * 4 >= steps.count * 3
        else { return [] }
        var due: [Int] = []
        for (month, next) in zip(months, months.dropFirst()) {
            due += Array(stride(from: month + usual.key, to: next, by: usual.key))
        }
        let limit = Self.index(period.lastDay.calendarMonth)
        due += Array(stride(from: last + usual.key, through: limit, by: usual.key))
        return due.compactMap { index in
            guard let month = CalendarMonth(year: index / 12, month: index % 12 + 1),
                isDue(month)
            else { return nil }
            return CheckFinding(
                .missingInvoice, party, period: month.period,
                "no invoice of \(month); there is one every \(Self.rhythm(usual.key))")
        }
    }

    private static func rhythm(_ months: Int) -> String {
        months == 1 ? "month" : "\(months) months"
    }

    private static func index(_ month: CalendarMonth) -> Int { month.year * 12 + month.month - 1 }

    /// A month of the period that is over: the invoice may still come in a month that is not.
    private func isDue(_ month: CalendarMonth) -> Bool {
        isChecked(month.firstDay) && month.next.firstDay <= period.end
    }

    private func isChecked(_ day: CivilDate?) -> Bool { day.map(period.contains) ?? true }
}
