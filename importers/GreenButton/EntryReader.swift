internal import Diagnostics
internal import Documents
internal import Quantities

/// Builds the entries of a feed from the elements of a document, one after the other.
struct EntryReader {
    /// More readings of one entry than this are given in parts.
    private static let largestPart = 4_096

    /// An entry, or a part of it that is not closed yet.
    struct Closed {
        let entry: FeedEntry
        /// The number of the entry in the document, from 0.
        let number: Int
    }

    private(set) var hasReadings = false
    private(set) var hasLateLinks = false
    /// The line of a reading outside the ESPI namespace.
    private(set) var foreignReadingLine: Int?
    private let keepsReadings: Bool
    private let givesParts: Bool
    private var number = 0
    private var pending = 0
    private var path: [FeedElement] = []
    /// The resources of the entry that is open; ESPI resources without an entry form one, too.
    private var entry = FeedEntry()
    private var usagePoint = UsagePoint(line: 0)
    private var readingType = ReadingType(line: 0)
    private var block = IntervalBlock(line: 0)
    private var reading = IntervalReading(line: 0)
    private var summary = UsageSummary(line: 0)
    private var measurement = UsageSummary.Measurement()

    /// - Parameters:
    ///   - keepsReadings: Whether readings are wanted; else only that there are some is noted.
    ///   - givesParts: Whether an entry may be given in parts.
    init(keepsReadings: Bool, givesParts: Bool = false) {
        self.keepsReadings = keepsReadings
        self.givesParts = givesParts
    }

    mutating func start(_ name: FeedElement, attributes: [XMLAttribute], line: Int) {
        path.append(name)
        switch name {
        case .entry: entry = FeedEntry()
        case .link: addLink(attributes)
        case .UsagePoint: usagePoint = UsagePoint(line: line)
        case .MeterReading: entry.meterReadings.append(MeterReading(line: line))
        case .ReadingType: readingType = ReadingType(line: line)
        case .IntervalBlock: block = IntervalBlock(line: line)
        case .IntervalReading: reading = IntervalReading(line: line)
        case .UsageSummary, .ElectricPowerUsageSummary: summary = UsageSummary(line: line)
        case .overallConsumptionLastPeriod, .currentBillingPeriodOverAllConsumption:
            measurement = UsageSummary.Measurement()
        case .foreignReading: foreignReadingLine = foreignReadingLine ?? line
        case _: break
        }
    }

    /// - Returns: The entry, or the part of one, that is complete now.
    mutating func end(_ name: FeedElement, text: ArraySlice<UInt8>, line: Int) -> Closed? {
        path.removeLast()
        switch name {
        case .entry: return close()
        case .UsagePoint: entry.usagePoints.append(usagePoint)
        case .ReadingType: entry.readingTypes.append(readingType)
        case .IntervalBlock:
            if keepsReadings { entry.blocks.append(block) }
        case .IntervalReading:
            hasReadings = true
            if let part = endReading() { return part }
        case .UsageSummary, .ElectricPowerUsageSummary: entry.summaries.append(summary)
        case .overallConsumptionLastPeriod, .currentBillingPeriodOverAllConsumption:
            summary.measurements.append(measurement)
        case _: leaf(name, text, line)
        }
        // A document that is a single resource has no entry to close.
        return path.isEmpty ? close() : nil
    }

    private mutating func close() -> Closed {
        defer {
            entry = FeedEntry()
            pending = 0
            number += 1
        }
        return Closed(entry: entry, number: number)
    }

    private mutating func endReading() -> Closed? {
        pending += 1
        guard keepsReadings else { return nil }
        block.readings.append(reading)
        guard givesParts, pending >= Self.largestPart else { return nil }
        pending = 0
        var part = entry
        if path.last == .IntervalBlock {
            part.blocks.append(block)
            block.offset += block.readings.count
            block.readings = []
        }
        entry.blocks = []
        return Closed(entry: part, number: number)
    }

    private mutating func addLink(_ attributes: [XMLAttribute]) {
        guard path.dropLast().last == .entry else { return }
        if pending > 0 { hasLateLinks = true }
        func value(_ name: String) -> String? {
            attributes.first { $0.name.namespace.isEmpty && $0.name.local == name }?.value
        }
        guard let link = value("href").flatMap(Link.init) else { return }
        switch value("rel") {
        case "self": entry.selfLinks.append(link)
        case "up": entry.upLinks.append(link)
        case "related": entry.relatedLinks.append(link)
        case _: break
        }
    }

    private mutating func leaf(_ name: FeedElement, _ text: ArraySlice<UInt8>, _ line: Int) {
        switch path.last {
        case .ServiceCategory where name == .kind && path.dropLast().last == .UsagePoint:
            usagePoint.serviceKind = code(text, line)
        case .ReadingType: readingTypeLeaf(name, text, line)
        case .interval where path.dropLast().last == .IntervalBlock:
            Self.spanLeaf(name, text, of: &block.interval)
        case .timePeriod where path.dropLast().last == .IntervalReading:
            Self.spanLeaf(name, text, of: &reading.period)
        case .billingPeriod: Self.spanLeaf(name, text, of: &summary.period)
        case .IntervalReading: readingLeaf(name, text)
        case .ReadingQuality where name == .quality:
            if let quality = code(text, line).number { reading.qualities.append(quality) }
        case .overallConsumptionLastPeriod, .currentBillingPeriodOverAllConsumption:
            measurementLeaf(name, text, line)
        case _: break
        }
    }

    private mutating func readingTypeLeaf(
        _ name: FeedElement, _ text: ArraySlice<UInt8>, _ line: Int
    ) {
        let code = code(text, line)
        switch name {
        case .accumulationBehaviour: readingType.accumulation = code
        case .commodity: readingType.commodity = code
        case .defaultQuality: readingType.defaultQuality = code
        case .flowDirection: readingType.flowDirection = code
        case .intervalLength: readingType.intervalLength = code
        case .powerOfTenMultiplier: readingType.powerOfTen = code
        case .uom: readingType.unit = code
        case .tou: readingType.registers.timeOfUse = bucket(text)
        case .consumptionTier: readingType.registers.tier = bucket(text)
        case .cpp: readingType.registers.criticalPeak = bucket(text)
        case _: break
        }
    }

    private mutating func readingLeaf(_ name: FeedElement, _ text: ArraySlice<UInt8>) {
        switch name {
        case .value: reading.value = FieldText.decimal(text)
        case .tou: reading.registers.timeOfUse = bucket(text)
        case .consumptionTier: reading.registers.tier = bucket(text)
        case .cpp: reading.registers.criticalPeak = bucket(text)
        case _: break
        }
    }

    private mutating func measurementLeaf(
        _ name: FeedElement, _ text: ArraySlice<UInt8>, _ line: Int
    ) {
        switch name {
        case .powerOfTenMultiplier: measurement.powerOfTen = code(text, line)
        case .uom: measurement.unit = code(text, line)
        case .value: measurement.value = FieldText.decimal(text)
        case _: break
        }
    }

    private static func spanLeaf(
        _ name: FeedElement, _ text: ArraySlice<UInt8>, of span: inout Span
    ) {
        switch name {
        case .start: span.start = FieldText.integer(text)
        case .duration: span.duration = FieldText.integer(text)
        case _: break
        }
    }

    /// The schema's Int16; 0, "not applicable", for anything else.
    private func bucket(_ text: ArraySlice<UInt8>) -> Int16 {
        FieldText.integer(text).known.flatMap(Int16.init(exactly:)) ?? 0
    }

    private func code(_ text: ArraySlice<UInt8>, _ line: Int) -> CodeText {
        CodeText(text: String(decoding: text, as: UTF8.self), line: line)
    }
}
