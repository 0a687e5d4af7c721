internal import Diagnostics
internal import Documents
internal import Workflows

/// A refusal whose messages have been written.
struct Reported: Error {
    let exitCode: Int32

    /// Does work on a document; its faults are shown with the lines they point at.
    static func about<Result>(_ document: Document, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let refusal as Refusal {
            Terminal.report(refusal.diagnostics, of: document)
            throw Reported(exitCode: refusal.exitCode)
        }
    }

    /// Does work on an archive; the faults of its members are shown with their lines.
    static func about<Result>(_ archive: ZipArchive, _ work: () throws -> Result) throws -> Result {
        do {
            return try work()
        } catch let refusal as Refusal {
            Terminal.report(refusal.diagnostics, in: archive)
            throw Reported(exitCode: refusal.exitCode)
        }
    }
}
