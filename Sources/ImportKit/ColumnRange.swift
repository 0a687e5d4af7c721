/// Names of columns that a profile writes as a range: `kWh_1..kWh_48`, `00:30..00:00`,
/// `[00:30]..[24:00]`, `00:00-00:15..23:45-00:00`.
enum ColumnRange {
    /// More columns than any day has slots are a mistake.
    static let longest = 1_500
    private static let minutesOfDay = 24 * 60

    /// The names with each range written out.
    ///
    /// - Parameter step: Minutes between two columns that are named by times of day.
    /// - Returns: `nil` for a range that does not lead from its first name to its last.
    static func expand(_ names: [String], minutes step: Int?) -> [String]? {
        var expanded: [String] = []
        for name in names {
            guard let (first, last) = ends(of: name) else {
                expanded.append(name)
                continue
            }
            guard let range = times(first, last, step) ?? numbers(first, last) else { return nil }
            expanded += range
        }
        return expanded.count <= longest ? expanded : nil
    }

    /// The minutes of the day that a name states, in order; empty for a name without a time.
    static func minutes(in name: String) -> [Int] { pieces(of: name).times }

    private static func ends(of name: String) -> (String, String)? {
        guard let dots = name.firstRange(of: "..") else { return nil }
        let first = String(name[..<dots.lowerBound])
        let last = String(name[dots.upperBound...])
        return first.isEmpty || last.isEmpty ? nil : (first, last)
    }

    // MARK: - Numbers

    private static func numbers(_ first: String, _ last: String) -> [String]? {
        let prefix = first.prefix { !$0.isASCIIDigit }
        let from = first.dropFirst(prefix.count)
        let to = last.dropFirst(prefix.count)
        let digits = from.prefix { $0.isASCIIDigit }
        let suffix = from.dropFirst(digits.count)
        guard last.hasPrefix(prefix), to.hasSuffix(suffix), let low = Int(digits),
            let high = Int(to.dropLast(suffix.count)), low < high, high - low < longest
        else { return nil }
        return (low...high).map { number in
            let text = String(number)
            let isPadded = digits.hasPrefix("0") && digits.count > 1
            let zeros = isPadded ? max(0, digits.count - text.count) : 0
            return prefix + String(repeating: "0", count: zeros) + text + suffix
        }
    }

    // MARK: - Times

    private static func times(_ first: String, _ last: String, _ step: Int?) -> [String]? {
        let from = pieces(of: first)
        let to = pieces(of: last)
        guard let step, step > 0, !from.times.isEmpty, from.texts == to.texts,
            from.times.count == to.times.count
        else { return nil }
        var times = from.times
        var names = [first]
        while times.map({ $0 % minutesOfDay }) != to.times.map({ $0 % minutesOfDay }) {
            times = times.map { ($0 + step) % minutesOfDay }
            guard names.count < longest, names.count * step <= 2 * minutesOfDay else { return nil }
            names.append(written(times, between: from.texts))
        }
        // 24:00 and 00:00 are one time and two names.
        names[names.count - 1] = last
        return names.count > 1 ? names : nil
    }

    private static func written(_ times: [Int], between texts: [String]) -> String {
        var name = texts[0]
        for (index, time) in times.enumerated() {
            name += twoDigits(time / 60) + ":" + twoDigits(time % 60) + texts[index + 1]
        }
        return name
    }

    private static func twoDigits(_ value: Int) -> String { (value < 10 ? "0" : "") + "\(value)" }

    /// The times `HH:mm` in a name and the texts around them.
    private static func pieces(of name: String) -> (times: [Int], texts: [String]) {
        let bytes = Array(name.utf8)
        var times: [Int] = []
        var texts: [String] = []
        var text: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if let time = time(in: bytes, at: index) {
                times.append(time)
                texts.append(String(decoding: text, as: UTF8.self))
                text = []
                index += 5
            } else {
                text.append(bytes[index])
                index += 1
            }
        }
        return (times, texts + [String(decoding: text, as: UTF8.self)])
    }

    private static func time(in bytes: [UInt8], at index: Int) -> Int? {
        guard index + 5 <= bytes.count, bytes[index + 2] == UInt8(ascii: ":"),
            let hour = number(bytes, index), let minute = number(bytes, index + 3), minute < 60,
            hour < 24 || hour == 24 && minute == 0
        else { return nil }
        return hour * 60 + minute
    }

    private static func number(_ bytes: [UInt8], _ index: Int) -> Int? {
        let tens = bytes[index] &- UInt8(ascii: "0")
        let ones = bytes[index + 1] &- UInt8(ascii: "0")
        return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isWholeNumber }
}
