internal import Inventory

/// The moment a number stands for, where the cell is formatted as a date or a time.
///
/// Source: ECMA-376-1, 18.17.4 (date systems), 18.8.30 (number formats).
enum SheetDate {
    /// The day from which a workbook counts.
    enum System: Sendable { case from1900, from1904 }

    /// What a number format shows.
    enum Shape: Sendable { case number, date, dateAndTime, time, duration }

    /// `2024-01-31`, `2024-01-31T14:30:00`, `14:30:00`, or `26:30:00` for a duration.
    ///
    /// - Parameter number: A plain decimal, as `SheetNumber` gives it.
    /// - Returns: `nil` where the number is no day of the system; the number then stands itself.
    static func text(_ number: String, shape: Shape, system: System) -> String? {
        guard shape != .number, let moment = Moment(number) else { return nil }
        let clock = moment.clock
        switch shape {
        case .number: return nil
        case .duration:
            return clock(moment.days * 24)
        case .time where moment.days == 0:
            return clock(0)
        case .date, .dateAndTime, .time:
            guard let day = day(moment.days, system) else { return nil }
            // Hours that a format hides are shown all the same: nothing is dropped.
            let isWhole = moment.milliseconds == 0 && shape == .date
            return isWhole ? "\(day)" : "\(day)T\(clock(0))"
        }
    }

    /// Days and milliseconds of a day; the milliseconds rounded half up, since a second is no
    /// short binary fraction of a day.
    private struct Moment {
        let days: Int
        let milliseconds: Int

        init?(_ number: String) {
            let parts = number.split(separator: ".")
            guard let whole = parts.first.flatMap({ Int($0) }), (0...2_958_465).contains(whole)
            else { return nil }
            let fraction = parts.count > 1 ? parts[1].prefix(15) : "0"
            guard let numerator = Int128(fraction) else { return nil }
            let scale = fraction.reduce(Int128(1)) { power, _ in power * 10 }
            let rounded = (numerator * 86_400_000 * 2 + scale) / (2 * scale)
            days = whole + Int(rounded / 86_400_000)
            milliseconds = Int(rounded % 86_400_000)
        }

        /// `HH:mm:ss`, with milliseconds where there are any, and hours added.
        func clock(_ hours: Int) -> String {
            let seconds = milliseconds / 1_000
            let rest = milliseconds % 1_000
            let text = [hours + seconds / 3_600, seconds / 60 % 60, seconds % 60].map {
                SheetDate.padded($0, to: 2)
            }.joined(separator: ":")
            return rest == 0 ? text : "\(text).\(SheetDate.padded(rest, to: 3))"
        }
    }

    private static func day(_ serial: Int, _ system: System) -> CivilDate? {
        switch system {
        case .from1904: CivilDate(daysSinceEpoch: serial - 24_107)
        // The system has a 29 February 1900, which was none: number 60. Before it, one day less.
        case .from1900 where serial > 60: CivilDate(daysSinceEpoch: serial - 25_569)
        case .from1900 where serial >= 1 && serial < 60:
            CivilDate(daysSinceEpoch: serial - 25_568)
        case .from1900: nil
        }
    }

    private static func padded(_ number: Int, to width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension SheetDate.Shape {
    /// The shape of a format that the standard defines by its number alone.
    init(builtIn number: Int) {
        switch number {
        case 14...17, 27...31, 34...36, 50...54, 57, 58: self = .date
        case 18...21, 32, 33, 45, 47, 55, 56: self = .time
        case 22: self = .dateAndTime
        case 46: self = .duration
        case _: self = .number
        }
    }

    /// The shape of a format code such as `dd/mm/yyyy hh:mm`, by its first section.
    init(code: String) {
        var letters = ""
        var inQuotes = false
        var isEscaped = false
        var bracket: String?
        var isDuration = false
        scan: for character in code.lowercased() {
            if isEscaped {
                isEscaped = false
            } else if inQuotes {
                inQuotes = character != "\""
            } else if let inside = bracket {
                guard character == "]" else {
                    bracket = inside + String(character)
                    continue
                }
                isDuration = isDuration || ["h", "hh", "m", "mm", "s", "ss"].contains(inside)
                bracket = nil
            } else {
                switch character {
                case "\\", "_", "*": isEscaped = true
                case "\"": inQuotes = true
                case "[": bracket = ""
                case ";": break scan
                case _: letters.append(character)
                }
            }
        }
        let shown = letters.replacing("am/pm", with: "").replacing("a/p", with: "")
            .replacing("general", with: "")
        let hasTime = shown.contains("h") || shown.contains("s")
        let hasDay = shown.contains("y") || shown.contains("d")
        self =
            if isDuration {
                .duration
            } else if hasDay || (shown.contains("m") && !hasTime) {
                hasTime ? .dateAndTime : .date
            } else {
                hasTime ? .time : .number
            }
    }
}
