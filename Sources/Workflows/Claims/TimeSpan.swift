internal import Inventory

/// A half-open span of moments.
struct TimeSpan: Hashable {
    let start: Instant
    let end: Instant

    /// Seconds that both spans hold; zero or less where they do not meet.
    func overlap(_ other: TimeSpan) -> Int64 {
        min(end, other.end).secondsSinceEpoch - max(start, other.start).secondsSinceEpoch
    }

    /// True if the other lies inside, or outside by no more than a tolerance at either edge.
    func contains(_ other: TimeSpan, tolerance: Int64) -> Bool {
        start <= other.start.adding(seconds: tolerance)
            && other.end <= end.adding(seconds: tolerance)
    }

    func isEqual(_ other: TimeSpan, tolerance: Int64) -> Bool {
        contains(other, tolerance: tolerance) && other.contains(self, tolerance: tolerance)
    }
}

/// The moments that some spans cover.
struct Coverage {
    /// In order, neither overlapping nor touching.
    private(set) var spans: [TimeSpan] = []

    init(_ all: [TimeSpan]) {
        for span in all.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            if let last = spans.last, span.start <= last.end {
                spans[spans.count - 1] = TimeSpan(start: last.start, end: max(last.end, span.end))
            } else {
                spans.append(span)
            }
        }
    }

    /// What is left of a span, in order.
    func uncovered(in whole: TimeSpan) -> [TimeSpan] {
        var left: [TimeSpan] = []
        var cursor = whole.start
        for span in spans where span.end > whole.start && span.start < whole.end {
            if span.start > cursor { left.append(TimeSpan(start: cursor, end: span.start)) }
            cursor = max(cursor, span.end)
        }
        if cursor < whole.end { left.append(TimeSpan(start: cursor, end: whole.end)) }
        return left
    }

    /// True if nothing is left but a tolerance at the edges.
    func covers(_ whole: TimeSpan, tolerance: Int64) -> Bool {
        let inner = TimeSpan(
            start: whole.start.adding(seconds: tolerance),
            end: whole.end.adding(seconds: -tolerance))
        return uncovered(in: inner.start < inner.end ? inner : whole).isEmpty
    }
}
