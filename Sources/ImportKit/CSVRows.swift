internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// Reads the rows below a header into series. A row at fault is set aside as a whole.
struct CSVRows {
    /// Meters, channels and the like: each has a record of its own.
    private static let largestSeriesCount = 100_000

    private let profile: Profile
    private let columns: CSVColumns
    private let cells: CSVCells
    private let referenceColumn: Int?
    private let supplierColumn: Int?

    private var row: CSVRow
    private var sections: CSVSections
    private var clock: CSVClock
    private var days: CSVDayClock?
    private var plain: CSVPlainRows?
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

    /// What a row says about one slot of one series.
    private struct Entry {
        var series: Int
        var span: (start: Instant, end: Instant)
        /// `nil` for a cell that says "no value".
        var value: ExactDecimal?
        var quality: ReadingQuality
    }

    init(_ table: CSVTable, profile: Profile) throws(Diagnostic) {
        let columns = try CSVColumns(table, for: profile)
        self.profile = profile
        self.columns = columns
        cells = CSVCells(profile, columns: columns)
        row = CSVRow(
            table.reader, constants: table.constants(for: profile),
            unwrapsExcelText: profile.layout.unwrapsExcelText)
        sections = CSVSections(profile, table: table, columns: columns)
        referenceColumn = columns.index(profile.reference.number)
        supplierColumn = columns.index(profile.reference.supplier)
        clock = CSVClock(profile.time, columns: columns)
        days = CSVDayClock(profile.time, names: profile.series[0].quantity)
        keys = profile.series.indices.map {
            CSVSeriesKeys(rule: $0, of: profile, columns: columns)
        }
        seriesByAnswer = profile.series.map { _ in [] }
        plain = CSVPlainRows(profile, table: table, columns: columns, key: keys[0].keyColumns)
    }

    /// Reads to the end.
    ///
    /// - Throws: a fault of the document: an unclosed quote, a limit, a sum that does not fit, a
    ///   word that needs an answer first.
    mutating func read() throws(Diagnostic) -> ImportedDocument {
        sections.begin(&row)
        while true {
            readPlainRows()
            guard try advance() else { break }
            guard !row.reader.isBlank, try sections.isData(&row) else { continue }
            rows += 1
            do throws(CSVRowFault) {
                try readRow()
            } catch {
                if error.asks { throw error.diagnostic(at: row) }
                quarantined += 1
                log.add(error.diagnostic(at: row), code: error.code)
            }
            guard builders.count <= Self.largestSeriesCount else {
                throw Diagnostic(
                    .csvLimitExceeded, at: row.location(nil),
                    "the file has more than \(Self.largestSeriesCount) series",
                    hint: "split the file into smaller ones")
            }
        }
        try sections.end(row)
        return try finished()
    }

    /// Reads on to the next row that is not plain, or not at hand.
    private mutating func readPlainRows() {
        // Taken out, so that each array has one owner while it grows.
        guard var plain = plain.take() else { return }
        var builders = self.builders
        self.builders = []
        let (bytes, rows) = plain.read(
            row.reader.unread, line: row.reader.nextLine, limit: row.reader.rowsLeft,
            into: &builders)
        row.reader.skip(bytes: bytes, rows: rows)
        self.rows += rows
        self.builders = builders
        self.plain = plain
    }

    /// A quote that opens on the last line of the file swallows nothing: that row is set aside.
    private mutating func advance() throws(Diagnostic) -> Bool {
        do {
            return try row.reader.advance()
        } catch {
            guard error.code == .csvQuoteUnclosed, row.reader.isOnLastLine else { throw error }
            rows += 1
            quarantined += 1
            log.add(error, code: error.code)
            return false
        }
    }

    // MARK: - One row

    private mutating func readRow() throws(CSVRowFault) {
        if let stray = row.reader.strayQuote {
            throw CSVRowFault(
                .csvQuoteStray, column: stray, "a quote stands inside the cell",
                hint: "put the cell in quotes and double the quote in it")
        }
        try checkLength()
        let selected = try selectedSeries()
        let stated = try clock.stated(row)
        let entries =
            days == nil
            ? try momentEntries(selected, stated) : try dayEntries(selected, stated.first)
        for (rule, series) in selected {
            guard let column = cells.deltaColumn(of: rule),
                let entry = entries.first(where: {
                    $0.series == series
                })
            else { continue }
            builders[series].control.add(
                cells.plainNumber(column, row), at: entry.span.start)
        }
        take(entries)
        if entries.count == 1, entries[0].value != nil {
            plain?.learn(row, series: entries[0].series, quality: entries[0].quality)
        }
    }

    private func checkLength() throws(CSVRowFault) {
        let count = row.reader.count
        if count == columns.count { return }
        let ragged = profile.layout.ragged
        if count < columns.count, ragged.contains(.short) { return }
        if ragged.contains(.padded), row.isEmpty(from: columns.count) { return }
        throw CSVRowFault(
            .csvRowRagged, column: nil,
            "the row has \(count) cells, the header \(columns.count)",
            hint: "look for a missing or an unquoted delimiter")
    }

    private mutating func momentEntries(
        _ selected: [(rule: Int, series: Int)], _ stated: CSVClock.Stated
    ) throws(CSVRowFault) -> [Entry] {
        // Labels are resolved before values are looked at: a row with a wrong value still tells
        // which of two equal labels comes next.
        var entries: [Entry] = []
        for (_, series) in selected {
            let span = try clock.span(stated, series: series, line: row.reader.line)
            entries.append(Entry(series: series, span: span, quality: .unstated))
        }
        let quality = try cells.quality(0, row)
        guard case .present(let quality) = quality else { return entries }
        for (index, rule) in selected.map(\.rule).enumerated() {
            entries[index].value = try cells.value(rule, 0, entries[index].span, row)
            entries[index].quality = quality
        }
        return entries
    }

    private mutating func dayEntries(
        _ selected: [(rule: Int, series: Int)], _ day: StatedTime
    ) throws(CSVRowFault) -> [Entry] {
        guard day.secondOfDay == 0 else {
            throw CSVRowFault(
                .dateInvalid, column: columns.index(profile.time.columns.first),
                "a row that holds a day begins at midnight")
        }
        let slots = days?.slots(of: day.date) ?? []
        var entries: [Entry] = []
        for (rule, series) in selected {
            for (index, slot) in slots.enumerated() {
                guard let span = try span(of: slot, rule, index) else { continue }
                var entry = Entry(series: series, span: span, quality: .unstated)
                if case .present(let quality) = try cells.quality(index, row) {
                    entry.value = try cells.value(rule, index, span, row)
                    entry.quality = quality
                }
                entries.append(entry)
            }
            if days?.hasGap ?? false { try checkGap(entries.filter { $0.series == series }, rule) }
        }
        if days?.isFolded ?? false { clock.note(fold: row.reader.line) }
        if let first = selected.first {
            checkTotal(entries.filter { $0.series == first.series }.map(\.value), first.rule)
        }
        return entries
    }

    /// - Returns: `nil` for a slot that the day does not have and the row leaves empty.
    private mutating func span(
        of slot: CSVDayClock.Slot, _ rule: Int, _ index: Int
    ) throws(CSVRowFault) -> (start: Instant, end: Instant)? {
        switch slot {
        case .span(let start, let end): return (start, end)
        case .beyond:
            if cells.isNothing(rule, index, row) { return nil }
            throw CSVRowFault(
                .timeInGap, column: cells.column(rule, index),
                "the day is over before this column, and it holds a value",
                hint: "does the file keep to the local clock?")
        case .skipped(let start, let end):
            if cells.isNothing(rule, index, row) { return nil }
            guard profile.time.keepsGaps else {
                throw CSVRowFault(
                    .timeInGap, column: cells.column(rule, index),
                    "the clock was set forward over this time, and it holds a value",
                    hint: "does the file keep to the local clock?")
            }
            clock.note(keptGap: row.reader.line)
            return (start, end)
        }
    }

    /// Where the skipped hour and the one behind it both hold values, the file has another clock.
    private func checkGap(_ entries: [Entry], _ rule: Int) throws(CSVRowFault) {
        let starts = entries.filter { $0.value != nil }.map(\.span.start)
        guard Set(starts).count < starts.count else { return }
        throw CSVRowFault(
            .timeInGap, column: cells.column(rule, 0),
            "the hour that the clock skipped holds values, and so does the hour behind it",
            hint: "which clock does the file keep? state its zone in a profile")
    }

    private mutating func checkTotal(_ values: [ExactDecimal?], _ rule: Int) {
        guard let difference = cells.totalDifference(values, rule, row) else { return }
        log.add(
            Diagnostic(
                .controlTotalDiffers, at: row.location(difference.column), difference.message,
                hint: "the values are taken, not the total: ask which holds"),
            code: .controlTotalDiffers)
    }

    // MARK: - Which series

    private mutating func selectedSeries() throws(CSVRowFault) -> [(rule: Int, series: Int)] {
        var selected: [(rule: Int, series: Int)] = []
        for rule in keys.indices where cells.has(rule) {
            let (number, isNew) = keys[rule].number(row)
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

    private mutating func take(_ entries: [Entry]) {
        let reference = optionalText(referenceColumn)
        let supplier = optionalText(supplierColumn)
        if supplier != lastSupplier {
            lastSupplier = supplier
            if let supplier { warnIfSuspicious(supplier) }
        }
        if let reference { warnIfSuspicious(reference) }
        let line = row.reader.line
        for entry in entries {
            guard let value = entry.value else {
                builders[entry.series].missing.append(
                    .init(start: entry.span.start, end: entry.span.end, line: line))
                continue
            }
            builders[entry.series].readings.append(
                Reading(
                    start: entry.span.start, end: entry.span.end, value: value,
                    quality: entry.quality, line: line, identifier: reference,
                    supplier: lastSupplier))
        }
    }

    private func optionalText(_ column: Int?) -> String? {
        guard let column else { return nil }
        let text = row.text(column)
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
                .textSuspicious, at: row.location(nil), message,
                hint: "compare it with the bill, letter by letter"),
            code: .textSuspicious)
    }

    private mutating func finished() throws(Diagnostic) -> ImportedDocument {
        clock.report(to: &log, file: row.reader.file)
        let results = try CSVResults(builders, profile, file: row.reader.file, log: &log)
        quarantined += results.setAside.count
        if ExactDecimal(rows).isExceeded(by: quarantined, share: profile.check.quarantineLimit) {
            log.add(
                Diagnostic(
                    .quarantineLimit, at: SourceLocation(file: row.reader.file),
                    "\(quarantined) of \(rows) rows are set aside: too many to book the rest",
                    hint: "correct the file or the profile"),
                code: .quarantineLimit)
        }
        let diagnostics = log.finished(file: row.reader.file)
        return ImportedDocument(
            format: CSVImporter.format, profile: profile.id, profileHash: profile.hash,
            outcome: outcome(diagnostics), series: results.series, quarantined: quarantined,
            diagnostics: diagnostics, unlisted: log.unlisted)
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
