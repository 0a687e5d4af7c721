internal import Quantities

/// What a feed states apart from its readings, before links are followed.
struct Feed {
    /// The entries that hold more than blocks of readings.
    var entries: [FeedEntry] = []
    /// The place in `entries` of an entry, by its number in the document.
    var places: [Int: Int] = [:]
    var hasReadings = false
    /// An entry states links behind its readings: it must be read whole before it is understood.
    var hasLateLinks = false
    /// The line of a reading outside the ESPI namespace.
    var foreignReadingLine: Int?
}

/// An Atom entry: resources, and the links that tie them to those of other entries.
struct FeedEntry {
    var selfLinks: [Link] = []
    var upLinks: [Link] = []
    var relatedLinks: [Link] = []
    var usagePoints: [UsagePoint] = []
    var meterReadings: [MeterReading] = []
    var readingTypes: [ReadingType] = []
    var blocks: [IntervalBlock] = []
    var summaries: [UsageSummary] = []

    var holdsOnlyBlocks: Bool {
        usagePoints.isEmpty && meterReadings.isEmpty && readingTypes.isEmpty && summaries.isEmpty
    }
}

struct UsagePoint: Hashable {
    var serviceKind: CodeText?
    var line: Int
}

struct MeterReading: Hashable {
    var line: Int
}

/// A code as written. An element that is there and empty states an empty text, which is not the
/// same as an element left out.
struct CodeText: Hashable {
    let text: String
    let line: Int

    /// `nil` for anything but an integer.
    var number: Int? { Int(text) }
}

/// What the values of a meter reading mean.
struct ReadingType: Hashable {
    var accumulation: CodeText?
    var commodity: CodeText?
    var defaultQuality: CodeText?
    var flowDirection: CodeText?
    var intervalLength: CodeText?
    var powerOfTen: CodeText?
    var unit: CodeText?
    var registers = RegisterCodes()
    var line: Int

    /// Two types are the same if they say the same, wherever they stand.
    var identity: [String?] {
        [
            accumulation, commodity, defaultQuality, flowDirection, intervalLength, powerOfTen,
            unit,
        ].map { $0?.text } + [registers.channel]
    }
}

/// Tariff buckets, which make several registers of one meter reading.
struct RegisterCodes: Hashable {
    var timeOfUse: Int16 = 0
    var tier: Int16 = 0
    var criticalPeak: Int16 = 0

    /// `nil` where no bucket is stated; 0 means "not applicable".
    var channel: String? {
        let parts = [("tou", timeOfUse), ("tier", tier), ("cpp", criticalPeak)]
            .filter { $0.1 != 0 }.map { "\($0.0)-\($0.1)" }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }

    /// The buckets of a reading, with those of its type where it states none.
    func completed(by type: RegisterCodes) -> RegisterCodes {
        RegisterCodes(
            timeOfUse: timeOfUse != 0 ? timeOfUse : type.timeOfUse,
            tier: tier != 0 ? tier : type.tier,
            criticalPeak: criticalPeak != 0 ? criticalPeak : type.criticalPeak)
    }
}

/// A span as written.
struct Span: Hashable {
    var start: Field<Int64> = .absent
    var duration: Field<Int64> = .absent
}

/// A value as a file states it.
enum Field<Value: Hashable>: Hashable {
    case absent
    case empty
    case value(Value)
    /// Text that is no value of the kind, for quoting.
    case invalid(String)

    var known: Value? {
        if case .value(let value) = self { return value }
        return nil
    }
}

struct IntervalBlock {
    var interval = Span()
    var readings: [IntervalReading] = []
    /// How many readings of the block came before these, where it is read in parts.
    var offset = 0
    var line: Int
}

struct IntervalReading {
    var period = Span()
    var value: Field<ExactDecimal> = .absent
    /// ESPI quality codes, in file order.
    var qualities: [Int] = []
    var registers = RegisterCodes()
    var line: Int
}

/// A statement about a billing period: compared with the readings, never added to them.
struct UsageSummary {
    struct Measurement {
        var powerOfTen: CodeText?
        var unit: CodeText?
        var value: Field<ExactDecimal> = .absent
    }

    var period = Span()
    /// ESPI 1.1 and 4.0 differ in which of the two belongs to the billing period.
    var measurements: [Measurement] = []
    var line: Int
}
