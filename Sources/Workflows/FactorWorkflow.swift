internal import AuditTrail
package import Diagnostics
package import Documents
internal import FactorLibrary
internal import ImportKit
internal import Inventory
internal import LedgerStore
internal import Quantification

/// Brings factor versions into the book. A version is immutable: the same again changes nothing,
/// another content under the same identity is refused.
package struct FactorWorkflow: Sendable {
    package struct Report: Sendable {
        package var added = 0
        package var present = 0
        package var gwpTables = 0
        package var blends = 0
        package var diagnostics: [Diagnostic] = []
    }

    private let book: Book

    package init(book: Book) { self.book = book }

    /// Loads the library the program ships: factors, GWP tables, refrigerant blends.
    package func loadShipped(dryRun: Bool) throws(Refusal) -> Report {
        let factors: [EmissionFactor]
        let tables: [GWPTable]
        let blends: [RefrigerantBlend]
        do {
            factors = try FactorLibrary.shippedFactors()
            tables = try FactorLibrary.gwpTables()
            blends = try FactorLibrary.refrigerantBlends()
        } catch {
            throw Refusal(
                Diagnostic(.factorInvalid, "the shipped factor library is faulty: \(error)"))
        }
        let state = try book.state()
        let newTables = tables.filter { state.gwpTables[$0.set] != $0 }
        let newBlends = blends.filter { state.blends[$0.name] != $0 }
        var (bodies, report) = try bodies(factors, state, file: "shipped library")
        report.gwpTables = newTables.count
        report.blends = newBlends.count
        bodies =
            newTables.map(RecordBody.gwpTable) + newBlends.map(RecordBody.refrigerantBlend)
            + bodies
        if !dryRun, !bodies.isEmpty { try book.append(bodies, onto: state.head.size) }
        return report
    }

    /// Loads a user's own pack, with its document as evidence.
    ///
    /// - Throws: every fault of the pack; then nothing is loaded.
    package func load(_ document: Document, dryRun: Bool) throws(Refusal) -> Report {
        let pack = FactorPackReader.read(document)
        let errors = pack.diagnostics.filter { $0.severity == .error }
        guard errors.isEmpty else { throw Refusal(errors) }
        let state = try book.state()
        var (bodies, report) = try bodies(pack.factors, state, file: document.name)
        report.diagnostics = pack.diagnostics
        guard !dryRun, !bodies.isEmpty else { return report }
        if state.document(document.digest) == nil {
            bodies.insert(
                Self.received(document, mediaType: "text/csv", format: "factor-pack"), at: 0)
        }
        try book.append(bodies, evidence: [document], onto: state.head.size)
        return report
    }

    /// Loads a file of factor values by time, with what its columns or production types mean.
    ///
    /// - Throws: every fault of the two files; then nothing is loaded.
    package func loadSeries(
        _ document: Document, declaredBy declaration: Document, dryRun: Bool
    ) throws(Refusal) -> Report {
        let grid = ImporterCatalog.grid(document)
        let (loaded, findings) = FactorSeriesReader.read(
            document, declaredBy: declaration, grid: grid)
        let faults = findings.filter { $0.severity == .error }
        guard faults.isEmpty else { throw Refusal(faults) }
        let state = try book.state()
        let present = Dictionary(
            state.factorSeries.map { ($0.series.factor.identity, $0.series) },
            uniquingKeysWith: { $1 })
        var report = Report(diagnostics: findings)
        var bodies: [RecordBody] = []
        var shelf = SeriesShelf(book)
        for version in loaded {
            let identity = version.series.factor.identity
            switch present[identity] {
            case nil:
                _ = shelf.add(version.values)
                bodies.append(.factorSeries(version.series))
                report.added += 1
            case version.series: report.present += 1
            case .some: throw Refusal(Self.clash(identity, document.name))
            }
        }
        guard !dryRun, !bodies.isEmpty else { return report }
        let received = [
            (document, grid?.mediaType ?? "text/csv"), (declaration, "application/toml"),
        ].filter {
            state.document($0.0.digest) == nil
        }.map { Self.received($0.0, mediaType: $0.1, format: "factor-series") }
        try book.append(
            received + bodies, evidence: [document, declaration],
            chunks: shelf.fresh(citedBy: bodies), onto: state.head.size)
        return report
    }

    private static func received(
        _ document: Document, mediaType: String, format: String
    ) -> RecordBody {
        .document(
            ReceivedDocument(
                digest: document.digest, name: document.name, size: document.size,
                mediaType: mediaType, format: format, profile: nil, profileHash: nil,
                outcome: "accept"))
    }

    private static func clash(_ identity: String, _ file: String) -> Diagnostic {
        Diagnostic(
            .factorInvalid, at: SourceLocation(file: file),
            "factor '\(identity)' is in the book with another content",
            hint: "give the changed factor a new version that supersedes the old one")
    }

    private func bodies(
        _ factors: [EmissionFactor], _ state: BookState, file: String
    ) throws(Refusal) -> ([RecordBody], Report) {
        let present = Dictionary(
            state.factors.map { ($0.factor.identity, $0.factor) }, uniquingKeysWith: { $1 })
        var report = Report()
        var bodies: [RecordBody] = []
        var clashes: [Diagnostic] = []
        for factor in factors {
            switch present[factor.identity] {
            case nil:
                bodies.append(.factor(factor))
                report.added += 1
            case factor:
                report.present += 1
            case .some:
                clashes.append(Self.clash(factor.identity, file))
            }
        }
        guard clashes.isEmpty else { throw Refusal(clashes) }
        return (bodies, report)
    }
}
