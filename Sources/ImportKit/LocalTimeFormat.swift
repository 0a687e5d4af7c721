package import Inventory

/// A point in time as a cell states it.
package struct StatedTime: Hashable {
    package var date: CivilDate
    /// 0…86,400; 86,400 is the end of the day.
    package var secondOfDay: Int
    /// Seconds east of Greenwich; `nil` where the cell states no offset.
    package var offset: Int?

    /// The stated clock as if it were UTC.
    package var localSeconds: Int64 { Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay) }
}

/// How a source writes dates and times: `iso-8601`, or a pattern of fields.
///
/// Fields: `yyyy` `yy` (2000 to 2099) `MM` `M` `dd` `d` `MMM` (English month, three letters) `HH`
/// `H` `hh` `h` `mm` `ss` `a` (AM or PM, with `hh` or `h`) and `xxx` (offset: `Z`, `+01:00`). A
/// space stands for one or more. Any other character stands for itself. `iso-8601` is
/// `yyyy-MM-dd`, alone or followed by `T` or a space, `HH:mm` with optional seconds (a fraction of
/// zeros is allowed), and an optional offset. `epoch-seconds` and `epoch-milliseconds` count from
/// 1970 in UTC. A format reads the whole text or nothing.
package struct LocalTimeFormat: Hashable, Sendable {
    private enum Field: Hashable, Sendable {
        case year, shortYear, month, shortMonth, monthName, day, shortDay, hour, shortHour
        case twelveHour, shortTwelveHour, halfDay, minute, second, offset
        case literal(UInt8)
    }

    private enum Form: Hashable, Sendable {
        case iso8601
        /// Counts of so many in a second.
        case epoch(perSecond: Int64)
        case fields([Field])
    }

    private let form: Form

    var isISO8601: Bool { form == .iso8601 }

    /// Whether texts of this format hold a time of day.
    package let hasTime: Bool
    /// Whether texts of this format may hold an offset from UTC.
    package let hasOffset: Bool

    /// - Returns: `nil` for a pattern with a doubled or unknown field, or without a whole date.
    package init?(_ pattern: String) {
        let named: [String: Form] = [
            "iso-8601": .iso8601, "epoch-seconds": .epoch(perSecond: 1),
            "epoch-milliseconds": .epoch(perSecond: 1_000),
        ]
        if let form = named[pattern] {
            (self.form, hasTime, hasOffset) = (form, true, true)
            return
        }
        guard let fields = Self.parse(Array(pattern.utf8)) else { return nil }
        let has = { (options: Field...) in
            fields.filter { options.contains($0) }.count
        }
        let hours = has(.hour, .shortHour, .twelveHour, .shortTwelveHour)
        guard has(.year, .shortYear) == 1, has(.month, .shortMonth, .monthName) == 1,
            has(.day, .shortDay) == 1, hours <= 1, has(.minute) <= hours,
            has(.twelveHour, .shortTwelveHour) == has(.halfDay),
            has(.second) <= has(.minute), has(.offset) <= has(.minute)
        else { return nil }
        form = .fields(fields)
        hasTime = hours == 1
        hasOffset = has(.offset) == 1
    }

    /// The length in seconds of the finest field: what an inclusive end leaves out.
    var finestSeconds: Int64 {
        guard hasTime else { return 86_400 }
        guard case .fields(let fields) = form else { return 1 }
        if fields.contains(.second) { return 1 }
        return fields.contains(.minute) ? 60 : 3_600
    }

    private static func parse(_ pattern: [UInt8]) -> [Field]? {
        let widths: [String: Field] = [
            "yyyy": .year, "yy": .shortYear, "MM": .month, "M": .shortMonth, "MMM": .monthName,
            "dd": .day, "d": .shortDay, "HH": .hour, "H": .shortHour, "hh": .twelveHour,
            "h": .shortTwelveHour, "a": .halfDay, "mm": .minute, "ss": .second, "xxx": .offset,
        ]
        var fields: [Field] = []
        var rest = pattern[...]
        while let byte = rest.first {
            let run = rest.prefix { $0 == byte }
            rest = rest.dropFirst(run.count)
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            if isLetter, byte != UInt8(ascii: "T") {
                guard let field = widths[String(decoding: run, as: UTF8.self)] else { return nil }
                fields.append(field)
            } else {
                fields += run.map { .literal($0) }
            }
        }
        return fields
    }

    /// - Returns: `nil` where the text is not of this format or names no day of the calendar.
    package func read(_ text: Span<UInt8>) -> StatedTime? {
        var scanner = TimeScanner(count: text.count)
        switch form {
        case .fields(let fields):
            for field in fields where !scanner.scan(field, in: text) { return nil }
        case .iso8601:
            guard scanner.scanISO8601(text) else { return nil }
        case .epoch(let perSecond):
            return scanner.epoch(text, perSecond: perSecond)
        }
        return scanner.result
    }

    private struct TimeScanner {
        let count: Int
        var position = 0
        var year = 0
        var month = 0
        var day = 0
        var hour = 0
        var minute = 0
        var second = 0
        var offset: Int?
        var isAfternoon: Bool?

        init(count: Int) { self.count = count }

        /// A whole number of seconds within the years of `CivilDate`.
        mutating func epoch(_ text: Span<UInt8>, perSecond: Int64) -> StatedTime? {
            guard let value = number(9...13, text), position == count,
                Int64(value) % perSecond == 0
            else { return nil }
            let seconds = Int64(value) / perSecond
            guard seconds < 7_258_118_400 else { return nil }
            let instant = Instant(secondsSinceEpoch: seconds)
            return StatedTime(
                date: instant.utcDate, secondOfDay: Int(seconds % 86_400), offset: 0)
        }

        var result: StatedTime? {
            guard position == count, let date = CivilDate(year: year, month: month, day: day),
                let hour = hourOfDay,
                hour < 24 && minute < 60 && second < 60
                    || hour == 24 && minute == 0 && second == 0
            else { return nil }
            return StatedTime(
                date: date, secondOfDay: hour * 3_600 + minute * 60 + second, offset: offset)
        }

        private var hourOfDay: Int? {
            guard let isAfternoon else { return hour }
            guard (1...12).contains(hour) else { return nil }
            return hour % 12 + (isAfternoon ? 12 : 0)
        }

        mutating func scan(_ field: Field, in text: Span<UInt8>) -> Bool {
            switch field {
            case .year: store(number(4...4, text)) { $0.year = $1 }
            case .shortYear: store(number(2...2, text)) { $0.year = 2_000 + $1 }
            case .twelveHour: store(number(2...2, text)) { $0.hour = $1 }
            case .shortTwelveHour: store(number(1...2, text)) { $0.hour = $1 }
            case .halfDay: scanHalfDay(text)
            case .month: store(number(2...2, text)) { $0.month = $1 }
            case .shortMonth: store(number(1...2, text)) { $0.month = $1 }
            case .monthName: store(monthName(text)) { $0.month = $1 }
            case .day: store(number(2...2, text)) { $0.day = $1 }
            case .shortDay: store(number(1...2, text)) { $0.day = $1 }
            case .hour: store(number(2...2, text)) { $0.hour = $1 }
            case .shortHour: store(number(1...2, text)) { $0.hour = $1 }
            case .minute: store(number(2...2, text)) { $0.minute = $1 }
            case .second: store(number(2...2, text)) { $0.second = $1 }
            case .offset: scanOffset(text)
            case .literal(UInt8(ascii: " ")): scanSpaces(text)
            case .literal(let byte): scanLiteral(byte, text)
            }
        }

        private mutating func scanSpaces(_ text: Span<UInt8>) -> Bool {
            let start = position
            while scanLiteral(UInt8(ascii: " "), text) {}
            return position > start
        }

        private mutating func scanHalfDay(_ text: Span<UInt8>) -> Bool {
            guard position + 2 <= count, text[position + 1] | 0x20 == UInt8(ascii: "m") else {
                return false
            }
            switch text[position] | 0x20 {
            case UInt8(ascii: "a"): isAfternoon = false
            case UInt8(ascii: "p"): isAfternoon = true
            case _: return false
            }
            position += 2
            return true
        }

        mutating func scanISO8601(_ text: Span<UInt8>) -> Bool {
            guard let year = number(4...4, text), scanLiteral(UInt8(ascii: "-"), text),
                let month = number(2...2, text), scanLiteral(UInt8(ascii: "-"), text),
                let day = number(2...2, text)
            else { return false }
            (self.year, self.month, self.day) = (year, month, day)
            guard position < count else { return true }
            guard
                scanLiteral(UInt8(ascii: "T"), text) || scanLiteral(UInt8(ascii: " "), text),
                let hour = number(2...2, text), scanLiteral(UInt8(ascii: ":"), text),
                let minute = number(2...2, text)
            else { return false }
            (self.hour, self.minute) = (hour, minute)
            if scanLiteral(UInt8(ascii: ":"), text) {
                guard let second = number(2...2, text) else { return false }
                self.second = second
                if scanLiteral(UInt8(ascii: "."), text) {
                    guard scanLiteral(UInt8(ascii: "0"), text) else { return false }
                    while scanLiteral(UInt8(ascii: "0"), text) {}
                }
            }
            return position == count || scanOffset(text)
        }

        private mutating func store(_ value: Int?, _ assign: (inout Self, Int) -> Void) -> Bool {
            guard let value else { return false }
            assign(&self, value)
            return true
        }

        private mutating func number(_ width: ClosedRange<Int>, _ text: Span<UInt8>) -> Int? {
            var digits = 0
            var value = 0
            while digits < width.upperBound, position < count {
                let digit = text[position] &- UInt8(ascii: "0")
                guard digit < 10 else { break }
                value = value * 10 + Int(digit)
                digits += 1
                position += 1
            }
            return width.contains(digits) ? value : nil
        }

        private mutating func scanLiteral(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
            guard position < count, text[position] == byte else { return false }
            position += 1
            return true
        }

        private mutating func scanOffset(_ text: Span<UInt8>) -> Bool {
            if scanLiteral(UInt8(ascii: "Z"), text) {
                offset = 0
                return true
            }
            let isWest = scanLiteral(UInt8(ascii: "-"), text)
            guard isWest || scanLiteral(UInt8(ascii: "+"), text) else { return false }
            guard let hours = number(2...2, text) else { return false }
            _ = scanLiteral(UInt8(ascii: ":"), text)
            guard let minutes = number(2...2, text), hours <= 18, minutes < 60 else {
                return false
            }
            offset = (isWest ? -1 : 1) * (hours * 3_600 + minutes * 60)
            return true
        }

        private mutating func monthName(_ text: Span<UInt8>) -> Int? {
            guard position + 3 <= count else { return nil }
            let name = (0..<3).map { text[position + $0] | 0x20 }
            guard let index = Self.months.firstIndex(of: name) else { return nil }
            position += 3
            return index + 1
        }

        private static let months = [
            "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ].map { Array($0.utf8) }
    }
}
