internal import Diagnostics
package import Documents
package import ImportKit

/// Reads files of AEMO's Meter Data File Format: interval data (NEM12) and basic reads (NEM13).
///
/// Source: AEMO, Meter Data File Format Specification NEM12 & NEM13.
package struct NEM12Importer: Importer {
    package let format = MeterDataReader.Format.intervals.rawValue
    package let mediaType = "text/csv"

    private let valueLimit: Int

    /// - Parameter valueLimit: Files with more values are refused, so that a hostile one ends
    ///   early.
    package init(valueLimit: Int = 10_000_000) { self.valueLimit = valueLimit }

    package func recognises(_ document: Document) -> Bool {
        FirstRecord(of: document).isOfThisFormat
    }

    package func read(_ document: Document) -> ImportedDocument {
        let format = FirstRecord(of: document).format ?? .intervals
        do throws(Diagnostic) {
            var reader = try MeterDataReader(document, valueLimit: valueLimit)
            try reader.read()
            var series: [ReadingSeries] = []
            for stream in reader.takeStreams() where !stream.claims.isEmpty {
                series.append(try StreamSeries(stream: stream).series(&reader.findings))
            }
            try reportLeftOut(&reader, beside: series)
            return ImportedDocument(
                format: (reader.format ?? format).rawValue, outcome: outcome(reader),
                series: series, quarantined: reader.findings.quarantined,
                diagnostics: reader.findings.diagnostics + limit(reader),
                unlisted: reader.findings.unlisted)
        } catch {
            return .rejected(format: format.rawValue, [error])
        }
    }

    /// - Throws: where nothing else is in the file.
    private func reportLeftOut(
        _ reader: inout MeterDataReader, beside series: [ReadingSeries]
    ) throws(Diagnostic) {
        let reasons = reader.leftOut.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
        if let only = reasons.first, series.isEmpty, reader.findings.quarantined == 0,
            reader.dataRecords > 0
        {
            throw reader.findings.refusal(
                .readingTypeUnresolved, line: only.value,
                "the file holds no amounts of energy: \(DiagnosticRenderer.quoted(only.key))",
                hint: "ask for the streams in kWh")
        }
        for (reason, line) in reasons {
            reader.findings.warn(.readingTypeUnresolved, line: line, "left out: \(reason)")
        }
    }

    /// Beyond one record in twenty set aside, nothing of the file is booked.
    private func limit(_ reader: MeterDataReader) -> [Diagnostic] {
        let quarantined = reader.findings.quarantined
        guard quarantined * 20 > reader.dataRecords else { return [] }
        return [
            reader.findings.refusal(
                .quarantineLimit, line: nil,
                "\(quarantined) of \(reader.dataRecords) records are set aside: too many to book "
                    + "the rest", hint: "correct the file, or ask for it again")
        ]
    }

    private func outcome(_ reader: MeterDataReader) -> ImportedDocument.Outcome {
        if reader.dataRecords == 0 { return .acceptEmpty }
        if reader.findings.hasConflict { return .conflict }
        if reader.findings.quarantined > 0 { return .quarantineRows }
        return reader.findings.hasWarning ? .acceptWithWarning : .accept
    }
}
