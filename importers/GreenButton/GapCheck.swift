internal import Diagnostics
internal import ImportKit
internal import Inventory

/// Finds stretches of time between readings for which the feed has none.
struct GapCheck {
    /// The drafts of one meter whose registers together fill the time.
    private let groups: [[SeriesDraft]]

    init(_ drafts: [SeriesDraft]) {
        var order: [SeriesKey] = []
        var byKey: [SeriesKey: [SeriesDraft]] = [:]
        for draft in drafts where draft.key.behaviour == .delta {
            var key = draft.key
            key.channel = nil
            if byKey[key] == nil { order.append(key) }
            byKey[key, default: []].append(draft)
        }
        groups = order.compactMap { byKey[$0] }
    }

    func report(to findings: inout Findings) {
        for group in groups { report(group, to: &findings) }
    }

    private func report(_ drafts: [SeriesDraft], to findings: inout Findings) {
        let spans = drafts.flatMap { draft in
            draft.slots.map { SeriesDraft.Period(start: $0.start, end: $0.end) } + draft.missing
        }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        guard var last = spans.first else { return }
        var gaps = 0
        var seconds: Int64 = 0
        for span in spans.dropFirst() {
            let gap = span.start - last.end
            if gap > Slot.tolerance(last.end - last.start, span.end - span.start) {
                gaps += 1
                seconds += gap
            }
            if span.end > last.end { last = span }
        }
        guard gaps > 0 else { return }
        findings.warn(
            .readingMissing, line: drafts.first?.slots.first?.line,
            "meter '\(drafts.first?.meter ?? "")' has '\(gaps)' gaps of '\(seconds)' seconds in"
                + " all between its readings",
            hint: "missing is not zero: ask the sender for the rest")
    }
}
