internal import Documents
internal import GreenButton
internal import ImportKit

/// Writes minimal feeds. Entries are separate texts, so that tests can leave out and permute them.
struct FeedText {
    var entries: [String]

    /// One usage point, one meter reading, one reading type and the blocks given.
    init(
        kind: String? = "0", type: String = Self.wattHours, blocks: [String],
        more: [String] = []
    ) {
        let service = kind.map { "<ServiceCategory><kind>\($0)</kind></ServiceCategory>" } ?? ""
        entries = [
            Self.entry(
                "U/1/UsagePoint/7", up: "U/1/UsagePoint",
                related: ["U/1/UsagePoint/7/MeterReading"],
                "<UsagePoint>\(service)</UsagePoint>"),
            Self.entry(
                "U/1/UsagePoint/7/MeterReading/1", up: "U/1/UsagePoint/7/MeterReading",
                related: ["U/1/UsagePoint/7/MeterReading/1/IntervalBlock", "ReadingType/1"],
                "<MeterReading/>"),
            Self.entry("ReadingType/1", up: "ReadingType", "<ReadingType>\(type)</ReadingType>"),
        ]
        for (index, block) in blocks.enumerated() {
            entries.append(
                Self.entry(
                    "U/1/UsagePoint/7/MeterReading/1/IntervalBlock/\(index + 1)",
                    up: "U/1/UsagePoint/7/MeterReading/1/IntervalBlock", block))
        }
        entries += more
    }

    init(entries: [String]) { self.entries = entries }

    static let wattHours = type(unit: 72)

    static func type(
        unit: Int, power: String? = "0", direction: Int? = 1, accumulation: Int? = 4,
        length: Int? = nil, more: String = ""
    ) -> String {
        var text = ""
        if let accumulation {
            text += "<accumulationBehaviour>\(accumulation)</accumulationBehaviour>"
        }
        if let direction { text += "<flowDirection>\(direction)</flowDirection>" }
        if let length { text += "<intervalLength>\(length)</intervalLength>" }
        if let power { text += "<powerOfTenMultiplier>\(power)</powerOfTenMultiplier>" }
        return text + "<uom>\(unit)</uom>" + more
    }

    static func entry(
        _ own: String? = nil, up: String? = nil, related: [String] = [], _ content: String
    ) -> String {
        let links =
            (own.map { [("self", $0)] } ?? []) + (up.map { [("up", $0)] } ?? [])
            + related.map { ("related", $0) }
        return "<a:entry>"
            + links.map { "<a:link rel=\"\($0.0)\" href=\"\($0.1)\"/>" }.joined()
            + "<a:content>\(content)</a:content></a:entry>\n"
    }

    static func block(_ readings: [String]) -> String {
        "<IntervalBlock>\n\(readings.joined(separator: "\n"))</IntervalBlock>"
    }

    static func reading(
        _ start: some CustomStringConvertible, _ duration: some CustomStringConvertible,
        _ value: some CustomStringConvertible, quality: Int? = nil, more: String = ""
    ) -> String {
        let quality = quality.map { "<ReadingQuality><quality>\($0)</quality></ReadingQuality>" }
        return "<IntervalReading>\(quality ?? "")<timePeriod><duration>\(duration)</duration>"
            + "<start>\(start)</start></timePeriod><value>\(value)</value>\(more)</IntervalReading>"
    }

    var text: String {
        "<a:feed xmlns:a=\"http://www.w3.org/2005/Atom\" xmlns=\"http://naesb.org/espi\">\n"
            + entries.joined() + "</a:feed>"
    }

    func read() -> ImportedDocument { Self.read(text) }

    static func read(_ text: String) -> ImportedDocument {
        let document = Document(name: "feed.xml", bytes: Array(text.utf8))
        return GreenButtonImporter().read(document)
    }
}
