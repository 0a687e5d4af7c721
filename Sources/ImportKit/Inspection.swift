internal import Diagnostics
package import Hashing
internal import Inventory
internal import Quantities
internal import TextForms

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
        let members: [(String, JSONText)] = [
            ("file", .string(file)),
            ("sha256", .string(digest.hexadecimal)),
            ("format", .string(document.format)),
            ("profile", .optional(document.profile)),
            ("outcome", .string(document.outcome.rawValue)),
            ("series", .array(document.series.map(Self.value))),
            ("invoices", .array(document.invoices.map(Self.value))),
            ("declarations", .array(document.declarations.map(Self.value))),
            ("records", .array(document.records.map(Self.value))),
            ("quarantined", .integer(document.quarantined)),
            ("diagnostics", .array(document.diagnostics.map(Self.value))),
        ]
        return JSONText.object(members).written()
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
            ($0.word, JSONText.integer($0.count))
        }
        let total = total(series)
        return .object([
            ("meter", .optional(series.meter)),
            ("channel", .optional(series.channel)),
            ("carrier", .string(series.carrier.rawValue)),
            ("direction", .string(series.direction.rawValue)),
            ("behaviour", .string(series.behaviour.rawValue)),
            ("unit", .string(symbol(total.unit))),
            ("readings", .integer(series.readings.count)),
            ("missing", .integer(series.missing)),
            ("total", .string(total.amount.description)),
            ("start", .optional(series.start?.description)),
            ("end", .optional(series.end?.description)),
            ("quality", .object(qualities)),
        ])
    }

    private static func value(_ record: StatedRecord) -> JSONText {
        .object(
            [("kind", .string(record.kind)), ("line", .integer(record.line))]
                + record.members.map { ($0.name, .optional($0.value)) })
    }

    private static func value(_ invoice: Invoice) -> JSONText {
        .object([
            ("kind", .string(invoice.kind.rawValue)),
            ("number", .optional(stated(invoice.number))),
            ("typeCode", .optional(invoice.typeCode)),
            ("issueDate", .optional(invoice.issueDate?.description)),
            ("currency", .optional(invoice.currency)),
            ("supplier", .optional(invoice.supplier)),
            ("period", value(invoice.period)),
            ("lineTotal", .optional(invoice.lineTotal?.description)),
            ("taxExclusive", .optional(invoice.taxExclusive?.description)),
            ("payable", .optional(invoice.payable?.description)),
            ("lines", .array(invoice.lines.map(value))),
        ])
    }

    private static func value(_ line: Invoice.Line) -> JSONText {
        .object([
            ("id", .optional(stated(line.identifier))),
            ("name", .optional(line.name)),
            ("quantity", .optional(line.quantity?.description)),
            ("unitCode", .optional(line.unitCode)),
            ("netAmount", .optional(line.netAmount?.description)),
            ("period", value(line.period)),
            ("ledgerQuantity", .optional(line.ledgerQuantity?.description)),
        ])
    }

    private static func value(_ period: Invoice.DatePair?) -> JSONText {
        guard let period, period.start != nil || period.end != nil else { return .null }
        return .array([.optional(period.start?.description), .optional(period.end?.description)])
    }

    private static func value(_ diagnostic: Diagnostic) -> JSONText {
        .object([
            ("code", .string(diagnostic.code.rawValue)),
            ("severity", .string(diagnostic.severity.rawValue)),
            ("line", .optional(diagnostic.location?.line)),
            ("column", .optional(diagnostic.location?.column)),
            ("message", .string(diagnostic.message)),
            ("hint", .optional(diagnostic.hint)),
        ])
    }

    private static func stated(_ text: String) -> String? { text.isEmpty ? nil : text }
}
