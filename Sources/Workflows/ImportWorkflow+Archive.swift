internal import Diagnostics
package import Documents
internal import Hashing
internal import ImportKit
internal import Inventory
internal import LedgerStore

extension ImportWorkflow {
    /// Takes a received file out of what it is packed in.
    package func open(
        _ received: Document, member: String?
    ) throws(Refusal) -> UnpackedFile {
        do {
            return try catalog.open(received, member: member)
        } catch {
            throw Refusal(error)
        }
    }

    /// Imports the members of an archive, each as a document of its own: all of them in one
    /// transaction, or none.
    ///
    /// - Returns: One report a member, in the order of the archive. Members that no importer knows
    ///   are passed over with a warning.
    /// - Throws: a `Refusal` if a member is refused, or none is known.
    package func run(
        _ archive: ZipArchive, in session: inout ImportSession
    ) throws(Refusal) -> [ImportReport] {
        let organisation = try refresh(&session)
        var reports: [ImportReport] = []
        var drafts: [Draft] = []
        var pending = Pending()
        var seen: Set<SHA256Digest> = []
        var register = session.takeRegister(on: SeriesShelf(book))
        for entry in archive.files {
            let document = try member(entry, of: archive)
            if let known = Self.imported(document, in: session.state) {
                reports.append(known)
                continue
            }
            var imported = catalog.read(document)
            guard imported.format != "unknown" || imported.outcome == .acceptEmpty else {
                reports.append(Self.passedOver(document))
                continue
            }
            guard seen.insert(document.digest).inserted else {
                reports.append(
                    ImportReport(
                        file: document.name, format: imported.format, profile: imported.profile,
                        effect: .alreadyImported))
                continue
            }
            try Self.refuseUnsound(imported, document)
            let draft = try draft(
                &imported, document, session.state, organisation, &register, pending: pending)
            reports.append(draft.report)
            guard draft.report.effect != .alreadyImported else { continue }
            pending.add(draft)
            drafts.append(draft)
        }
        guard reports.contains(where: { $0.effect != .passedOver }) else {
            throw Refusal(archive.unclear("no importer knows any of the files in the archive"))
        }
        let appended =
            drafts.isEmpty
            ? nil : try write(drafts, register.shelf, from: archive.document, in: session)
        try session.keep(register, appended, in: book)
        return reports
    }

    private func member(
        _ entry: ZipArchive.Entry, of archive: ZipArchive
    ) throws(Refusal) -> Document {
        do {
            return try archive.document(entry)
        } catch {
            throw Refusal(error)
        }
    }

    private static func passedOver(_ document: Document) -> ImportReport {
        var report = ImportReport(
            file: document.name, format: "unknown", profile: nil, effect: .passedOver)
        report.diagnostics = [
            Diagnostic(
                .formatUnknown, severity: .warning, at: SourceLocation(file: document.name),
                "no importer knows this member; it is passed over",
                hint: "the archive is kept as it came")
        ]
        return report
    }
}
