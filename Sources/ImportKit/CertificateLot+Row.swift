internal import Diagnostics
internal import Inventory
internal import Quantities

extension CertificateLot {
    /// Reads a row. One certificate stands for one MWh, so that the length of the serial range is
    /// the quantity.
    ///
    /// - Parameter separator: What stands between both serial numbers in one cell.
    init(_ row: RecordRow, separator: String?) throws(CSVRowFault) {
        registry = try row.required(.registry)
        (serialFrom, serialTo) = try Self.serials(row, separator)
        let energy = Quantity(try row.amount(.quantity), try row.unit(of: .energy))
        self.energy = energy
        technology = try row.word(.technology, of: CertificateTechnology.self)
        country = try Self.country(row)
        guard let production = try row.period(.productionStart, .productionEnd) else {
            throw row.missing(.productionStart)
        }
        self.production = production
        facility = try row.required(.facility)
        beneficiary = try row.text(.beneficiary)
        cancelledOn = try row.date(.cancelled)
        use = try row.period(.useStart, .useEnd)
        line = row.line
        if cancelledOn != nil, use == nil { throw row.missing(.useStart) }
        try Self.check(from: serialFrom, to: serialTo, energy, row)
    }

    private static func serials(
        _ row: RecordRow, _ separator: String?
    ) throws(CSVRowFault) -> (String, String) {
        guard let separator else {
            return (try row.required(.serialFrom), try row.required(.serialTo))
        }
        let text = try row.required(.serials)
        guard let gap = text.firstRange(of: separator) else {
            throw CSVRowFault(
                .certificateRangeInvalid, column: row.column(.serials),
                "'\(DiagnosticRenderer.quoted(text))' holds no '\(separator)'",
                hint: "the profile says what stands between the first and the last number")
        }
        return (String(text[..<gap.lowerBound]), String(text[gap.upperBound...]))
    }

    private static func country(_ row: RecordRow) throws(CSVRowFault) -> String {
        let text = try row.required(.country)
        guard text.utf8.count == 2, text.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw CSVRowFault(
                .readingTypeUnresolved, column: row.column(.country),
                "'\(DiagnosticRenderer.quoted(text))' is no code of a country",
                hint: "write two letters of ISO 3166-1, or name the word in [words] of the profile")
        }
        return text
    }

    private static func check(
        from: String, to: String, _ energy: Quantity, _ row: RecordRow
    ) throws(CSVRowFault) {
        let column = row.column(.serialFrom) ?? row.column(.serials)
        guard let range = SerialRange(from: from, to: to) else {
            throw CSVRowFault(
                .certificateRangeInvalid, column: column,
                "'\(DiagnosticRenderer.quoted(from))' to '\(DiagnosticRenderer.quoted(to))' is no "
                    + "range of serial numbers",
                hint: "both begin alike and end in digits, the first is not above the last")
        }
        let count = ExactDecimal(mantissa: range.count, exponent: 0)
        let megawattHours: ExactDecimal?
        do throws(QuantityError) {
            megawattHours = try energy.converted(to: .megawattHour).amount
        } catch {
            megawattHours = nil
        }
        guard megawattHours == count else {
            throw CSVRowFault(
                .certificateRangeInvalid, column: row.column(.quantity),
                "the range holds \(count) certificates of one MWh, the row states '\(energy)'",
                hint: "both ends of the range count; ask the registry which figure holds")
        }
    }
}

/// Serial ranges of one document: a certificate can be held once and cancelled once.
struct SerialBook {
    struct Conflict {
        let line: Int
        let message: String
    }

    private struct Entry {
        let range: SerialRange
        let line: Int
    }

    private struct Key: Hashable {
        let registry: String
        let prefix: String
        let isCancelled: Bool
    }

    private var entries: [Key: [Entry]] = [:]

    mutating func add(_ lot: CertificateLot) {
        guard let range = SerialRange(from: lot.serialFrom, to: lot.serialTo) else { return }
        let key = Key(
            registry: lot.registry, prefix: range.prefix, isCancelled: lot.cancelledOn != nil)
        entries[key, default: []].append(Entry(range: range, line: lot.line))
    }

    /// Ranges that share a certificate with an earlier one, found in the order of their numbers.
    var contested: [Conflict] {
        var conflicts: [Conflict] = []
        for (key, entries) in entries {
            var widest: Entry?
            for entry in entries.sorted(by: {
                ($0.range.first, $0.line) < ($1.range.first, $1.line)
            }) {
                if let before = widest, before.range.overlaps(entry.range) {
                    let (first, second) = (
                        min(before.line, entry.line), max(before.line, entry.line)
                    )
                    conflicts.append(
                        Conflict(
                            line: second,
                            message: "certificates of this row are \(Self.word(key)) in line "
                                + "\(first) already"))
                }
                if widest.map({ $0.range.last < entry.range.last }) ?? true { widest = entry }
            }
        }
        return conflicts.sorted { $0.line < $1.line }
    }

    private static func word(_ key: Key) -> String { key.isCancelled ? "cancelled" : "held" }
}
