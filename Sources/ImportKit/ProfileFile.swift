internal import Diagnostics
internal import Documents
package import Hashing

/// A profile of either sort: for meter data, or for rows that are none.
package enum ProfileFile: Hashable, Sendable {
    case readings(Profile)
    case records(RecordProfile)

    /// Reads the TOML text of a profile; its `kind` says of which sort it is.
    ///
    /// - Parameters:
    ///   - file: The name that messages show.
    ///   - bases: The texts of the profiles that it may extend, by their id.
    /// - Throws: every fault as `profile-invalid`, at the line of the offending key or table.
    package init(
        parsing text: String, file: String, bases: [String: String] = [:]
    ) throws(InvalidProfile) {
        let (root, hash) = try Profile.root(text, file: file, bases: bases)
        let profile: ProfileFile? =
            switch root.string("kind") {
            case let kind? where RecordProfile.Kind(rawValue: kind) != nil:
                RecordProfile(root, hash: hash).map { .records($0) }
            case let kind? where Profile.Kind(rawValue: kind) == nil:
                Self.unknownKind(kind, root)
            case _: Profile(root, hash: hash).map { .readings($0) }
            }
        guard let profile, root.diagnostics.isEmpty else {
            throw InvalidProfile(diagnostics: root.diagnostics)
        }
        self = profile
    }

    private static func unknownKind(_ kind: String, _ root: StrictTable) -> ProfileFile? {
        root.fault(
            "kind", "'\(kind)' is no kind of profile",
            hint: "write one of \(kinds.joined(separator: ", "))")
        return nil
    }

    /// Every word that `kind` can be.
    package static let kinds =
        Profile.Kind.allCases.map(\.rawValue) + RecordProfile.Kind.allCases.map(\.rawValue)

    package var id: String {
        switch self {
        case .readings(let profile): profile.id
        case .records(let profile): profile.id
        }
    }

    package var version: Int {
        switch self {
        case .readings(let profile): profile.version
        case .records(let profile): profile.version
        }
    }

    package var kind: String {
        switch self {
        case .readings(let profile): profile.kind.rawValue
        case .records(let profile): profile.kind.rawValue
        }
    }

    package var hash: SHA256Digest {
        switch self {
        case .readings(let profile): profile.hash
        case .records(let profile): profile.hash
        }
    }

    var base: Profile.Base? {
        switch self {
        case .readings(let profile): profile.base
        case .records: nil
        }
    }

    /// The table of this layout; `nil` for a document of another.
    func table(in head: CSVHead, file: String) -> CSVTable? {
        switch self {
        case .readings(let profile): profile.table(in: head, file: file)
        case .records(let profile): profile.table(in: head, file: file)
        }
    }

    var identification: Profile.Identification {
        switch self {
        case .readings(let profile): profile.identification
        case .records(let profile): profile.identification
        }
    }

    var layout: Profile.Layout {
        switch self {
        case .readings(let profile): profile.layout
        case .records(let profile): profile.layout
        }
    }
}
