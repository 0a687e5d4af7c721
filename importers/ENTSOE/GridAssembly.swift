internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// Makes series of energy of a generation and load document.
struct GridAssembly {
    private let document: MarketDocument
    private let contents: DocumentContents
    private(set) var findings: Findings
    private var drafts: [GridSeriesDraft] = []
    private var indexByKey: [GridSeriesDraft.Key: Int] = [:]
    private let positionLimit: Int
    private var positions = 0
    /// What is left out and why, with the line of the first.
    private var leftOut: [String: Int] = [:]

    init(
        _ document: MarketDocument, contents: DocumentContents, positionLimit: Int, file: String
    ) {
        self.document = document
        self.positionLimit = positionLimit
        self.contents = contents
        findings = Findings(file: file)
    }

    var hasPeriods: Bool { document.series.contains { !$0.periods.isEmpty } }

    /// - Throws: The reason for which the document cannot be trusted or understood.
    mutating func series() throws(Diagnostic) -> [ReadingSeries] {
        if contents == .forecast {
            findings.warn(
                .qualityUnknown, line: nil,
                "the document is a forecast: its values are estimated",
                hint: "ask for process type A16, realised, once the time is over")
        }
        for series in document.series where !series.periods.isEmpty { try collect(series) }
        if let only = leftOut.min(by: { $0.value < $1.value }), drafts.isEmpty {
            throw findings.refusal(
                .readingTypeUnresolved, line: only.value,
                "the document holds no energy: \(only.key)")
        }
        for (reason, line) in leftOut.sorted(by: { $0.value < $1.value }) {
            findings.warn(.readingTypeUnresolved, line: line, "left out: \(reason)")
        }
        var made: [ReadingSeries] = []
        for draft in drafts { made.append(try draft.series(&findings)) }
        drafts = []
        return made
    }

    private mutating func collect(_ series: GridSeries) throws(Diagnostic) {
        if let reason = Self.extremes[series.businessType ?? ""] {
            leftOut[reason] = leftOut[reason] ?? series.line
            return
        }
        let (key, curve) = try meaning(of: series)
        let index: Int
        if let known = indexByKey[key] {
            index = known
        } else {
            index = drafts.count
            indexByKey[key] = index
            drafts.append(GridSeriesDraft(key: key, line: series.line))
        }
        for period in series.periods {
            let boundaries = try boundaries(of: period)
            let points = try period.orderedPoints(positions: boundaries.count - 1, &findings)
            let layout = curve.layout(points, positions: boundaries.count - 1)
            for (slot, point) in layout.enumerated() {
                try drafts[index].add(
                    point.map { points[$0] }, from: boundaries[slot], to: boundaries[slot + 1],
                    at: period.line,
                    quality: contents == .forecast ? .estimated : .unstated, &findings)
            }
        }
    }

    /// Extremes within a time are no mean of it.
    private static let extremes = [
        "A60": "business type A60 is the least power of a time, not its mean",
        "A61": "business type A61 is the greatest power of a time, not its mean",
    ]

    private func meaning(
        of series: GridSeries
    ) throws(Diagnostic) -> (GridSeriesDraft.Key, Curve) {
        let direction: FlowDirection = series.inZone == nil ? .import : .generation
        guard let zone = series.inZone ?? series.outZone, !zone.isEmpty else {
            throw findings.refusal(
                .xmlStructure, line: series.line,
                "the series names no bidding zone, neither as inBiddingZone nor as outBiddingZone",
                hint: "ask for the document again")
        }
        guard series.inZone == nil || series.outZone == nil else {
            throw findings.refusal(
                .xmlStructure, line: series.line,
                "the series names a zone to which and one from which energy flows",
                hint: "ask for generation or load: flows between zones are not read")
        }
        guard let unit = GridUnit(code: series.unit ?? "") else {
            throw findings.refusal(
                .unitUnknown, line: series.line,
                "the unit '\(DiagnosticRenderer.quoted(series.unit ?? ""))' is neither power nor "
                    + "energy",
                hint: "the standard has MAW and MWH here")
        }
        // The code list: where the element is absent, the value is A01.
        guard let curve = Curve(rawValue: series.curve ?? Curve.fixedBlocks.rawValue) else {
            throw findings.refusal(
                .xmlStructure, line: series.line,
                "the curve type '\(DiagnosticRenderer.quoted(series.curve ?? ""))' is not read",
                hint: "ask for curve type A01 or A03")
        }
        let key = GridSeriesDraft.Key(
            zone: zone, channel: series.productionType ?? document.type,
            resource: series.resource, direction: direction, unit: unit)
        return (key, curve)
    }

    private mutating func boundaries(of period: GridPeriod) throws(Diagnostic) -> [Instant] {
        guard let start = Self.moment(period.start), let end = Self.moment(period.end) else {
            throw findings.refusal(
                .dateInvalid, line: period.line,
                "'\(DiagnosticRenderer.quoted(period.start))' to "
                    + "'\(DiagnosticRenderer.quoted(period.end))' is no interval in UTC",
                hint: "the standard has YYYY-MM-DDThh:mmZ")
        }
        guard let resolution = Resolution(period.resolution) else {
            throw findings.refusal(
                .xmlStructure, line: period.line,
                "the resolution '\(DiagnosticRenderer.quoted(period.resolution))' is none of the "
                    + "standard",
                hint: "the standard has PT15M, PT30M, PT60M, P1D, P7D, P1M and P1Y")
        }
        let left = positionLimit - positions
        guard let moments = resolution.boundaries(from: start, to: end, limit: left) else {
            throw findings.refusal(
                .xmlStructure, line: period.line,
                "the interval \(start) to \(end) is no whole number of '\(period.resolution)', "
                    + "or one of too many",
                hint: "ask for the document again, or for a shorter period")
        }
        positions += moments.count - 1
        return moments
    }

    /// Reads `YYYY-MM-DDThh:mmZ`, and seconds where they are written.
    private static func moment(_ text: String) -> Instant? {
        guard text.utf8.count == 17, text.hasSuffix("Z") else { return Instant(text) }
        return Instant(text.dropLast() + ":00Z")
    }
}
