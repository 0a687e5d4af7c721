/// A moment in UTC, to the second.
package struct Instant: Hashable, Sendable {
    package let secondsSinceEpoch: Int64

    /// The seconds of the years 1900 to 2200, which the text form can write. A number read from
    /// a file must lie within before an instant is made of it.
    package static let readableSeconds: ClosedRange<Int64> = -2_208_988_800...7_289_654_399

    package init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

    /// Reads `YYYY-MM-DDTHH:MM:SSZ`.
    package init?(_ text: String) {
        var text = text
        guard let seconds = text.withUTF8(Self.seconds) else { return nil }
        self.init(secondsSinceEpoch: seconds)
    }

    private static func seconds(_ bytes: UnsafeBufferPointer<UInt8>) -> Int64? {
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
            bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
            bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let century = twoDigits(bytes, 0), let yearOfCentury = twoDigits(bytes, 2),
            let month = twoDigits(bytes, 5), let day = twoDigits(bytes, 8),
            let date = CivilDate(year: century * 100 + yearOfCentury, month: month, day: day),
            let hour = twoDigits(bytes, 11), let minute = twoDigits(bytes, 14),
            let second = twoDigits(bytes, 17), hour < 24, minute < 60, second < 60
        else { return nil }
        return Int64(date.daysSinceEpoch) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    }

    private static func twoDigits(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
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
        // Each record has one: an interpolation costs ten times as much.
        let time = String(unsafeUninitializedCapacity: 10) { text in
            text[0] = UInt8(ascii: "T")
            for (place, number) in [(1, rest / 3_600), (4, rest / 60 % 60), (7, rest % 60)] {
                text[place] = UInt8(ascii: "0") + UInt8(number / 10)
                text[place + 1] = UInt8(ascii: "0") + UInt8(number % 10)
            }
            (text[3], text[6], text[9]) = (
                UInt8(ascii: ":"), UInt8(ascii: ":"), UInt8(ascii: "Z")
            )
            return 10
        }
        return day.description + time
    }
}

extension Instant: TextCodable {}
