internal import Diagnostics
internal import Documents
internal import ENTSOE
internal import ImportKit
internal import Inventory

/// Writes documents of the platform. All data are invented.
struct MarketText {
    static let namespace = "urn:iec62325.351:tc57wg16:451-6:generationloaddocument:3:0"

    var root = "GL_MarketDocument"
    var namespace = Self.namespace
    var type: String? = "A75"
    var process: String? = "A16"
    var series: [String] = []

    var text: String {
        let stated =
            (type.map { "<type>\($0)</type>" } ?? "")
            + (process.map { "<process.processType>\($0)</process.processType>" } ?? "")
        let space = namespace.isEmpty ? "" : " xmlns=\"\(namespace)\""
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root)\(space)>"
            + "<mRID>1</mRID>\(stated)\n\(series.joined(separator: "\n"))</\(root)>\n"
    }

    func read() -> ImportedDocument { Self.read(Array(text.utf8)) }

    static func read(_ bytes: [UInt8]) -> ImportedDocument {
        ENTSOEImporter().read(Document(name: "grid.xml", bytes: bytes))
    }

    static func series(
        _ periods: [String], zone: String = "10YXX-INVENTED-1", out: Bool = false,
        unit: String? = "MAW", curve: String? = "A01", type: String? = "B16",
        business: String = "A01", more: String = ""
    ) -> String {
        let side = out ? "outBiddingZone_Domain.mRID" : "inBiddingZone_Domain.mRID"
        return "<TimeSeries><mRID>1</mRID><businessType>\(business)</businessType>"
            + (zone.isEmpty ? "" : "<\(side) codingScheme=\"A01\">\(zone)</\(side)>")
            + (unit.map { "<quantity_Measure_Unit.name>\($0)</quantity_Measure_Unit.name>" } ?? "")
            + (curve.map { "<curveType>\($0)</curveType>" } ?? "")
            + (type.map { "<MktPSRType><psrType>\($0)</psrType>\(more)</MktPSRType>" } ?? more)
            + periods.joined() + "</TimeSeries>"
    }

    static func period(
        _ start: String, _ end: String, _ resolution: String, _ points: [(Int, String)]
    ) -> String {
        "<Period><timeInterval><start>\(start)</start><end>\(end)</end></timeInterval>"
            + "<resolution>\(resolution)</resolution>\n"
            + points.map(point).joined(separator: "\n") + "</Period>"
    }

    static func point(_ position: Int, _ quantity: String) -> String {
        "<Point><position>\(position)</position><quantity>\(quantity)</quantity></Point>"
    }
}

extension ImportedDocument {
    /// The codes of what was found, in order.
    var codes: [String] { diagnostics.map(\.code.rawValue) }

    /// Everything that was read but the lines it stands on.
    var essence: [ReadingSeries] {
        series.map { series in
            var bare = series
            bare.readings = Readings(
                series.readings.map { reading in
                    var moved = reading
                    moved.line = 0
                    return moved
                })
            return bare
        }.sorted {
            ($0.channel ?? "", $0.direction.rawValue) < ($1.channel ?? "", $1.direction.rawValue)
        }
    }
}
