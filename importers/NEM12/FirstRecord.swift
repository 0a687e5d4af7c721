internal import Documents

/// The first record of a document, by which the format is told.
struct FirstRecord {
    /// Enough for the fields that tell the format, behind any empty lines.
    private static let sniffedBytes = 8_192

    private let fields: [String]

    init(of document: Document) {
        let blanks: Set<UInt8> = [0xEF, 0xBB, 0xBF, 9, 10, 13, 32, UInt8(ascii: ",")]
        let line = document.head.prefix(Self.sniffedBytes).drop { blanks.contains($0) }
            .prefix { $0 != 10 && $0 != 13 }
        fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            .map { field in
                let marks: Set<UInt8> = [9, 32, UInt8(ascii: "\"")]
                let start = field.drop { marks.contains($0) }
                let text = start.prefix { !marks.contains($0) }
                return String(decoding: text, as: UTF8.self).uppercased()
            }
    }

    /// Whether it is one of the specification; files without their 100 record are common.
    var isOfThisFormat: Bool { format != nil }

    var format: MeterDataReader.Format? {
        switch fields.first {
        case "100": headed
        case "200" where fields.count > 8 && isLength(fields[8]): .intervals
        case "300" where fields.count > 20 && MarketTime.day(fields[1]) != nil: .intervals
        case "250" where fields.count > 19 && MarketTime.moment(fields[9]) != nil: .basicReads
        case _: nil
        }
    }

    /// Earlier versions (NEM01 and so on) are recognised, so that they are refused by name.
    private var headed: MeterDataReader.Format? {
        guard fields.count > 1, fields[1].hasPrefix("NEM"), Int(fields[1].dropFirst(3)) != nil
        else { return nil }
        return fields[1] == "NEM13" ? .basicReads : .intervals
    }

    private func isLength(_ field: String) -> Bool {
        Int(field).map { $0 > 0 && 1_440.isMultiple(of: $0) } ?? false
    }
}
