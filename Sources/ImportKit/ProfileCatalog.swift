internal import Diagnostics
internal import Documents
internal import Quantities

/// The profiles at hand, and the choice of the one that fits a document.
package struct ProfileCatalog: Sendable {
    /// How many rows are looked at for a header.
    static let headRows = 50

    package let profiles: [ProfileFile]

    /// - Parameter texts: TOML texts with the name that messages show.
    /// - Throws: the faults of every profile, as `profile-invalid`; two with one id are a fault.
    package init(texts: [(name: String, text: String)]) throws(InvalidProfile) {
        var profiles: [ProfileFile] = []
        var faults: [Diagnostic] = []
        let bases = Self.bases(texts.map(\.text))
        for (name, text) in texts {
            do throws(InvalidProfile) {
                let profile = try ProfileFile(parsing: text, file: name, bases: bases)
                if profiles.contains(where: { $0.id == profile.id }) {
                    faults.append(
                        Diagnostic(
                            .profileInvalid, at: SourceLocation(file: name),
                            "a profile with the id '\(profile.id)' exists already",
                            hint: "give it an id of its own"))
                }
                profiles.append(profile)
            } catch {
                faults += error.diagnostics
            }
        }
        guard faults.isEmpty else { throw InvalidProfile(diagnostics: faults) }
        self.profiles = profiles
    }

    /// The texts that another one extends, by id; ids that cannot be read are reported when the
    /// profile is.
    private static func bases(_ texts: [String]) -> [String: String] {
        let extending = texts.filter { $0.holds("extends") }
        let wanted = Set(extending.compactMap { value(of: "extends", in: $0) })
        guard !wanted.isEmpty else { return [:] }
        // A text that does not hold the words of an id plainly may hold them in another notation.
        let plain = texts.filter { text in
            wanted.contains { text.holds("\"\($0)\"") }
        }
        let bases = byIdentifier(plain)
        return wanted.allSatisfy { bases[$0] != nil } ? bases : byIdentifier(texts)
    }

    private static func byIdentifier(_ texts: [String]) -> [String: String] {
        var bases: [String: String] = [:]
        for text in texts {
            if let id = value(of: "id", in: text) { bases[id] = text }
        }
        return bases
    }

    private static func value(of key: String, in text: String) -> String? {
        do throws(Diagnostic) {
            return try StrictTable(toml: text, file: "", code: .profileInvalid).string(key)
        } catch {
            return nil
        }
    }

    enum Match {
        /// Nothing but line breaks, or no bytes at all.
        case empty
        case profile(ProfileFile, CSVTable)
        case refused(Diagnostic)
    }

    /// Finds the one profile whose fingerprint the document has.
    func match(_ document: Document, limits: CSVLimits) -> Match {
        guard !document.isEmpty else { return .empty }
        var found: [(profile: ProfileFile, table: CSVTable)] = []
        var refusal: Diagnostic?
        var firstRow: [String]?
        var firstDialect: CSVDialect?
        var texts: [TextEncoding: DecodedText] = [:]
        for reading in readings {
            do throws(Diagnostic) {
                let text: DecodedText
                if let known = texts[reading.encoding] {
                    text = known
                } else {
                    text = try Self.decode(document, reading.encoding)
                    texts[reading.encoding] = text
                }
                guard !text.isEmpty else { return .empty }
                let reader = CSVReader(
                    text, file: document.name, dialect: reading.dialect, limits: limits)
                let head = try CSVHead(reader, limit: Self.headRows)
                // The dialect that sees most cells shows best what the file is.
                let first = head.rows.first { !$0.isBlank }?.texts
                if let first, first.count > firstRow?.count ?? 0 {
                    firstRow = first
                    firstDialect = reading.dialect
                }
                for profile in profiles where reading == Reading(profile.layout) {
                    // A sheet has points for decimal marks; a comma would mean something else.
                    guard !document.isSheet || profile.layout.notation.mark == .point else {
                        continue
                    }
                    guard let table = profile.table(in: head, file: document.fileName) else {
                        continue
                    }
                    found.append((profile, table))
                }
            } catch {
                refusal = refusal ?? error
            }
        }
        let replaced = Set(
            found.compactMap { $0.profile.base }.filter(\.isReplaced).map(\.id))
        found.removeAll { replaced.contains($0.profile.id) }
        if found.count == 1 { return .profile(found[0].profile, found[0].table) }
        if found.count > 1 { return .refused(ambiguous(found.map(\.profile.id), document)) }
        if let refusal { return .refused(refusal) }
        guard let firstRow else { return .empty }
        return .refused(unknown(firstRow, firstDialect, document))
    }

    /// What must be known to see cells at all.
    private struct Reading: Hashable {
        let encoding: TextEncoding
        let dialect: CSVDialect

        init(_ layout: Profile.Layout) {
            encoding = layout.encoding
            dialect = layout.dialect
        }
    }

    /// Each way of reading once, in the order of the profiles.
    private var readings: [Reading] {
        var seen: Set<Reading> = []
        return profiles.map { Reading($0.layout) }.filter { seen.insert($0).inserted }
    }

    private static func decode(
        _ document: Document, _ encoding: TextEncoding
    ) throws(Diagnostic) -> DecodedText {
        try DecodedText(document, stated: encoding)
    }

    private func ambiguous(_ ids: [String], _ document: Document) -> Diagnostic {
        Diagnostic(
            .profileAmbiguous, at: SourceLocation(file: document.name),
            "the profiles \(ids.map { "'\($0)'" }.joined(separator: " and ")) fit this file",
            hint: "which one is it? make the 'identify' sections tell the layouts apart")
    }

    private func unknown(
        _ firstRow: [String], _ dialect: CSVDialect?, _ document: Document
    ) -> Diagnostic {
        if let foreign = ForeignTable(header: firstRow, file: document.name) {
            return Diagnostic(
                foreign.code, at: SourceLocation(file: document.name, line: 1),
                "the table holds \(foreign.content)", hint: foreign.hint)
        }
        let row = DiagnosticRenderer.quoted(firstRow.joined(separator: " | "))
        let nearest = profiles.max { $0.nearness(to: firstRow) < $1.nearness(to: firstRow) }
        var hint =
            "which layout is it? 'tonne profile new FILE' drafts a profile of it, "
            + "'tonne profile list' shows the generic layouts"
        if let nearest, nearest.nearness(to: firstRow).shared > 1 {
            let lacking = nearest.identification.required.filter { !firstRow.contains($0) }
            let words = lacking.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
            let own = nearest.layout.dialect.delimiter
            hint += "; the nearest is '\(nearest.id)'"
            if !lacking.isEmpty {
                hint += ", which needs \(words)\(lacking.count > 8 ? " …" : "")"
            } else if let dialect, dialect.delimiter != own {
                hint += ", whose cells are separated by '\(Character(UnicodeScalar(own)))'"
            } else {
                hint += ", which refuses other columns or asks for more around the table"
            }
        }
        return Diagnostic(
            .profileUnknown, at: SourceLocation(file: document.name, line: 1),
            "no profile fits a file that begins with '\(row)'", hint: hint)
    }
}

extension String {
    /// Whether the bytes of a word stand somewhere in the text.
    fileprivate func holds(_ word: String) -> Bool {
        let bytes = Array(utf8)
        let word = Array(word.utf8)
        return bytes.indices.contains { start in
            bytes[start] == word[0] && bytes[start...].starts(with: word)
        }
    }
}

extension ProfileFile {
    /// How many columns it shares with a header, and how many it lacks, less being nearer.
    fileprivate func nearness(to header: [String]) -> (shared: Int, lacking: Int) {
        let required = identification.required
        let shared = required.filter(header.contains).count
        return (shared, shared - required.count)
    }
}
