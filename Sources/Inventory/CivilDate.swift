/// A calendar day of the proleptic Gregorian calendar, without time or zone.
package struct CivilDate: Hashable, Sendable {
    /// Year, month and day in one number, in the order of time: a record has many days.
    private let number: Int

    package var year: Int { number >> 9 }
    package var month: Int { number >> 5 & 15 }
    package var day: Int { number & 31 }

    /// - Returns: `nil` for a day that does not exist, or a year outside 1900…2200.
    package init?(year: Int, month: Int, day: Int) {
        guard (1_900...2_200).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        self.init(unchecked: year, month, day)
    }

    /// Reads `YYYY-MM-DD`.
    package init?(_ text: String) {
        guard text.utf8.count == 10 else { return nil }
        var numbers = (0, 0, 0)
        for (index, byte) in text.utf8.enumerated() {
            guard index != 4, index != 7 else {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            let digit = Int(byte &- UInt8(ascii: "0"))
            guard digit < 10 else { return nil }
            switch index {
            case 0..<4: numbers.0 = numbers.0 * 10 + digit
            case 5..<7: numbers.1 = numbers.1 * 10 + digit
            case _: numbers.2 = numbers.2 * 10 + digit
            }
        }
        self.init(year: numbers.0, month: numbers.1, day: numbers.2)
    }

    /// The day that lies `daysSinceEpoch` days after 1970-01-01.
    ///
    /// Algorithm: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    package init(daysSinceEpoch: Int) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    init(unchecked year: Int, _ month: Int, _ day: Int) {
        number = year << 9 | month << 5 | day
    }

    /// Days since 1970-01-01; days_from_civil of the same source.
    package var daysSinceEpoch: Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day that lies `days` later; it may leave the years that can be read.
    package func adding(days: Int) -> CivilDate {
        CivilDate(daysSinceEpoch: daysSinceEpoch + days)
    }

    package var calendarMonth: CalendarMonth { CalendarMonth(of: self) }

    package static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        case _: 31
        }
    }

    private static func isLeap(_ year: Int) -> Bool {
        year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    }
}

extension CivilDate: Comparable {
    package static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.number < right.number
    }
}

extension CivilDate: CustomStringConvertible {
    /// `YYYY-MM-DD`.
    package var description: String {
        guard (1_000...9_999).contains(year) else {
            return "\(year)-\(month.paddedToTwoDigits)-\(day.paddedToTwoDigits)"
        }
        // Each entry of a book has several dates: an interpolation costs ten times as much.
        let digits = year * 10_000 + month * 100 + day
        return String(unsafeUninitializedCapacity: 10) { text in
            var rest = digits
            for place in (0..<10).reversed() {
                let isHyphen = place == 4 || place == 7
                text[place] = isHyphen ? UInt8(ascii: "-") : UInt8(ascii: "0") + UInt8(rest % 10)
                if !isHyphen { rest /= 10 }
            }
            return 10
        }
    }
}

extension CivilDate: TextCodable {}

extension Int {
    /// `7` becomes `07`.
    package var paddedToTwoDigits: String { self < 10 ? "0\(self)" : String(self) }
}
