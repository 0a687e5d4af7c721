internal import AuditTrail
internal import Diagnostics
internal import Documents

/// Takes documents out of their archive once more and compares them with what was imported.
struct MemberCheck {
    private let container: Document
    private let archive: ZipArchive?

    init(container: Document) {
        self.container = container
        archive =
            if case .archive(let archive) = try? UnpackedFile.open(container) { archive } else {
                nil
            }
    }

    func holds(_ document: ReceivedDocument) -> Bool {
        guard let member = document.place?.member else { return false }
        do throws(Diagnostic) {
            if let archive, let entry = archive.entry(named: member) {
                return try archive.document(entry).digest == document.digest
            }
            guard case .document(let taken) = try UnpackedFile.open(container, member: member)
            else { return false }
            return taken.digest == document.digest
        } catch {
            return false
        }
    }
}
