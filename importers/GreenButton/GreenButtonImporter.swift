internal import Diagnostics
package import Documents
package import ImportKit

/// Reads Green Button feeds: NAESB ESPI 1.1 to 4.0 in Atom.
package struct GreenButtonImporter: Importer {
    package let format = "green-button"

    package init() {}

    /// Feeds of a year of many meters are read piece by piece.
    package var largestDocument: Int { XMLLimits.default.documentBytes }

    package func recognises(_ document: Document) -> Bool {
        guard let root = XMLRoot.recognise(document) else { return false }
        switch root.namespace {
        case FeedElement.atomNamespace: return root.local == "feed" || root.local == "entry"
        case FeedElement.energyNamespace: return true
        case _: return false
        }
    }

    package func read(_ document: Document) -> ImportedDocument {
        do throws(Diagnostic) {
            let feed = try XMLEvents.read(document, handler: OutlineHandler()).outline
            if let line = feed.foreignReadingLine {
                throw Findings(file: document.name).foreignReading(line)
            }
            guard feed.hasReadings else {
                return ImportedDocument(format: format, outcome: .acceptEmpty)
            }
            var assembly = try XMLEvents.read(
                document, handler: ReadingsHandler(feed, file: document.name)
            ).assembly
            let series = try assembly.series()
            return ImportedDocument(
                format: format, outcome: Self.outcome(of: assembly), series: series,
                quarantined: assembly.findings.quarantined,
                diagnostics: assembly.findings.diagnostics,
                unlisted: assembly.findings.unlisted)
        } catch {
            return .rejected(format: format, [error])
        }
    }

    private static func outcome(of assembly: FeedAssembly) -> ImportedDocument.Outcome {
        let findings = assembly.findings
        if !assembly.hasReadings { return .acceptEmpty }
        if findings.hasConflict { return .conflict }
        if findings.quarantined > 0 { return .quarantineRows }
        return findings.hasWarning ? .acceptWithWarning : .accept
    }
}

extension Findings {
    fileprivate func foreignReading(_ line: Int) -> Diagnostic {
        refusal(
            .xmlStructure, line: line,
            "'IntervalReading' stands outside the namespace '\(FeedElement.energyNamespace)'",
            hint: "ask the sender for a feed as the ESPI schema has it")
    }
}
