internal import Diagnostics
internal import Documents

/// First pass: everything but the readings, since a link may name what comes later.
struct OutlineHandler: XMLHandler {
    private(set) var feed = Feed()
    private var reader = EntryReader(keepsReadings: false)

    /// What was read, with what the reader noted on the way.
    var outline: Feed {
        var outline = feed
        outline.hasReadings = reader.hasReadings
        outline.hasLateLinks = reader.hasLateLinks
        outline.foreignReadingLine = reader.foreignReadingLine
        return outline
    }

    func name(_ name: XMLName) -> FeedElement { FeedElement(name) }

    mutating func start(
        _ name: FeedElement, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic) {
        reader.start(name, attributes: attributes, line: line)
    }

    mutating func end(
        _ name: FeedElement, text: ArraySlice<UInt8>, line: Int
    ) throws(Diagnostic) {
        guard let closed = reader.end(name, text: text, line: line),
            !closed.entry.holdsOnlyBlocks
        else { return }
        feed.places[closed.number] = feed.entries.count
        feed.entries.append(closed.entry)
    }
}

/// Second pass: the readings, each understood when its entry closes and kept in a few bytes.
struct ReadingsHandler: XMLHandler {
    private(set) var assembly: FeedAssembly
    private var reader: EntryReader

    init(_ feed: Feed, file: String) {
        assembly = FeedAssembly(feed, file: file)
        reader = EntryReader(keepsReadings: true, givesParts: !feed.hasLateLinks)
    }

    func name(_ name: XMLName) -> FeedElement { FeedElement(name) }

    mutating func start(
        _ name: FeedElement, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic) {
        reader.start(name, attributes: attributes, line: line)
    }

    mutating func end(
        _ name: FeedElement, text: ArraySlice<UInt8>, line: Int
    ) throws(Diagnostic) {
        guard let closed = reader.end(name, text: text, line: line) else { return }
        try assembly.add(closed)
    }
}
