internal import Inventory

/// The field QualityMethod: a letter, and for estimates and substitutes the two digits of the
/// method.
enum QualityFlag: Hashable {
    case stated(ReadingQuality)
    /// N: no value; a zero is written in its place.
    case null
    /// V: the 400 records that follow say it, range by range.
    case variable

    /// - Returns: `nil` for text that is no flag of the standard.
    init?(_ text: String) {
        let digits = text.utf8.dropFirst()
        guard digits.count <= 2, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        switch text.first {
        case "A": self = .stated(.actual)
        case "E": self = .stated(.estimated)
        case "F": self = .stated(.final)
        case "S": self = .stated(.substituted)
        case "N": self = .null
        case "V": self = .variable
        case _: return nil
        }
    }
}

extension ReadingQuality {
    /// A difference of two reads is as certain as the less certain of them.
    static func lesser(_ first: ReadingQuality, _ second: ReadingQuality) -> ReadingQuality {
        let order: [ReadingQuality] = [
            .unstated, .estimated, .substituted, .edited, .final, .actual,
        ]
        return order.first { $0 == first || $0 == second } ?? .unstated
    }
}
