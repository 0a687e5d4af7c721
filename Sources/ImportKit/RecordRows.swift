internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// Reads the rows below a header into records or purchases. A row at fault is set aside as a whole.
struct RecordRows {
    private let profile: RecordProfile
    private let width: Int
    private let columns: [RecordField: Int]
    private var reader: CSVReader
    private var texts = CSVTextCheck()
    private var log = CSVDiagnosticLog()
    private var rows = 0
    private var quarantined = 0
    private var records: [StatedRecord] = []
    private var purchases = PurchaseBook()
    private var serials = SerialBook()

    /// - Throws: `csv-header-invalid` where a column that the profile uses stands twice.
    init(_ table: CSVTable, profile: RecordProfile) throws(Diagnostic) {
        self.profile = profile
        reader = table.reader
        width = table.names.count
        let used = Set(profile.columns.values)
        var places: [String: Int] = [:]
        for (index, name) in table.names.enumerated() where used.contains(name) {
            guard places.updateValue(index, forKey: name) == nil else {
                throw Diagnostic(
                    .csvHeaderInvalid, at: reader.location(index),
                    "the column '\(DiagnosticRenderer.quoted(name))' stands twice",
                    hint: "which one holds? rename or remove the other")
            }
        }
        columns = profile.columns.compactMapValues { places[$0] }
    }

    /// Reads to the end.
    ///
    /// - Throws: a fault of the document: an unclosed quote, a limit.
    mutating func read() throws(Diagnostic) -> ImportedDocument {
        while try reader.advance() {
            guard !reader.isBlank else { continue }
            guard rows < reader.limits.records else {
                throw Diagnostic(
                    .csvLimitExceeded, at: SourceLocation(file: reader.file, line: reader.line),
                    "the file has more than \(reader.limits.records) records",
                    hint: "split the file into smaller ones")
            }
            rows += 1
            do throws(CSVRowFault) {
                try readRow()
            } catch {
                quarantined += 1
                let place =
                    error.column.map { reader.location($0) }
                    ?? SourceLocation(file: reader.file, line: reader.line)
                log.add(
                    Diagnostic(
                        error.code, severity: .error, at: place, error.message, hint: error.hint),
                    code: error.code)
            }
        }
        return finished()
    }

    private mutating func readRow() throws(CSVRowFault) {
        if let stray = reader.strayQuote {
            throw CSVRowFault(
                .csvQuoteStray, column: stray, "a quote stands inside the cell",
                hint: "put the cell in quotes and double the quote in it")
        }
        guard reader.count == width else {
            throw CSVRowFault(
                .csvRowRagged, column: nil,
                "the row has \(reader.count) cells, the header \(width)",
                hint: "look for a missing or an unquoted delimiter")
        }
        let row = RecordRow(profile, columns, reader)
        switch profile.kind {
        case .procurement: try purchases.add(row)
        case .refrigerant: records.append(.refrigerant(try RefrigerantService(row)))
        case .certificate:
            let lot = try CertificateLot(row, separator: profile.serialSeparator)
            records.append(.certificate(lot))
            serials.add(lot)
        case .cloud: records.append(.footprint(try StatedFootprint(row)))
        }
        for field in Self.identifiers {
            if let text = try row.text(field) { warnIfSuspicious(text) }
        }
    }

    /// Fields that name something, in which one letter for another would matter.
    private static let identifiers: [RecordField] = [
        .supplier, .number, .line, .facility, .equipment, .refrigerant, .registry, .serialFrom,
        .serialTo, .provider, .account,
    ]

    private mutating func warnIfSuspicious(_ text: String) {
        guard let suspicion = CSVTextCheck.suspicion(in: text) else { return }
        log.add(
            Diagnostic(
                .textSuspicious, at: SourceLocation(file: reader.file, line: reader.line),
                "'\(DiagnosticRenderer.quoted(text))' \(suspicion)",
                hint: "compare it with the document, letter by letter"),
            code: .textSuspicious)
    }

    private mutating func finished() -> ImportedDocument {
        let contested = serials.contested
        for conflict in contested {
            log.add(
                Diagnostic(
                    .certificateClaimedTwice,
                    at: SourceLocation(file: reader.file, line: conflict.line), conflict.message,
                    hint: "a certificate counts once: ask the registry which row holds"),
                code: .certificateClaimedTwice)
        }
        if let limit = RowQuarantine.diagnostic(
            quarantined, of: rows, limit: profile.quarantineLimit, file: reader.file)
        {
            log.add(limit, code: .quarantineLimit)
        }
        for warning in StatedFootprint.oneSided(records, reader.file) {
            log.add(warning, code: warning.code)
        }
        let invoices = purchases.invoices
        let findings = invoices.flatMap { PurchaseBook.findings($0, reader.file) }
        let diagnostics = log.finished(file: reader.file) + findings
        return ImportedDocument(
            format: CSVImporter.format, profile: profile.id, profileHash: profile.hash,
            outcome: outcome(diagnostics, isContested: !contested.isEmpty), invoices: invoices,
            records: records, quarantined: quarantined, diagnostics: diagnostics,
            unlisted: log.unlisted)
    }

    private func outcome(
        _ diagnostics: [Diagnostic], isContested: Bool
    ) -> ImportedDocument.Outcome {
        if rows == 0 { return .acceptEmpty }
        if isContested { return .conflict }
        if quarantined > 0 { return .quarantineRows }
        return diagnostics.isEmpty ? .accept : .acceptWithWarning
    }
}

/// When too many rows are set aside to book the rest.
enum RowQuarantine {
    static func diagnostic(
        _ count: Int, of rows: Int, limit: ExactDecimal, file: String
    ) -> Diagnostic? {
        do throws(QuantityError) {
            guard try ExactDecimal(rows).multiplied(by: limit) < ExactDecimal(count) else {
                return nil
            }
        } catch {
            preconditionFailure("A share of a count of rows fits.")
        }
        return Diagnostic(
            .quarantineLimit, at: SourceLocation(file: file),
            "\(count) of \(rows) rows are set aside: too many to book the rest",
            hint: "correct the file or the profile")
    }
}
