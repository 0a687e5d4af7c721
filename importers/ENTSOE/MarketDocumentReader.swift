internal import Diagnostics
internal import Documents
internal import Quantities

/// Builds a `MarketDocument` from the elements of a file. Names count in the namespace of the root
/// only, whichever version it is.
struct MarketDocumentReader: XMLHandler {
    enum Element: String {
        case timeSeries = "TimeSeries", period = "Period", timeInterval, point = "Point"
        case reason = "Reason", powerSystemResources = "PowerSystemResources"
        case type, process = "process.processType", businessType, curveType, psrType, resolution
        case inZone = "inBiddingZone_Domain.mRID", outZone = "outBiddingZone_Domain.mRID"
        case unit = "quantity_Measure_Unit.name"
        case resource = "registeredResource.mRID", identifier = "mRID"
        case start, end, position, quantity, code, text
        case root, other
    }

    private(set) var document = MarketDocument()
    private let file: String
    private let pointLimit: Int
    private var namespace: String?
    private var path: [Element] = []
    private var series = GridSeries(line: 0)
    private var period = GridPeriod(line: 0)
    private var point = GridPoint(line: 0)
    private var points = 0

    init(file: String, pointLimit: Int) {
        self.file = file
        self.pointLimit = pointLimit
    }

    mutating func name(_ name: XMLName) -> Element {
        guard let namespace else {
            namespace = name.namespace
            document.kind = name.local
            return .root
        }
        guard name.namespace == namespace else { return .other }
        return Element(rawValue: name.local) ?? .other
    }

    mutating func start(
        _ name: Element, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic) {
        path.append(name)
        switch name {
        case .timeSeries: series = GridSeries(line: line)
        case .period: period = GridPeriod(line: line)
        case .point: point = GridPoint(line: line)
        case .reason: document.reasons.append(MarketDocument.Reason())
        case _: break
        }
    }

    mutating func end(_ name: Element, text: ArraySlice<UInt8>, line: Int) throws(Diagnostic) {
        path.removeLast()
        switch (path.last, name) {
        case (.root, .timeSeries): document.series.append(series)
        case (.timeSeries, .period): series.periods.append(period)
        case (.period, .point): try addPoint()
        case (.point, .position): point.position = Self.position(text)
        case (.point, .quantity): point.quantity = Self.quantity(text)
        case (.root, _), (.reason, _): documentField(name, text)
        case (.timeSeries, _), (.powerSystemResources, _), (_, .psrType): seriesField(name, text)
        case (.period, .resolution): period.resolution = Self.string(text)
        case (.timeInterval, .start) where path.dropLast().last == .period:
            period.start = Self.string(text)
        case (.timeInterval, .end) where path.dropLast().last == .period:
            period.end = Self.string(text)
        case _: break
        }
    }

    private mutating func addPoint() throws(Diagnostic) {
        points += 1
        guard points <= pointLimit else {
            throw Diagnostic(
                .xmlLimitExceeded, at: SourceLocation(file: file, line: point.line),
                "the document has more than \(pointLimit) points",
                hint: "ask for shorter periods")
        }
        period.points.append(point)
    }

    private mutating func documentField(_ name: Element, _ text: ArraySlice<UInt8>) {
        switch name {
        case .type: document.type = Self.string(text)
        case .process: document.process = Self.string(text)
        case .code where !document.reasons.isEmpty:
            document.reasons[document.reasons.count - 1].code = Self.string(text)
        case .text where !document.reasons.isEmpty:
            document.reasons[document.reasons.count - 1].text = Self.string(text)
        case _: break
        }
    }

    private mutating func seriesField(_ name: Element, _ text: ArraySlice<UInt8>) {
        switch name {
        case .businessType: series.businessType = Self.string(text)
        case .inZone: series.inZone = Self.string(text)
        case .outZone: series.outZone = Self.string(text)
        case .unit: series.unit = Self.string(text)
        case .curveType: series.curve = Self.string(text)
        case .psrType: series.productionType = Self.string(text)
        case .resource: series.resource = Self.string(text)
        case .identifier where path.last == .powerSystemResources:
            series.resource = Self.string(text)
        case _: break
        }
    }

    /// Longer texts are no code, name or time of the standard.
    private static func string(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text.prefix(400), as: UTF8.self)
    }

    private static func position(_ text: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(text.count) else { return nil }
        var position = 0
        for byte in text {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            position = position * 10 + Int(digit)
        }
        return position > 0 ? position : nil
    }

    private static func quantity(_ text: ArraySlice<UInt8>) -> GridPoint.Quantity {
        if text.isEmpty { return .absent }
        let written = string(text)
        // `xs:decimal` has no exponent.
        guard text.count <= 80, !written.utf8.contains(where: { $0 | 0x20 == UInt8(ascii: "e") })
        else { return .invalid(written) }
        do {
            return .value(try ExactDecimal(parsing: written))
        } catch {
            return .invalid(written)
        }
    }
}
