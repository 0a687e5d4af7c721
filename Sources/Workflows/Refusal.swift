package import Diagnostics
package import LedgerStore

/// Why a verb did nothing: the diagnostics, in the order of their places.
package struct Refusal: Error, Hashable, Sendable {
    package let diagnostics: [Diagnostic]

    package init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }

    package init(_ diagnostic: Diagnostic) { diagnostics = [diagnostic] }

    /// What the store says, in words for the person at the terminal.
    package init(_ error: LedgerStoreError, book: String) {
        self.init(Self.diagnostic(error, at: SourceLocation(file: book)))
    }

    /// 5 for broken integrity, 4 for a locked book or closed period, 6 where another program is
    /// missing, 1 for an open checklist, else 3: input refused.
    package var exitCode: Int32 {
        let codes = Set(diagnostics.map(\.code))
        if codes.contains(.integrityFailure) { return 5 }
        if codes.contains(.bookLocked) || codes.contains(.periodClosed) { return 4 }
        if codes.contains(.programMissing) { return 6 }
        return codes == [.checklistOpen] ? 1 : 3
    }

    private static func diagnostic(
        _ error: LedgerStoreError, at place: SourceLocation
    ) -> Diagnostic {
        switch error {
        case .missing:
            Diagnostic(
                .bookMissing, at: place, "there is no book here",
                hint: "create one with 'tonne init', or name one with --book or TONNE_BOOK")
        case .exists:
            Diagnostic(
                .bookExists, at: place, "a file is here already",
                hint: "name another file with --book; a book is never overwritten")
        case .notABook(let why):
            Diagnostic(
                .bookInvalid, at: place, "this is not a book of tonne: \(why)",
                hint: "check the path; a book is made by 'tonne init'")
        case .locked:
            Diagnostic(
                .bookLocked, at: place, "another process is writing to the book",
                hint: "wait until it has finished and try again")
        case .outdated(let expected, let actual):
            Diagnostic(
                .bookLocked, at: place,
                "the book grew from \(expected) to \(actual) records while this ran",
                hint: "try again; nothing was written")
        case .clockWentBack(let last):
            Diagnostic(
                .bookNotWritable, at: place,
                "the clock lies before the last record of the book, \(last)",
                hint: "set the clock of the machine and try again")
        case .diskFull:
            Diagnostic(
                .diskFull, at: place, "the disk is full; nothing was written",
                hint: "free some space and try again; the book is intact")
        case .notWritable:
            Diagnostic(
                .bookNotWritable, at: place, "the book cannot be written",
                hint: "check the permissions of the file and its folder")
        case .invalid(let why):
            Diagnostic(.bookInvalid, at: place, "a record was refused: \(why)")
        case .corrupt(let why):
            Diagnostic(
                .integrityFailure, at: place, why,
                hint: "keep the file as it is and restore the last backup")
        case .failed(let why):
            Diagnostic(.bookInvalid, at: place, "the storage engine failed: \(why)")
        }
    }
}
