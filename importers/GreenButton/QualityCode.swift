internal import Inventory

/// The quality codes of ESPI (QualityOfReading).
enum QualityCode {
    /// What a code means in our terms. A value that is projected, questionable, mixed or adjusted
    /// for weather is not a measured one and is shown as estimated.
    static func quality(_ code: Int) -> ReadingQuality {
        switch code {
        case 0, 17, 18, 19: .actual
        case 7: .edited
        case 8, 9, 10, 12, 13, 15: .estimated
        case _: .unstated
        }
    }

    /// The quality of a reading with several codes: what makes it less certain prevails.
    ///
    /// - Parameter fallback: The default of the reading type.
    static func quality(_ codes: [Int], fallback: Int?) -> ReadingQuality {
        let stated = (codes.isEmpty ? fallback.map { [$0] } ?? [] : codes).map(quality)
        return [.estimated, .edited, .actual].first(where: stated.contains) ?? .unstated
    }
}
