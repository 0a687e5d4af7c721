internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// Makes series of a feed: follows the links, reads the slots, settles what is contested.
struct FeedAssembly {
    private let feed: Feed
    private let links: FeedLinks
    private(set) var findings: Findings
    private var drafts: [SeriesDraft] = []
    private var draftPlaces: [SeriesKey: Int] = [:]
    /// Why readings are left out, with the line of the first.
    private var leftOut: [String: Int] = [:]
    private(set) var hasReadings = false

    init(_ feed: Feed, file: String) {
        self.feed = feed
        findings = Findings(file: file)
        links = FeedLinks(feed, findings: findings)
    }

    /// Reads the blocks of an entry.
    ///
    /// - Throws: The reason for which the document cannot be trusted or understood.
    mutating func add(_ closed: EntryReader.Closed) throws(Diagnostic) {
        guard closed.entry.blocks.contains(where: { !$0.readings.isEmpty }) else { return }
        hasReadings = true
        let place = feed.places[closed.number]
        // Of an entry that holds more, the first pass has seen all of it.
        var entry = place.map { feed.entries[$0] } ?? closed.entry
        entry.blocks = closed.entry.blocks
        try collect(entry, place)
    }

    /// - Returns: The series in the order in which their first readings stand in time.
    /// - Throws: The reason for which the document cannot be trusted or understood.
    mutating func series() throws(Diagnostic) -> [ReadingSeries] {
        try reportLeftOut()
        let ordered = drafts.map { (place: $0.place, draft: $0) }
            .sorted { $0.place.lexicographicallyPrecedes($1.place) }.map(\.draft)
        drafts = []
        GapCheck(ordered).report(to: &findings)
        var made: [OwnedSeries] = []
        for draft in ordered {
            if let series = try draft.series(&findings) {
                made.append(OwnedSeries(owner: draft.key.owner, series: series))
            }
        }
        let single = SameEnergy.shownOnce(made, &findings)
        compareTotals(of: single)
        return single.map(\.series)
    }

    private mutating func compareTotals(of series: [OwnedSeries]) {
        let byOwner = Dictionary(grouping: series, by: \.owner)
        var totals: [Int?: PeriodTotals] = [:]
        for (number, entry) in feed.entries.enumerated() where !entry.summaries.isEmpty {
            let owner = links.usagePoint(of: entry, at: number)
            guard let own = byOwner[owner] else { continue }
            if totals[owner] == nil { totals[owner] = PeriodTotals(own.map(\.series)) }
            guard let theirs = totals[owner] else { continue }
            for summary in entry.summaries {
                ControlTotal(summary: summary).compare(with: theirs, &findings)
            }
        }
    }

    private mutating func collect(_ entry: FeedEntry, _ place: Int?) throws(Diagnostic) {
        let target = try links.target(ofBlocksIn: entry, at: place, of: feed.entries)
        let point = target.usagePoint.map { feed.entries[$0] }
        let reader = MeasureReader(
            type: target.type, service: point?.usagePoints.first?.serviceKind, findings: findings)
        let line = entry.blocks.first?.line
        let measure: Measure
        switch try reader.read() {
        case .measure(let read): measure = read
        case .leftOut(let reason):
            leftOut[reason] = min(leftOut[reason] ?? .max, line ?? 0)
            return
        }
        let meter = meterName(point, entry)
        // Readings of one block mostly belong to one series: its key is made once.
        var known: [RegisterCodes: Int] = [:]
        for block in entry.blocks {
            let slots = SlotReader(block: block, measure: measure)
            for (index, reading) in block.readings.enumerated() {
                let result = try slots.read(reading, at: block.offset + index, &findings)
                if case .setAside = result { continue }
                let draft: Int
                if let place = known[reading.registers] {
                    draft = place
                } else {
                    draft = self.draft(of: reading.registers, target, measure, meter)
                    known[reading.registers] = draft
                }
                drafts[draft].add(result)
            }
        }
    }

    /// The place of the series that readings of some registers belong to.
    private mutating func draft(
        of registers: RegisterCodes, _ target: FeedLinks.Target, _ measure: Measure,
        _ meter: String?
    ) -> Int {
        let key = SeriesKey(
            owner: target.usagePoint ?? target.meterReading,
            channel: registers.completed(by: measure.registers).channel,
            carrier: measure.carrier, direction: measure.direction,
            behaviour: measure.behaviour, source: measure.source, unit: measure.unit)
        let place = draftPlaces[key] ?? drafts.count
        if place == drafts.count {
            draftPlaces[key] = place
            drafts.append(SeriesDraft(key: key, meter: meter))
            describe(measure, meter)
        }
        if let length = measure.intervalLength, !measure.statesBehaviour {
            drafts[place].impliedLengths.insert(length)
        }
        return place
    }

    /// Says what was read without being stated.
    private mutating func describe(_ measure: Measure, _ meter: String?) {
        if measure.direction == .unknown {
            findings.warn(
                .valueMissing, line: nil,
                "the feed does not say which way the '\(measure.carrier.rawValue)' of meter"
                    + " '\(meter ?? "")' flows",
                hint: "state the direction of the meter in the organisation file")
        }
        if measure.carrier == .other {
            findings.warn(
                .valueMissing, line: nil,
                "the feed does not say what meter '\(meter ?? "")' measures",
                hint: "state the carrier of the meter in the organisation file")
        }
        if !measure.statesBehaviour {
            findings.note(
                .valueMissing, line: nil,
                "the feed does not say how values accumulate: they are read as amounts of their"
                    + " periods")
        }
    }

    private mutating func reportLeftOut() throws(Diagnostic) {
        for (reason, line) in leftOut.sorted(by: { $0.key < $1.key }) {
            guard !drafts.isEmpty || findings.quarantined > 0 else {
                throw findings.refusal(
                    .unitUnknown, line: line, "the feed holds no amounts: \(reason)",
                    hint: "ask the sender for the feed of energy or volume")
            }
            findings.warn(
                .unitUnknown, line: line, "readings of one type are left out: \(reason)")
        }
    }

    /// The number of the connection point, taken from its link.
    private func meterName(_ point: FeedEntry?, _ entry: FeedEntry) -> String? {
        let own = (point?.selfLinks ?? []) + (point?.upLinks ?? [])
        return own.lazy.compactMap { $0.identifier(of: "UsagePoint") }.first
            ?? point?.selfLinks.first?.segments.last
            ?? entry.selfLinks.lazy.compactMap { $0.identifier(of: "UsagePoint") }.first
    }
}

/// A series and the entry of its usage point.
struct OwnedSeries {
    var owner: Int?
    var series: ReadingSeries
}

extension SeriesDraft {
    /// Series are shown in an order that does not depend on that of the entries.
    fileprivate var place: [String] {
        [
            meter ?? "", key.channel ?? "", key.carrier.rawValue, key.direction.rawValue,
            key.unit.symbol, key.source.symbol, key.behaviour.rawValue,
            String(slots.lazy.map(\.start).min() ?? 0), String(key.owner ?? 0),
        ]
    }
}
