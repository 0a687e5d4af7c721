internal import Diagnostics

/// Follows the links of a feed from blocks of readings to what they measure.
///
/// A link names an item or the collection it is in; some feeds leave out the entries in between.
/// Whatever is not unique is a question to the user, never a choice of ours.
struct FeedLinks {
    /// What a block belongs to.
    struct Target {
        /// Indexes into the entries of the feed.
        var usagePoint: Int?
        var meterReading: Int?
        var type: ReadingType
    }

    private let entries: [FeedEntry]
    private let findings: Findings
    private let usagePoints: Index
    private let meterReadings: Index
    private let readingTypes: Index

    /// Entries that hold a resource of one kind, by the places that name them.
    private struct Index {
        var all: [Int] = []
        var bySelf: [Link: [Int]] = [:]
        var byRelated: [Link: [Int]] = [:]
        /// Items by the collection they are in.
        var byCollection: [Link: [Int]] = [:]

        init(_ entries: [FeedEntry], _ holds: (FeedEntry) -> Bool) {
            for (number, entry) in entries.enumerated() where holds(entry) {
                all.append(number)
                for link in entry.selfLinks { bySelf[link, default: []].append(number) }
                for link in entry.relatedLinks { byRelated[link, default: []].append(number) }
                let collections = entry.upLinks + entry.selfLinks.compactMap(\.ancestors.first)
                for link in Set(collections) { byCollection[link, default: []].append(number) }
            }
        }
    }

    init(_ feed: Feed, findings: Findings) {
        entries = feed.entries.map { entry in
            var light = entry
            light.blockLine = entry.blocks.first?.line
            light.blocks = []
            return light
        }
        self.findings = findings
        usagePoints = Index(feed.entries) { !$0.usagePoints.isEmpty }
        meterReadings = Index(feed.entries) { !$0.meterReadings.isEmpty }
        readingTypes = Index(feed.entries) { !$0.readingTypes.isEmpty }
    }

    /// What the blocks of an entry belong to.
    ///
    /// - Throws: `reading-type-unresolved`.
    func target(ofBlocksIn number: Int) throws(Diagnostic) -> Target {
        let entry = entries[number]
        let reading = try meterReading(ofBlocksIn: number)
        let holder = reading.map { entries[$0] } ?? entry
        let point =
            usagePoint(of: holder, at: reading ?? number) ?? usagePoint(of: entry, at: number)
        let type = try readingType(of: holder, line: entry.blockLine)
        return Target(usagePoint: point, meterReading: reading, type: type)
    }

    /// The usage point an entry belongs to; `nil` where the feed does not tell.
    func usagePoint(of entry: FeedEntry, at number: Int) -> Int? {
        if usagePoints.all.contains(number), !entry.usagePoints.isEmpty { return number }
        let paths = entry.selfLinks + entry.upLinks
        let found =
            unique(paths.flatMap { nearest($0, in: usagePoints.bySelf) })
            ?? unique(paths.flatMap { usagePoints.byRelated[$0] ?? [] })
            ?? unique(entry.relatedLinks.flatMap { usagePoints.bySelf[$0] ?? [] })
        return found ?? (usagePoints.all.count == 1 ? usagePoints.all.first : nil)
    }

    private func meterReading(ofBlocksIn number: Int) throws(Diagnostic) -> Int? {
        let entry = entries[number]
        if !entry.meterReadings.isEmpty { return number }
        let paths = entry.selfLinks + entry.upLinks
        let collections = entry.selfLinks.flatMap(\.ancestors)
            .filter { $0.segments.last == "IntervalBlock" }
        let ways = [
            paths.flatMap { nearest($0, in: meterReadings.bySelf) },
            (paths + collections).flatMap { meterReadings.byRelated[$0] ?? [] },
            entry.relatedLinks.flatMap { meterReadings.bySelf[$0] ?? [] },
            meterReadings.all,
        ]
        for way in ways where !way.isEmpty {
            guard let only = unique(way) else {
                throw findings.refusal(
                    .readingTypeUnresolved, line: entry.blockLine,
                    "the readings belong to '\(Set(way).count)' meter readings at once",
                    hint: "ask the sender for a feed whose links name one meter reading a block")
            }
            return only
        }
        return nil
    }

    private func readingType(of holder: FeedEntry, line: Int?) throws(Diagnostic) -> ReadingType {
        let linked = holder.relatedLinks.flatMap { readingTypes.bySelf[$0] ?? [] }
        let collected = holder.relatedLinks.flatMap { readingTypes.byCollection[$0] ?? [] }
        var candidates =
            [holder.readingTypes, types(linked), types(collected)].first { !$0.isEmpty } ?? []
        if candidates.isEmpty, !namesAbsentType(holder) || meterReadings.all.count <= 1 {
            candidates = types(readingTypes.all)
        }
        guard let first = candidates.first, Set(candidates.map(\.meaning)).count == 1 else {
            throw findings.refusal(
                .readingTypeUnresolved, line: line,
                "the feed does not tell which of '\(candidates.count)' reading types these"
                    + " readings have",
                hint: "ask the sender for a feed whose meter readings link to their reading type")
        }
        return first
    }

    private func types(_ numbers: [Int]) -> [ReadingType] {
        numbers.flatMap { entries[$0].readingTypes }
    }

    private func namesAbsentType(_ holder: FeedEntry) -> Bool {
        holder.relatedLinks.contains { $0.identifier(of: "ReadingType") != nil }
    }

    private func nearest(_ link: Link, in index: [Link: [Int]]) -> [Int] {
        for place in [link] + link.ancestors {
            if let found = index[place] { return found }
        }
        return []
    }

    /// The one entry among the candidates; entries repeated under one self link count once.
    private func unique(_ numbers: [Int]) -> Int? {
        guard let first = numbers.first else { return nil }
        return numbers.allSatisfy { number in
            number == first
                || (!entries[first].selfLinks.isEmpty
                    && entries[number].selfLinks == entries[first].selfLinks)
        } ? first : nil
    }
}
