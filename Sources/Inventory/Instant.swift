/// A moment in UTC, to the second.
package struct Instant: Hashable, Sendable {
    package let secondsSinceEpoch: Int64

    /// The seconds of the years 1900 to 2200, which the text form can write. A number read from
    /// a file must lie within before an instant is made of it.
    package static let readableSeconds: ClosedRange<Int64> = -2_208_988_800...7_289_654_399

    package init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

    /// Reads `YYYY-MM-DDTHH:MM:SSZ`.
    package init?(_ text: String) {
        guard text.utf8.count == 20 else { return nil }
        let bytes = Array(text.utf8)
        guard bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            let date = CivilDate(String(text.prefix(10))),
            let hour = Self.twoDigits(bytes, 11), let minute = Self.twoDigits(bytes, 14),
            let second = Self.twoDigits(bytes, 17), hour < 24, minute < 60, second < 60
        else { return nil }
        self.init(
            secondsSinceEpoch: Int64(date.daysSinceEpoch) * 86_400
                + Int64(hour * 3_600 + minute * 60 + second))
    }

    private static func twoDigits(_ bytes: [UInt8], _ index: Int) -> Int? {
        let tens = bytes[index] &- 48
        let ones = bytes[index + 1] &- 48
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }

    package func adding(seconds: Int64) -> Instant {
        Instant(secondsSinceEpoch: secondsSinceEpoch + seconds)
    }

    /// The UTC day of the moment.
    package var utcDate: CivilDate {
        let days =
            secondsSinceEpoch >= 0
            ? secondsSinceEpoch / 86_400 : (secondsSinceEpoch - 86_399) / 86_400
        return CivilDate(daysSinceEpoch: Int(days))
    }
}

extension Instant: Comparable {
    package static func < (left: Instant, right: Instant) -> Bool {
        left.secondsSinceEpoch < right.secondsSinceEpoch
    }
}

extension Instant: CustomStringConvertible {
    /// `YYYY-MM-DDTHH:MM:SSZ`.
    package var description: String {
        let day = utcDate
        let rest = Int(secondsSinceEpoch - Int64(day.daysSinceEpoch) * 86_400)
        let hour = (rest / 3_600).paddedToTwoDigits
        let minute = (rest / 60 % 60).paddedToTwoDigits
        return "\(day)T\(hour):\(minute):\((rest % 60).paddedToTwoDigits)Z"
    }
}

extension Instant: TextCodable {}
