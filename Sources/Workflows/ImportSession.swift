internal import LedgerCore
internal import LedgerStore

/// What an import of several documents knows of the book. Each document adds to it, so that
/// thousands of invoices do not read the book thousands of times.
package struct ImportSession: Sendable {
    private(set) var state: BookState
    /// Knows the claims that stand; `nil` where they are to be read from the state.
    private var register: ClaimRegister?
    /// The size of the book up to which the register knows it.
    private var size: Int

    init(_ state: BookState) {
        self.state = state
        size = state.head.size
    }

    /// Reads what is newer in the book. What another process has added, the register does not know.
    mutating func refresh(from book: Book) throws(Refusal) {
        try book.refresh(&state)
        if state.head.size != size { register = nil }
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

    mutating func keep(_ register: ClaimRegister, at size: Int) {
        self.register = register
        self.size = size
    }
}
