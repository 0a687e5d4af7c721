internal import AuditTrail
package import Diagnostics
package import Documents
internal import FactorLibrary
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
                .document(
                    ReceivedDocument(
                        digest: document.digest, name: document.name, size: document.size,
                        mediaType: "text/csv", format: "factor-pack", profile: nil,
                        profileHash: nil, outcome: "accept")), at: 0)
        }
        try book.append(bodies, evidence: [document], onto: state.head.size)
        return report
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
                clashes.append(
                    Diagnostic(
                        .factorInvalid, at: SourceLocation(file: file),
                        "factor '\(factor.identity)' is in the book with another content",
                        hint: "give the changed factor a new version that supersedes the old one"))
            }
        }
        guard clashes.isEmpty else { throw Refusal(clashes) }
        return (bodies, report)
    }
}
