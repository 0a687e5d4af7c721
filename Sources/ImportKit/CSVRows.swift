internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// Reads the rows below a header into series. A row at fault is set aside as a whole.
struct CSVRows {
    private let profile: Profile
    private let columns: CSVColumns
    private let numbers: CSVNumberReader
    private let quantities: [QuantityCell]
    private let qualityColumn: Int?
    private let referenceColumn: Int?
    private let supplierColumn: Int?
    private let missing: Set<[UInt8]>

    /// What a value of a rule must be; apart from the rule, whose copies cost more than a row.
    private struct QuantityCell {
        var column: Int
        var behaviour: ReadingBehaviour
        var allowsNegative: Bool
    }

    private var reader: CSVReader
    private var clock: CSVClock
    private var keys: [CSVSeriesKeys]
    /// The series of each answer of `keys`, rule by rule.
    private var seriesByAnswer: [[Int?]]
    private var seriesByIdentity: [CSVSeriesIdentity: Int] = [:]
    private var builders: [CSVSeriesBuilder] = []
    private var texts = CSVTextCheck()
    private var log = CSVDiagnosticLog()
    private var lastSupplier: String?

    private var rows = 0
    private var quarantined = 0

    init(_ reader: CSVReader, header: [String], profile: Profile) throws(Diagnostic) {
        let columns = try CSVColumns(header, for: profile, reader: reader)
        self.profile = profile
        self.columns = columns
        self.reader = reader
        numbers = CSVNumberReader(notation: profile.layout.notation)
        quantities = profile.series.compactMap { rule in
            columns.index(rule.quantity).map {
                QuantityCell(
                    column: $0, behaviour: rule.behaviour, allowsNegative: rule.allowsNegative)
            }
        }
        qualityColumn = columns.index(profile.quality?.column)
        referenceColumn = columns.index(profile.reference.number)
        supplierColumn = columns.index(profile.reference.supplier)
        missing = Set(profile.layout.missing.map { Array($0.utf8) })
        clock = CSVClock(profile.time, columns: columns)
        keys = profile.series.indices.map {
            CSVSeriesKeys(rule: $0, of: profile, columns: columns)
        }
        seriesByAnswer = profile.series.map { _ in [] }
    }

    /// Reads to the end.
    ///
    /// - Throws: a fault of the document: an unclosed quote, a limit, a sum that does not fit.
    mutating func read() throws(Diagnostic) -> ImportedDocument {
        while try reader.advance() {
            guard !reader.isBlank else { continue }
            rows += 1
            do throws(CSVRowFault) {
                try readRow()
            } catch {
                quarantined += 1
                let location =
                    error.column.map { reader.location($0) }
                    ?? SourceLocation(file: reader.file, line: reader.line)
                log.add(
                    Diagnostic(
                        error.code, severity: .error, at: location, error.message,
                        hint: error.hint),
                    code: error.code)
            }
        }
        return try finished()
    }

    // MARK: - One row

    private mutating func readRow() throws(CSVRowFault) {
        if let stray = reader.strayQuote {
            throw CSVRowFault(
                .csvQuoteStray, column: stray, "a quote stands inside the cell",
                hint: "put the cell in quotes and double the quote in it")
        }
        guard reader.count == columns.names.count else {
            throw CSVRowFault(
                .csvRowRagged, column: nil,
                "the row has \(reader.count) cells, the header \(columns.names.count)",
                hint: "look for a missing or an unquoted delimiter")
        }
        let selected = try selectedSeries()
        let stated = try clock.stated(reader)
        // Labels are resolved before values are looked at: a row with a wrong value still tells
        // which of two equal labels comes next.
        var spans: [(start: Instant, end: Instant)] = []
        for (_, series) in selected {
            spans.append(try clock.span(stated, series: series, line: reader.line))
        }
        let quality = try statedQuality()
        var values: [ExactDecimal?] = []
        for ((rule, _), span) in zip(selected, spans) {
            values.append(quality == .missing ? nil : try value(rule, span))
        }
        take(selected.map(\.series), spans, values, quality)
    }

    private mutating func selectedSeries() throws(CSVRowFault) -> [(rule: Int, series: Int)] {
        var selected: [(rule: Int, series: Int)] = []
        for rule in keys.indices {
            let (number, isNew) = keys[rule].number(reader)
            if isNew { register(keys[rule].answers[number], rule) }
            if let series = seriesByAnswer[rule][number] {
                selected.append((rule, series))
            } else if case .fault(let fault) = keys[rule].answers[number] {
                throw fault
            }
        }
        guard selected.isEmpty else { return selected }
        throw CSVRowFault(
            .readingTypeUnresolved, column: nil, "no series of the profile takes this row",
            hint: "add a [[series]] with a 'where' for such rows")
    }

    private mutating func register(_ answer: CSVSeriesKeys.Answer, _ rule: Int) {
        guard case .identity(let identity) = answer else {
            seriesByAnswer[rule].append(nil)
            return
        }
        if let known = seriesByIdentity[identity] {
            seriesByAnswer[rule].append(known)
            return
        }
        seriesByIdentity[identity] = builders.count
        seriesByAnswer[rule].append(builders.count)
        builders.append(CSVSeriesBuilder(identity))
        for text in [identity.meter, identity.channel].compactMap(\.self) { warnIfSuspicious(text) }
        if let meter = identity.meter, let twin = texts.twin(of: meter) {
            warn("the meter '\(meter)' looks like '\(twin)' and is another")
        }
    }

    private func statedQuality() throws(CSVRowFault) -> Profile.StatedQuality {
        guard let rule = profile.quality, let column = qualityColumn else {
            return .present(.unstated)
        }
        let word = reader.text(column)
        if let quality = rule.map[word] { return quality }
        throw CSVRowFault(
            .readingTypeUnresolved, column: column,
            "'\(DiagnosticRenderer.quoted(word))' is no quality that the profile knows",
            hint: "the profile knows "
                + rule.map.keys.sorted().map { "'\($0)'" }.joined(separator: ", "))
    }

    /// - Returns: `nil` for a cell that says "no value".
    private func value(
        _ rule: Int, _ span: (start: Instant, end: Instant)
    ) throws(CSVRowFault) -> ExactDecimal? {
        let quantity = quantities[rule]
        let column = quantity.column
        let isMissing = reader.withTrimmedCell(column) { bytes in
            // Only short texts can be markers; the set is asked for those that are no number.
            bytes.count <= 32 && (bytes.isEmpty || !Self.beginsNumber(bytes[0]))
                && missing.contains(bytes.indices.map { bytes[$0] })
        }
        if isMissing { return nil }
        var value: ExactDecimal
        do throws(QuantityError) {
            value = try number(column)
            if quantity.behaviour == .meanPower {
                let seconds = span.end.secondsSinceEpoch - span.start.secondsSinceEpoch
                value = try value.multiplied(by: ExactDecimal(seconds))
            }
        } catch {
            let text = DiagnosticRenderer.quoted(reader.text(column))
            throw error == .notADecimal
                ? CSVRowFault(
                    .numberInvalid, column: column,
                    "'\(text)' is no number with the decimal mark of the profile",
                    hint: "a word for 'no value' belongs into 'missing' of the profile")
                : CSVRowFault(
                    .numberOutOfRange, column: column,
                    "'\(text)' has more than 38 digits or an exponent beyond 30",
                    hint: "write the number in plain digits")
        }
        try checkSign(value, quantity)
        return value
    }

    private func number(_ column: Int) throws(QuantityError) -> ExactDecimal {
        let result = reader.withTrimmedCell(column) { bytes in
            Result { () throws(QuantityError) in try numbers.read(bytes) }
        }
        return try result.get()
    }

    private static func beginsNumber(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private func checkSign(
        _ value: ExactDecimal, _ quantity: QuantityCell
    ) throws(CSVRowFault) {
        guard value.isNegative, !quantity.allowsNegative, quantity.behaviour != .cumulative else {
            return
        }
        throw CSVRowFault(
            .consumptionNegative, column: quantity.column, "the quantity '\(value)' is below zero",
            hint: "a correction needs a profile that says 'negative = true'")
    }

    private mutating func take(
        _ series: [Int], _ spans: [(start: Instant, end: Instant)], _ values: [ExactDecimal?],
        _ quality: Profile.StatedQuality
    ) {
        let reference = optionalText(referenceColumn)
        let supplier = optionalText(supplierColumn)
        if supplier != lastSupplier {
            lastSupplier = supplier
            if let supplier { warnIfSuspicious(supplier) }
        }
        if let reference { warnIfSuspicious(reference) }
        for (index, series) in series.enumerated() {
            let (start, end) = spans[index]
            guard let value = values[index], case .present(let quality) = quality else {
                builders[series].missing.append(.init(start: start, end: end, line: reader.line))
                continue
            }
            builders[series].readings.append(
                Reading(
                    start: start, end: end, value: value, quality: quality, line: reader.line,
                    identifier: reference, supplier: lastSupplier))
        }
    }

    private func optionalText(_ column: Int?) -> String? {
        guard let column else { return nil }
        let text = reader.text(column)
        return text.isEmpty ? nil : text
    }

    // MARK: - Warnings and the end

    private mutating func warnIfSuspicious(_ text: String) {
        guard let suspicion = CSVTextCheck.suspicion(in: text) else { return }
        warn("'\(DiagnosticRenderer.quoted(text))' \(suspicion)")
    }

    private mutating func warn(_ message: String) {
        log.add(
            Diagnostic(
                .textSuspicious, at: SourceLocation(file: reader.file, line: reader.line), message,
                hint: "compare it with the bill, letter by letter"),
            code: .textSuspicious)
    }

    private mutating func finished() throws(Diagnostic) -> ImportedDocument {
        for line in clock.lonelyFoldLines {
            log.add(
                Diagnostic(
                    .timeAmbiguous, severity: .warning,
                    at: SourceLocation(file: reader.file, line: line),
                    "the clock shows this time twice, the file names it once",
                    hint: "an hour is lost, or two were merged: ask for the values in UTC"),
                code: .timeAmbiguous)
        }
        var series: [ReadingSeries] = []
        for builder in builders {
            let finished = try builder.finished(for: profile, file: reader.file, log: &log)
            if let finished { series.append(finished) }
        }
        if ExactDecimal(rows).isExceeded(by: quarantined, share: profile.quarantineLimit) {
            log.add(
                Diagnostic(
                    .quarantineLimit, at: SourceLocation(file: reader.file),
                    "\(quarantined) of \(rows) rows are set aside: too many to book the rest",
                    hint: "correct the file or the profile"),
                code: .quarantineLimit)
        }
        let diagnostics = log.finished(file: reader.file)
        return ImportedDocument(
            format: CSVImporter.format, profile: profile.id, profileHash: profile.hash,
            outcome: outcome(diagnostics), series: series, quarantined: quarantined,
            diagnostics: diagnostics)
    }

    private func outcome(_ diagnostics: [Diagnostic]) -> ImportedDocument.Outcome {
        if rows == 0 { return .acceptEmpty }
        let contested = [DiagnosticCode.readingConflict, .periodOverlap, .registerFalls]
        if contested.contains(where: { log.count(of: $0) > 0 }) { return .conflict }
        if quarantined > 0 { return .quarantineRows }
        return diagnostics.isEmpty ? .accept : .acceptWithWarning
    }
}

extension ExactDecimal {
    /// Whether `count` is more than a share of this number.
    fileprivate func isExceeded(by count: Int, share: ExactDecimal) -> Bool {
        do {
            return try multiplied(by: share) < ExactDecimal(count)
        } catch {
            preconditionFailure("A share of a count of rows fits.")
        }
    }
}
