internal import Inventory

/// Reads the times of plain rows: those that mean one instant by themselves. What it answers is
/// what `CSVClock` answers; what needs the rows around it, or a message, is left to that.
struct CSVPlainClock {
    private enum Form {
        case ends(inclusive: Int64)
        /// Seconds from the moment to the start and to the end.
        case moment(start: Int64, end: Int64)
    }

    private let rule: Profile.TimeRule
    private let zone: LocalTimeZone?
    private let form: Form
    let first: Int
    let second: Int?
    private let isISO8601: Bool

    /// The last day and offset as they were written, and what they mean.
    private var day: (word: UInt64, rest: UInt16, midnight: Int64) = (0, 0, 0)
    private var offset: (word: UInt32, rest: UInt16, seconds: Int64) = (0, 0, 0)
    /// Local times that mean one instant each, around the last one.
    private var stretch: (labels: Swift.Range<Int64>, offset: Int64) = (0..<0, 0)
    /// The last two texts and their instants, for formats that take longer to read.
    private var known: [(text: [UInt8], instant: Int64)] = []

    /// - Returns: `nil` for a rule by which a row alone does not tell its span.
    init?(_ rule: Profile.TimeRule, columns: CSVColumns) {
        guard rule.separator == nil else { return nil }
        let starts: [Int]
        var ends: [Int]?
        switch rule.span {
        case .ends(let start, let end, let isInclusive):
            starts = columns.indexes(start)
            ends = columns.indexes(end)
            form = .ends(inclusive: isInclusive ? rule.finestSeconds : 0)
        case .label(let at, let label, .seconds(let step)):
            starts = columns.indexes(at)
            form = label == .start ? .moment(start: 0, end: step) : .moment(start: -step, end: 0)
        case .label(let at, _, .fromTimes), .moment(let at):
            starts = columns.indexes(at)
            form = .moment(start: 0, end: 0)
        case .label, .previous: return nil
        }
        // Both ends in one column share their day.
        guard starts.count == 1, starts[0] >= 0, ends?.count ?? 1 == 1, starts != ends,
            ends?[0] ?? 0 >= 0
        else { return nil }
        first = starts[0]
        second = ends?[0]
        self.rule = rule
        zone = rule.localZone
        isISO8601 = rule.formats.count == 1 && rule.formats[0].isISO8601
    }

    /// - Parameters:
    ///   - start: The cell of the start, or of the one moment.
    ///   - end: The cell of the end, where there is one.
    mutating func span(
        _ bytes: Span<UInt8>, _ start: Swift.Range<Int>, _ end: Swift.Range<Int>
    ) -> (start: Int64, end: Int64)? {
        guard let first = instant(bytes, start, adding: 0) else { return nil }
        switch form {
        case .moment(let start, let end):
            return (first + start + rule.shift, first + end + rule.shift)
        case .ends(let inclusive):
            guard let second = instant(bytes, end, adding: inclusive), second > first else {
                return nil
            }
            return (first + rule.shift, second + rule.shift)
        }
    }

    private mutating func instant(
        _ bytes: Span<UInt8>, _ range: Swift.Range<Int>, adding seconds: Int64
    ) -> Int64? {
        if isISO8601, let (local, offset) = isoTime(bytes, range) {
            return resolved(local + seconds, offset)
        }
        if seconds == 0 {
            for (text, instant) in known where Self.isEqual(text, bytes, range) { return instant }
        }
        guard let time = rule.read(bytes.extracting(range)),
            let instant = resolved(time.localSeconds + seconds, time.offset.map { Int64($0) })
        else { return nil }
        if seconds == 0 { known = known.suffix(1) + [(range.map { bytes[$0] }, instant)] }
        return instant
    }

    /// - Returns: `nil` for a label that needs the rows around it, and one without meaning.
    private mutating func resolved(_ local: Int64, _ offset: Int64?) -> Int64? {
        if let offset { return local - offset }
        switch rule.zone {
        case .written: return nil
        case .facility: return local
        case .place:
            guard let zone else { return nil }
            if !stretch.labels.contains(local) {
                guard let found = zone.plainStretch(around: local) else { return nil }
                stretch = found
            }
            return local - stretch.offset
        }
    }

    // MARK: ISO 8601

    /// Reads `yyyy-MM-ddTHH:mm:ss`, alone, with `Z`, or with `+HH:mm`.
    ///
    /// - Returns: `nil` for any other text: the format itself decides about it.
    private mutating func isoTime(
        _ bytes: Span<UInt8>, _ range: Swift.Range<Int>
    ) -> (local: Int64, offset: Int64?)? {
        let count = range.count
        guard count == 25 || count == 20 || count == 19 else { return nil }
        let block = bytes.bytes
        let place = range.lowerBound
        let word = block.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
        let rest = block.unsafeLoadUnaligned(fromByteOffset: place + 8, as: UInt16.self)
        if word != day.word || rest != day.rest {
            guard let date = rule.read(bytes.extracting(place..<place + 10))?.date else {
                return nil
            }
            day = (word, rest, Int64(date.daysSinceEpoch) * 86_400)
        }
        let between = bytes[place + 10]
        guard between == UInt8(ascii: "T") || between == UInt8(ascii: " "),
            let second = Self.secondOfDay(
                block.unsafeLoadUnaligned(fromByteOffset: place + 11, as: UInt64.self))
        else { return nil }
        let local = day.midnight + second
        if count == 19 { return (local, nil) }
        if count == 20 { return bytes[place + 19] == UInt8(ascii: "Z") ? (local, 0) : nil }
        let sign = block.unsafeLoadUnaligned(fromByteOffset: place + 19, as: UInt32.self)
        let minutes = block.unsafeLoadUnaligned(fromByteOffset: place + 23, as: UInt16.self)
        if sign != offset.word || minutes != offset.rest {
            guard let seconds = rule.read(bytes.extracting(range))?.offset else { return nil }
            offset = (sign, minutes, Int64(seconds))
        }
        return (local, offset.seconds)
    }

    /// Reads `HH:mm:ss` from a word, its first character in the lowest byte.
    private static func secondOfDay(_ word: UInt64) -> Int64? {
        let digits = UInt64(littleEndian: word) ^ 0x3030_3A30_303A_3030
        // A digit above 9 carries into the high bit of its byte; a colon leaves nothing.
        guard ((digits &+ 0x7676_7F76_767F_7676) | digits) & 0x8080_8080_8080_8080 == 0 else {
            return nil
        }
        let value = { (shift: UInt64) in
            Int64((digits >> shift & 0xF) * 10 + (digits >> (shift + 8) & 0xF))
        }
        let (hour, minute, second) = (value(0), value(24), value(48))
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return hour * 3_600 + minute * 60 + second
    }

    private static func isEqual(
        _ text: [UInt8], _ bytes: Span<UInt8>, _ range: Swift.Range<Int>
    ) -> Bool {
        guard text.count == range.count else { return false }
        for offset in text.indices where text[offset] != bytes[range.lowerBound + offset] {
            return false
        }
        return true
    }
}
