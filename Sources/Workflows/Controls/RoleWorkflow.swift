package import AuditTrail
internal import Diagnostics
internal import LedgerCore
internal import LedgerStore

/// Enters keys and roles as records, and lists them.
package struct RoleWorkflow: Sendable {
    package struct KeyLine: Sendable {
        package let key: NoteKey
        /// `nil` for a log key.
        package let actor: String?
        package let added: Int
        /// The record that ended it.
        package let ended: Int?
    }

    private let book: Book

    package init(book: Book) { self.book = book }

    // MARK: Roles

    /// - Throws: `role-missing` for who is no administrator, `role-conflict`.
    package func grant(_ role: Role, to actor: String, dryRun: Bool) throws(Refusal) {
        try append(.roleGrant(RoleGrant(actor: actor, role: role)), dryRun: dryRun)
    }

    /// - Throws: `role-missing`, `role-conflict` for the only administrator.
    package func revoke(
        _ role: Role, from actor: String, reason: String, dryRun: Bool
    ) throws(Refusal) {
        let revocation = RoleRevocation(actor: actor, role: role, reason: reason)
        try append(.roleRevocation(revocation), dryRun: dryRun)
    }

    /// Persons and their roles of today, in the order of names.
    package func roles() throws(Refusal) -> [(actor: String, role: Role)] {
        let ledger = try book.controls()
        return ledger.roles.sorted { $0.key < $1.key }.flatMap { actor, roles in
            Role.allCases.filter(roles.contains).map { (actor, $0) }
        }
    }

    // MARK: Keys

    /// Enters a key: of a person, or the log key where it has the name of the book.
    ///
    /// - Parameters:
    ///   - actor: Whose key it is; `nil` takes the name of the key.
    ///   - old: The log key of today, which hands over to a new log key.
    /// - Throws: `key-refused`, `role-missing`.
    package func add(
        _ key: NoteKey, for actor: String?, handover old: NoteSigner?, dryRun: Bool
    ) throws(Refusal) {
        let origin = try book.controls().origin
        let isLogKey = actor == nil && key.name.utf8.elementsEqual(origin.utf8)
        let handover = old.map { signer in
            let text = KeyHandover.text(origin: origin, to: key)
            return Base64.text(signer.signature(of: text, at: 0).bytes)
        }
        let addition = KeyAddition(
            key: key, actor: isLogKey ? nil : actor ?? key.name, handover: handover)
        try append(.keyAddition(addition), dryRun: dryRun)
    }

    /// - Parameter text: A verifier key, or its name and id, `name+id`.
    /// - Throws: `key-refused`, `role-missing`.
    package func revoke(_ text: String, reason: String, dryRun: Bool) throws(Refusal) {
        let held = try book.controls().keys
        guard let key = held.last(where: { $0.key.reference == text || "\($0.key)" == text }) else {
            throw Refusal(
                Diagnostic(
                    .keyRefused, at: SourceLocation(file: book.path),
                    "the book has no key '\(DiagnosticRenderer.quoted(text))'",
                    hint: "'tonne key list' shows the keys of the book"))
        }
        try append(
            .keyRevocation(KeyRevocation(key: key.key, reason: reason)), dryRun: dryRun)
    }

    /// All keys that were ever entered, in order.
    package func keys() throws(Refusal) -> [KeyLine] {
        try book.controls().keys.map { key in
            KeyLine(
                key: key.key, actor: key.actor, added: key.added.value, ended: key.ended?.value)
        }
    }

    private func append(_ body: RecordBody, dryRun: Bool) throws(Refusal) {
        let size = try book.asking { () throws(LedgerStoreError) in try book.store.head() }.size
        if dryRun {
            try book.admit([body], onto: size)
        } else {
            try book.append([body], onto: size)
        }
    }
}
