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

    /// How a code is counted for the reader: by its number where our terms say less than it does.
    static func word(_ code: Int) -> String {
        switch code {
        case 7: ReadingQuality.edited.rawValue
        case 8, 9: ReadingQuality.estimated.rawValue
        case 17: ReadingQuality.actual.rawValue
        case _: String(code)
        }
    }

    /// The code that decides the quality of a reading: what makes it less certain prevails.
    ///
    /// - Parameter fallback: The default of the reading type.
    static func deciding(_ codes: [Int], fallback: Int?) -> Int? {
        let stated = codes.isEmpty ? fallback.map { [$0] } ?? [] : codes
        let rank: [ReadingQuality] = [.estimated, .edited, .actual]
        return stated.min { left, right in
            let (first, second) = (
                rank.firstIndex(of: quality(left)) ?? 3, rank.firstIndex(of: quality(right)) ?? 3
            )
            return (first, left) < (second, right)
        }
    }
}
