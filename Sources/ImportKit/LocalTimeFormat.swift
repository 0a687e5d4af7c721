internal import Inventory

/// A point in time as a cell states it.
struct StatedTime: Hashable {
    var date: CivilDate
    /// 0…86,400; 86,400 is the end of the day.
    var secondOfDay: Int
    /// Seconds east of Greenwich; `nil` where the cell states no offset.
    var offset: Int?

    /// The stated clock as if it were UTC.
    var localSeconds: Int64 { Int64(date.daysSinceEpoch) * 86_400 + Int64(secondOfDay) }
}

/// How a source writes dates and times: `iso-8601`, or a pattern of fields.
///
/// Fields: `yyyy` `MM` `M` `dd` `d` `MMM` (English month, three letters) `HH` `H` `mm` `ss` and
/// `xxx` (offset: `Z`, `+01:00`). Any other character stands for itself. `iso-8601` is
/// `yyyy-MM-dd`, alone or followed by `T` or a space, `HH:mm` with optional seconds, and an
/// optional offset. A format reads the whole text or nothing.
struct LocalTimeFormat: Hashable, Sendable {
    static let iso8601Name = "iso-8601"

    private enum Field: Hashable, Sendable {
        case year, month, shortMonth, monthName, day, shortDay, hour, shortHour, minute, second
        case offset
        case literal(UInt8)
    }

    /// `nil` for `iso-8601`.
    private let fields: [Field]?

    /// Whether texts of this format hold a time of day.
    let hasTime: Bool
    /// Whether texts of this format may hold an offset from UTC.
    let hasOffset: Bool

    /// - Returns: `nil` for a pattern with a doubled or unknown field, or without a whole date.
    init?(_ pattern: String) {
        guard pattern != Self.iso8601Name else {
            (fields, hasTime, hasOffset) = (nil, true, true)
            return
        }
        guard let fields = Self.parse(Array(pattern.utf8)) else { return nil }
        let has = { (options: Field...) in
            fields.filter { options.contains($0) }.count
        }
        guard has(.year) == 1, has(.month, .shortMonth, .monthName) == 1, has(.day, .shortDay) == 1,
            has(.hour, .shortHour) <= 1, has(.minute) <= has(.hour, .shortHour),
            has(.second) <= has(.minute), has(.offset) <= has(.minute)
        else { return nil }
        self.fields = fields
        hasTime = has(.hour, .shortHour) == 1
        hasOffset = has(.offset) == 1
    }

    private static func parse(_ pattern: [UInt8]) -> [Field]? {
        let widths: [String: Field] = [
            "yyyy": .year, "MM": .month, "M": .shortMonth, "MMM": .monthName, "dd": .day,
            "d": .shortDay, "HH": .hour, "H": .shortHour, "mm": .minute, "ss": .second,
            "xxx": .offset,
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
    func read(_ text: Span<UInt8>) -> StatedTime? {
        var scanner = TimeScanner(count: text.count)
        if let fields {
            for field in fields where !scanner.scan(field, in: text) { return nil }
        } else if !scanner.scanISO8601(text) {
            return nil
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

        init(count: Int) { self.count = count }

        var result: StatedTime? {
            guard position == count, let date = CivilDate(year: year, month: month, day: day),
                hour < 24 && minute < 60 && second < 60
                    || hour == 24 && minute == 0 && second == 0
            else { return nil }
            return StatedTime(
                date: date, secondOfDay: hour * 3_600 + minute * 60 + second, offset: offset)
        }

        mutating func scan(_ field: Field, in text: Span<UInt8>) -> Bool {
            switch field {
            case .year: store(number(4...4, text)) { $0.year = $1 }
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
            case .literal(let byte): scanLiteral(byte, text)
            }
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
            let name = [text[position], text[position + 1], text[position + 2]]
            guard let index = Self.months.firstIndex(of: name) else { return nil }
            position += 3
            return index + 1
        }

        private static let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ].map { Array($0.utf8) }
    }
}
