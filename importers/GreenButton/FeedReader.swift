internal import Diagnostics
internal import Documents
internal import Quantities

/// Builds a `Feed` from the elements of a document.
struct FeedReader: XMLHandler {
    private(set) var feed = Feed()
    private var path: [FeedElement] = []
    /// The resources of the entry that is open; ESPI resources without an entry form one, too.
    private var entry = FeedEntry()
    private var usagePoint = UsagePoint(line: 0)
    private var readingType = ReadingType(line: 0)
    private var block = IntervalBlock(line: 0)
    private var reading = IntervalReading(line: 0)
    private var summary = UsageSummary(line: 0)
    private var measurement = UsageSummary.Measurement()

    func name(_ name: XMLName) -> FeedElement { FeedElement(name) }

    mutating func start(
        _ name: FeedElement, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic) {
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
        case .foreignReading: feed.foreignReadingLine = feed.foreignReadingLine ?? line
        case _: break
        }
    }

    mutating func end(
        _ name: FeedElement, text: ArraySlice<UInt8>, line: Int
    ) throws(Diagnostic) {
        path.removeLast()
        switch name {
        case .entry:
            feed.entries.append(entry)
            entry = FeedEntry()
        case .UsagePoint: entry.usagePoints.append(usagePoint)
        case .ReadingType: entry.readingTypes.append(readingType)
        case .IntervalBlock: entry.blocks.append(block)
        case .IntervalReading: block.readings.append(reading)
        case .UsageSummary, .ElectricPowerUsageSummary: entry.summaries.append(summary)
        case .overallConsumptionLastPeriod, .currentBillingPeriodOverAllConsumption:
            summary.measurements.append(measurement)
        case _: leaf(name, text, line)
        }
        // A document that is a single resource has no entry to close.
        if path.isEmpty, name != .entry { feed.entries.append(entry) }
    }

    private mutating func addLink(_ attributes: [XMLAttribute]) {
        guard path.dropLast().last == .entry else { return }
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

/// Reads the text of an element as a number.
enum FieldText {
    /// A signed integer in decimal digits, as `xs:long`.
    static func integer(_ text: ArraySlice<UInt8>) -> Field<Int64> {
        if text.isEmpty { return .empty }
        let negative = text.first == UInt8(ascii: "-")
        let digits = negative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
        // 18 digits always fit; no time or value of a meter has more.
        guard (1...18).contains(digits.count) else { return .invalid(string(text)) }
        var magnitude: Int64 = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return .invalid(string(text)) }
            magnitude = magnitude * 10 + Int64(digit)
        }
        return .value(negative ? -magnitude : magnitude)
    }

    /// An integer as the schema asks for, or a decimal as some vendors write.
    static func decimal(_ text: ArraySlice<UInt8>) -> Field<ExactDecimal> {
        switch integer(text) {
        case .absent: return .absent
        case .empty: return .empty
        case .value(let value): return .value(ExactDecimal(value))
        case .invalid(let written):
            // The notation of numbers with an exponent has no place in a feed.
            if written.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }) {
                return .invalid(written)
            }
            do {
                return .value(try ExactDecimal(parsing: written))
            } catch {
                return .invalid(written)
            }
        }
    }

    private static func string(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text.prefix(400), as: UTF8.self)
    }
}
