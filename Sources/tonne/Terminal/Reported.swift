internal import Diagnostics
internal import Documents
internal import Workflows

/// A refusal whose messages have been written.
struct Reported: Error {
    let exitCode: Int32

    /// Does work on documents; their faults are shown with the lines they point at.
    static func about<Result>(
        _ document: Document, _ others: Document..., work: () throws -> Result
    ) throws -> Result {
        do {
            return try work()
        } catch let refusal as Refusal {
            var rest = refusal.diagnostics
            for other in others {
                Terminal.report(rest.filter { $0.location?.file == other.name }, of: other)
                rest.removeAll { $0.location?.file == other.name }
            }
            Terminal.report(rest, of: document)
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
