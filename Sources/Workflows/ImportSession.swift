internal import LedgerCore
internal import LedgerStore

/// What an import of several documents knows of the book. Each document adds to it, so that
/// thousands of invoices do not read the book thousands of times.
package struct ImportSession: Sendable {
    private(set) var state: BookState
    /// Knows the claims that stand; `nil` where they are to be read from the state.
    private var register: ClaimRegister?
    /// The keys, roles and periods of the book; `nil` where they are to be read.
    private(set) var controls: ControlLedger?
    /// The size of the book up to which both know it.
    private var size: Int

    init(_ state: BookState) {
        self.state = state
        size = state.head.size
    }

    /// Reads what is newer in the book: what another process has added.
    mutating func refresh(from book: Book) throws(Refusal) {
        try book.refresh(&state)
        guard state.head.size != size else { return }
        register = nil
        controls = nil
        size = state.head.size
    }

    /// The register, for one document: it comes back by `keep` unless the document is refused,
    /// which leaves claims in it that the book has not.
    mutating func takeRegister(on shelf: SeriesShelf) -> ClaimRegister {
        guard var known = register else {
            return ClaimRegister(state, first: RecordNumber(state.head.size), shelf: shelf)
        }
        register = nil
        known.shelf = shelf
        return known
    }

    /// Keeps what is known after a document.
    ///
    /// - Parameter appended: What it added to the book; `nil` where that was nothing.
    mutating func keep(
        _ register: ClaimRegister, _ appended: Book.Appended?, in book: Book
    ) throws(Refusal) {
        if let appended {
            try book.absorb(appended, into: &state)
            controls = appended.controls
        }
        self.register = register
        size = state.head.size
    }
}
