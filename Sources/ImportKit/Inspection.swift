internal import Diagnostics
package import Hashing
internal import Inventory
internal import Quantities

/// What `tonne inspect` says about one file: everything that was read, nothing that is booked.
package struct Inspection: Sendable {
    package let document: ImportedDocument
    /// The name the user gave.
    package let file: String
    /// SHA-256 of the bytes as given, before anything is unpacked.
    package let digest: SHA256Digest

    package init(_ document: ImportedDocument, file: String, digest: SHA256Digest) {
        self.document = document
        self.file = file
        self.digest = digest
    }

    /// One JSON object: all keys are always there, what the file does not state is `null`,
    /// counts are integers, every other number is an exact decimal as text. No final newline.
    package func json() -> String {
        let members: [JSONText.Member] = [
            .init("file", .text(file)),
            .init("sha256", .text(digest.hexadecimal)),
            .init("format", .text(document.format)),
            .init("profile", .init(document.profile)),
            .init("outcome", .text(document.outcome.rawValue)),
            .init("series", .list(document.series.map(Self.value))),
            .init("invoices", .list(document.invoices.map(Self.value))),
            .init("declarations", .list([])),
            .init("quarantined", .integer(document.quarantined)),
            .init("diagnostics", .list(document.diagnostics.map(Self.value))),
        ]
        return JSONText.object(members).rendered()
    }

    /// The symbol of a unit in this answer, where reactive energy is `kVArh`.
    static func symbol(_ unit: Unit) -> String { unit.symbol == "kvarh" ? "kVArh" : unit.symbol }

    /// The total as the answer states it: energy in kWh, except therms; a quotient that does not
    /// end is rounded half-even to 9 decimals. A total too large for that stays in its unit.
    static func total(_ series: ReadingSeries) -> Quantity {
        let total = Quantity(series.total, series.unit)
        guard series.unit.dimension == .energy, series.unit != .therm else { return total }
        do {
            return try total.converted(to: .kilowattHour, decimals: 9, rounding: .halfEven)
        } catch {
            return total
        }
    }

    /// How many readings have each quality: in the words of the source, else in the order of our
    /// vocabulary. Readings whose quality the source does not state are in no count.
    static func qualityCounts(_ series: ReadingSeries) -> [(word: String, count: Int)] {
        if let words = series.qualityWords {
            return words.sorted { $0.key < $1.key }.map { (word: $0.key, count: $0.value) }
        }
        var counts: [ReadingQuality: Int] = [:]
        for reading in series.readings { counts[reading.quality, default: 0] += 1 }
        return ReadingQuality.allCases.compactMap { quality in
            guard quality != .unstated, let count = counts[quality] else { return nil }
            return (quality.rawValue, count)
        }
    }
}

extension Inspection {
    private static func value(_ series: ReadingSeries) -> JSONText {
        let qualities = qualityCounts(series).map {
            JSONText.Member($0.word, .integer($0.count))
        }
        let total = total(series)
        return .object([
            .init("meter", .init(series.meter)),
            .init("channel", .init(series.channel)),
            .init("carrier", .text(series.carrier.rawValue)),
            .init("direction", .text(series.direction.rawValue)),
            .init("behaviour", .text(series.behaviour.rawValue)),
            .init("unit", .text(symbol(total.unit))),
            .init("readings", .integer(series.readings.count)),
            .init("missing", .integer(series.missing)),
            .init("total", .text(total.amount.description)),
            .init("start", .init(series.start?.description)),
            .init("end", .init(series.end?.description)),
            .init("quality", .object(qualities)),
        ])
    }

    private static func value(_ invoice: Invoice) -> JSONText {
        .object([
            .init("kind", .text(invoice.kind.rawValue)),
            .init("number", .init(stated(invoice.number))),
            .init("typeCode", .init(invoice.typeCode)),
            .init("issueDate", .init(invoice.issueDate?.description)),
            .init("currency", .init(invoice.currency)),
            .init("supplier", .init(invoice.supplier)),
            .init("period", value(invoice.period)),
            .init("lineTotal", .init(invoice.lineTotal?.description)),
            .init("taxExclusive", .init(invoice.taxExclusive?.description)),
            .init("payable", .init(invoice.payable?.description)),
            .init("lines", .list(invoice.lines.map(value))),
        ])
    }

    private static func value(_ line: Invoice.Line) -> JSONText {
        .object([
            .init("id", .init(stated(line.identifier))),
            .init("name", .init(line.name)),
            .init("quantity", .init(line.quantity?.description)),
            .init("unitCode", .init(line.unitCode)),
            .init("netAmount", .init(line.netAmount?.description)),
            .init("period", value(line.period)),
            .init("ledgerQuantity", .init(line.ledgerQuantity?.description)),
        ])
    }

    private static func value(_ period: Invoice.DatePair?) -> JSONText {
        guard let period, period.start != nil || period.end != nil else { return .null }
        return .list([.init(period.start?.description), .init(period.end?.description)])
    }

    private static func value(_ diagnostic: Diagnostic) -> JSONText {
        .object([
            .init("code", .text(diagnostic.code.rawValue)),
            .init("severity", .text(diagnostic.severity.rawValue)),
            .init("line", .init(diagnostic.location?.line)),
            .init("column", .init(diagnostic.location?.column)),
            .init("message", .text(diagnostic.message)),
            .init("hint", .init(diagnostic.hint)),
        ])
    }

    private static func stated(_ text: String) -> String? { text.isEmpty ? nil : text }
}
