package import Hashing

/// What a person may do in a book.
package enum Role: String, CaseIterable, Hashable, Sendable, Codable {
    /// Imports, drafts and posts.
    case preparer
    /// Approves what others prepared: closes, seals, reopens.
    case reviewer
    /// Reads and cosigns; records nothing.
    case auditor
    /// Keeps keys and roles; posts nothing and approves nothing.
    case administrator

    /// True where one person may not hold both: who audits does nothing else, and who gives out
    /// roles and keys neither prepares nor approves.
    package func excludes(_ other: Role) -> Bool {
        guard self != other else { return false }
        return [.auditor, .administrator].contains { $0 == self || $0 == other }
    }
}

/// From here on a key signs for the book or for a person.
package struct KeyAddition: Hashable, Sendable, Codable {
    package let key: NoteKey
    /// Whose key it is; `nil` for the log key, which has the name of the book.
    package let actor: String?
    /// The signature of the log key before it over `KeyHandover.text`, in base64; `nil` for the
    /// first log key and for the keys of persons.
    package let handover: String?

    package init(key: NoteKey, actor: String?, handover: String? = nil) {
        self.key = key
        self.actor = actor
        self.handover = handover
    }
}

/// From here on a person's key signs nothing. A log key ends when it hands over.
package struct KeyRevocation: Hashable, Sendable, Codable {
    package let key: NoteKey
    package let reason: String

    package init(key: NoteKey, reason: String) {
        self.key = key
        self.reason = reason
    }
}

/// From here on a person has a role. The first one of a book ends its time without roles.
package struct RoleGrant: Hashable, Sendable, Codable {
    package let actor: String
    package let role: Role

    package init(actor: String, role: Role) {
        self.actor = actor
        self.role = role
    }
}

/// From here on a person no longer has a role.
package struct RoleRevocation: Hashable, Sendable, Codable {
    package let actor: String
    package let role: Role
    package let reason: String

    package init(actor: String, role: Role, reason: String) {
        self.actor = actor
        self.role = role
        self.reason = reason
    }
}

/// What a log key signs so that another one takes its place.
package enum KeyHandover {
    /// Three lines: `tonne-key-handover/1`, the origin of the book, the new verifier key.
    package static func text(origin: String, to key: NoteKey) -> String {
        "tonne-key-handover/1\n\(origin)\n\(key)\n"
    }
}

/// From here on the book no longer has the bytes of a document; its hash and what was read from it
/// stay.
package struct Erasure: Hashable, Sendable, Codable {
    /// As it was received: of an archive, the hash of the archive.
    package let document: SHA256Digest
    /// The rule that calls for it, such as `GDPR Art. 17(1)(b)`.
    package let basis: String
    package let reason: String

    package init(document: SHA256Digest, basis: String, reason: String) {
        self.document = document
        self.basis = basis
        self.reason = reason
    }
}
