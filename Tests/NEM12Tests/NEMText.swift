internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import NEM12

/// Writes files of the format, record by record. All data are invented.
enum NEMText {
    static let header = "100,NEM12,202403010900,MDP1,RETAIL1"
    static let basicHeader = "100,NEM13,202403010900,MDP1,RETAIL1"
    static let end = "900"

    static func block(
        _ nmi: String = "6001234567", _ suffix: String = "E1", unit: String = "kWh",
        minutes: Int = 30, serial: String = "SN1"
    ) -> String {
        "200,\(nmi),E1B1Q1K1,1,\(suffix),N1,\(serial),\(unit),\(minutes),20240401"
    }

    /// A day of equal values.
    static func day(
        _ date: String, _ value: String = "1", count: Int = 48, quality: String = "A",
        updated: String = ""
    ) -> String {
        day(date, Array(repeating: value, count: count), quality: quality, updated: updated)
    }

    static func day(
        _ date: String, _ values: [String], quality: String = "A", updated: String = ""
    ) -> String {
        "300,\(date),\(values.joined(separator: ",")),\(quality),,,\(updated),"
    }

    static func quality(_ first: Int, _ last: Int, _ flag: String) -> String {
        "400,\(first),\(last),\(flag),,"
    }

    /// A basic read; the reads differ by the quantity unless stated otherwise.
    static func basic(
        from start: String, to end: String, _ quantity: String = "10", nmi: String = "6001234567",
        suffix: String = "11", direction: String = "E", reads: (String, String) = ("100", "110"),
        qualities: (String, String) = ("A", "A"), unit: String = "kWh", updated: String = ""
    ) -> String {
        "250,\(nmi),\(suffix),01,\(suffix),,SN1,\(direction),\(reads.0),\(start),\(qualities.0),,,"
            + "\(reads.1),\(end),\(qualities.1),,,\(quantity),\(unit),,\(updated),"
    }

    static func file(_ records: String...) -> String { file(records) }

    static func file(_ records: [String]) -> String {
        ([header] + records + [end]).joined(separator: "\r\n") + "\r\n"
    }

    static func basicFile(_ records: String...) -> String {
        ([basicHeader] + records + [end]).joined(separator: "\n") + "\n"
    }

    static func read(_ text: String) -> ImportedDocument { read(Array(text.utf8)) }

    static func read(_ bytes: [UInt8]) -> ImportedDocument {
        NEM12Importer().read(Document(name: "meter.csv", bytes: bytes))
    }

    static func recognises(_ text: String) -> Bool {
        NEM12Importer().recognises(Document(name: "meter.csv", bytes: Array(text.utf8)))
    }
}

extension ImportedDocument {
    /// The codes of what was found, in order.
    var codes: [String] { diagnostics.map(\.code.rawValue) }

    /// Everything that was read but the lines it stands on; series by meter and channel.
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
        }.sorted { ($0.meter ?? "", $0.channel ?? "") < ($1.meter ?? "", $1.channel ?? "") }
    }
}
