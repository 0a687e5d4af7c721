internal import Diagnostics

extension Diagnostic {
    /// - Parameter name: The archive, or the member at fault.
    static func archiveDamaged(_ name: String, _ why: String) -> Diagnostic {
        Diagnostic(
            .archiveDamaged, at: SourceLocation(file: name), "the archive cannot be read: \(why)",
            hint: "ask the sender for it again, or unpack it yourself")
    }

    /// - Parameter what: Completes "the file …".
    static func archiveExceeds(_ what: String, at place: SourceLocation) -> Diagnostic {
        Diagnostic(
            .archiveLimitExceeded, at: place, "the file \(what)",
            hint: "unpack it yourself, look at what is in it, and hand over the files one by one")
    }
}
