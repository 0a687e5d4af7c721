internal import Diagnostics
internal import ImportKit

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

    private let findings: Findings
    private let usagePoints: LinkIndex<Int>
    private let meterReadings: LinkIndex<Int>
    private let readingTypes: LinkIndex<ReadingType>

    init(_ feed: Feed, findings: Findings) {
        self.findings = findings
        usagePoints = LinkIndex(feed.entries) { number, entry in
            entry.usagePoints.isEmpty ? [] : [(number, entry.identity ?? [String(number)])]
        }
        meterReadings = LinkIndex(feed.entries) { number, entry in
            entry.meterReadings.isEmpty ? [] : [(number, entry.identity ?? [String(number)])]
        }
        readingTypes = LinkIndex(feed.entries) { _, entry in
            entry.readingTypes.map { ($0, $0.identity) }
        }
    }

    /// What the blocks of an entry belong to.
    ///
    /// - Parameters:
    ///   - number: Its place among the entries, if it holds more than blocks.
    ///   - entries: The entries the links were made from.
    /// - Throws: `reading-type-unresolved`.
    func target(
        ofBlocksIn entry: FeedEntry, at number: Int?, of entries: [FeedEntry]
    ) throws(Diagnostic) -> Target {
        let reading = try meterReading(of: entry, at: number)
        let holder = reading.map { entries[$0] } ?? entry
        let point =
            usagePoint(of: holder, at: reading ?? number) ?? usagePoint(of: entry, at: number)
        let type = try readingType(of: holder, line: entry.blocks.first?.line)
        return Target(usagePoint: point, meterReading: reading, type: type)
    }

    /// The usage point an entry belongs to; `nil` where the feed does not tell.
    func usagePoint(of entry: FeedEntry, at number: Int?) -> Int? {
        if !entry.usagePoints.isEmpty { return number }
        let paths = entry.selfLinks + entry.upLinks
        return usagePoints.nearest(to: paths).only
            ?? Choice(paths.map { usagePoints.byRelated[$0] }).only
            ?? Choice(entry.relatedLinks.map { usagePoints.bySelf[$0] }).only
            ?? usagePoints.all.only
    }

    private func meterReading(of entry: FeedEntry, at number: Int?) throws(Diagnostic) -> Int? {
        if !entry.meterReadings.isEmpty { return number }
        let paths = entry.selfLinks + entry.upLinks
        let collections = entry.selfLinks.flatMap(\.ancestors)
            .filter { $0.segments.last == "IntervalBlock" }
        let ways = [
            meterReadings.nearest(to: paths),
            Choice((paths + collections).map { meterReadings.byRelated[$0] }),
            Choice(entry.relatedLinks.map { meterReadings.bySelf[$0] }),
            meterReadings.all,
        ]
        guard let way = ways.first(where: { !$0.isEmpty }) else { return nil }
        guard let only = way.only else {
            throw findings.refusal(
                .readingTypeUnresolved, line: entry.blocks.first?.line,
                "the readings belong to '\(way.count)' meter readings at once",
                hint: "ask the sender for a feed whose links name one meter reading a block")
        }
        return only
    }

    private func readingType(of holder: FeedEntry, line: Int?) throws(Diagnostic) -> ReadingType {
        var nested = Choice<ReadingType>()
        for type in holder.readingTypes { nested.add(type, identity: type.identity) }
        var ways = [
            nested, Choice(holder.relatedLinks.map { readingTypes.bySelf[$0] }),
            Choice(holder.relatedLinks.map { readingTypes.byCollection[$0] }),
        ]
        let namesAbsentType =
            holder.relatedLinks.contains { $0.identifier(of: "ReadingType") != nil }
        if !namesAbsentType || meterReadings.all.count <= 1 { ways.append(readingTypes.all) }
        let way = ways.first { !$0.isEmpty } ?? Choice()
        guard let only = way.only else {
            throw findings.refusal(
                .readingTypeUnresolved, line: line,
                "the feed does not tell which of '\(way.count)' reading types these readings have",
                hint: "ask the sender for a feed whose meter readings link to their reading type")
        }
        return only
    }
}

/// Candidates, of which only the first is kept: what counts is whether there is exactly one.
private struct Choice<Value> {
    private var first: (value: Value, identity: [String?])?
    /// How many candidates that differ from the first were added, and the first.
    private(set) var count = 0

    init() {}

    init(_ choices: [Choice?]) {
        for case let choice? in choices {
            guard let candidate = choice.first else { continue }
            add(candidate.value, identity: candidate.identity)
            count += choice.count - 1
        }
    }

    var isEmpty: Bool { first == nil }
    var only: Value? { count == 1 ? first?.value : nil }

    /// - Parameter identity: Equal for candidates that are one and the same, such as an entry that
    ///   stands in the feed twice.
    mutating func add(_ value: Value, identity: [String?]) {
        if let first {
            if first.identity != identity { count += 1 }
        } else {
            first = (value, identity)
            count = 1
        }
    }
}

/// Entries that hold a resource of one kind, by the places that name them.
private struct LinkIndex<Value> {
    var all = Choice<Value>()
    var bySelf: [Link: Choice<Value>] = [:]
    var byRelated: [Link: Choice<Value>] = [:]
    /// Items by the collection they are in.
    var byCollection: [Link: Choice<Value>] = [:]

    /// - Parameter values: The resources of an entry, given its number, with what identifies them.
    init(_ entries: [FeedEntry], _ values: (Int, FeedEntry) -> [(Value, [String?])]) {
        for (number, entry) in entries.enumerated() {
            let collections = Set(entry.upLinks + entry.selfLinks.compactMap(\.ancestors.first))
            for (value, identity) in values(number, entry) {
                all.add(value, identity: identity)
                for link in entry.selfLinks {
                    bySelf[link, default: Choice()].add(value, identity: identity)
                }
                for link in entry.relatedLinks {
                    byRelated[link, default: Choice()].add(value, identity: identity)
                }
                for link in collections {
                    byCollection[link, default: Choice()].add(value, identity: identity)
                }
            }
        }
    }

    /// What is named by one of the places or, failing that, by what lies above it.
    func nearest(to links: [Link]) -> Choice<Value> {
        Choice(
            links.map { link in
                ([link] + link.ancestors).lazy.compactMap { bySelf[$0] }.first
            })
    }
}

extension FeedEntry {
    /// `nil` for an entry that names itself nowhere.
    fileprivate var identity: [String?]? {
        selfLinks.isEmpty ? nil : selfLinks.flatMap(\.segments)
    }
}
