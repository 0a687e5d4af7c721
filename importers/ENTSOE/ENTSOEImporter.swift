internal import Diagnostics
package import Documents
package import ImportKit

/// Reads generation and load documents of the ENTSO-E transparency platform.
///
/// They describe the grid, not what somebody used: the series are for factors.
///
/// Source: IEC 62325-451-6, generation and load document, in all its versions; ENTSO-E code list.
package struct ENTSOEImporter: Importer {
    package let format = "entsoe"

    private let pointLimit: Int

    /// - Parameter pointLimit: Documents with more points, or positions once expanded, are
    ///   refused, so that a hostile one ends early.
    package init(pointLimit: Int = 2_000_000) { self.pointLimit = pointLimit }

    package func recognises(_ document: Document) -> Bool {
        guard let root = XMLRoot.recognise(document), root.local.hasSuffix("_MarketDocument")
        else { return false }
        return root.namespace.isEmpty || root.namespace.hasPrefix("urn:iec62325.351:")
            || root.namespace.hasPrefix("urn:entsoe.eu:")
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            let reader = try XMLEvents.read(
                document,
                handler: MarketDocumentReader(file: document.name, pointLimit: pointLimit))
            let contents = DocumentContents(reader.document)
            switch contents {
            case .realised, .forecast:
                var assembly = GridAssembly(
                    reader.document, contents: contents, positionLimit: pointLimit,
                    file: document.name)
                let isByType = contents == .realised && reader.document.type == "A75"
                return imported(
                    try assembly.series(), assembly, isByType ? .generationByType : .other)
            case .noData(let text):
                return ImportedDocument(
                    format: format, subject: .grid(.other), outcome: .acceptEmpty,
                    diagnostics: [
                        Diagnostic(
                            .valueMissing, severity: .info,
                            at: SourceLocation(file: document.name),
                            "the platform had no data: '\(DiagnosticRenderer.quoted(text))'")
                    ])
            case .other(let what):
                throw Diagnostic(
                    .formatUnknown, at: SourceLocation(file: document.name), "this is \(what)",
                    hint: "ask for load (A65) or generation (A73, A74, A75), realised (A16)")
            }
        } catch {
            return .rejected(format: format, [error])
        }
    }

    private func imported(
        _ series: [ReadingSeries], _ assembly: GridAssembly,
        _ values: ImportedDocument.GridValues
    ) -> ImportedDocument {
        let findings = assembly.findings
        let outcome: ImportedDocument.Outcome =
            if !assembly.hasPeriods {
                .acceptEmpty
            } else if findings.hasConflict {
                .conflict
            } else if findings.quarantined > 0 {
                .quarantineRows
            } else {
                findings.hasWarning ? .acceptWithWarning : .accept
            }
        return ImportedDocument(
            format: format, subject: .grid(values), outcome: outcome, series: series,
            quarantined: findings.quarantined, diagnostics: findings.diagnostics,
            unlisted: findings.unlisted)
    }
}
