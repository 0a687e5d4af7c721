internal import Inventory

/// What the times of a sample show.
extension ProfileSample {
    /// How days are written, in three orders that look alike.
    private enum Order: CaseIterable { case yearFirst, dayFirst, monthFirst }

    private static func dates(_ order: Order) -> [String] {
        let separators = ["-", "/", "."]
        switch order {
        case .yearFirst: return separators.map { "yyyy\($0)MM\($0)dd" } + ["yyyyMMdd"]
        case .dayFirst:
            return separators.map { "dd\($0)MM\($0)yyyy" } + separators.map { "d\($0)M\($0)yyyy" }
                + ["dd MMM yyyy", "d MMM yyyy"]
        case .monthFirst:
            return separators.map { "MM\($0)dd\($0)yyyy" } + separators.map { "M\($0)d\($0)yyyy" }
        }
    }

    private static let times = [
        "", " HH:mm", " HH:mm:ss", "THH:mm", "THH:mm:ss", " H:mm", " H:mm:ss",
    ]

    /// The formats that read every cell: at most one for each order of day and month.
    func formats(_ columns: [String]) -> [String] {
        let cells = cells(columns)
        guard !cells.isEmpty else { return [] }
        func reads(_ pattern: String) -> Bool {
            guard let format = LocalTimeFormat(pattern) else { return false }
            return cells.allSatisfy { format.read($0.utf8Span.span) != nil }
        }
        var fitting = Order.allCases.compactMap { order in
            Self.dates(order).lazy.flatMap { date in Self.times.map { date + $0 } }
                .first(where: reads)
        }
        if fitting.isEmpty, reads("iso-8601") { fitting = ["iso-8601"] }
        return fitting
    }

    /// The one format that reads every cell.
    func format(_ columns: [String]) -> (answer: String, reason: String)? {
        let fitting = formats(columns)
        guard fitting.count == 1 else { return nil }
        return (fitting[0], "it reads every time of the sample, and no other order does")
    }

    /// What lies between the times of consecutive rows, where that is always the same.
    func step(_ columns: [String], format: String) -> (answer: String, reason: String)? {
        guard let reader = LocalTimeFormat(format) else { return nil }
        let times = cells(columns).compactMap { reader.read($0.utf8Span.span)?.localSeconds }
        let steps = Set(zip(times, times.dropFirst()).map { abs($1 - $0) })
        guard steps.count == 1, let step = steps.first, step > 0 else { return nil }
        let reason = "that lies between the times of all rows"
        if step % 86_400 == 0, !reader.hasTime { return ("P\(step / 86_400)D", reason) }
        guard step <= 86_400, step % 60 == 0 else { return nil }
        return (step % 3_600 == 0 ? "PT\(step / 3_600)H" : "PT\(step / 60)M", reason)
    }

    /// Whether each period ends on the day before the next begins.
    func isInclusive(
        start: [String], end: [String], format: String
    ) -> (answer: String, reason: String)? {
        guard let reader = LocalTimeFormat(format) else { return nil }
        let days = zip(cells(start), cells(end)).compactMap { first, last in
            reader.read(first.utf8Span.span).flatMap { first in
                reader.read(last.utf8Span.span).map {
                    (start: first.date.daysSinceEpoch, end: $0.date.daysSinceEpoch)
                }
            }
        }
        let gaps = Set(zip(days, days.dropFirst()).map { $1.start - $0.end })
        switch gaps {
        case [1]: return ("yes", "each row begins on the day after the one before it ends")
        case [0]: return ("no", "each row begins on the day on which the one before it ends")
        case _: return nil
        }
    }
}
