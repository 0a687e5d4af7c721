internal import Diagnostics
internal import Documents

/// The profiles at hand, and the choice of the one that fits a document.
package struct ProfileCatalog: Sendable {
    /// How many rows are looked at for a header.
    static let headRows = 50

    package let profiles: [Profile]

    /// - Parameter texts: TOML texts with the name that messages show.
    /// - Throws: the faults of every profile, as `profile-invalid`; two with one id are a fault.
    package init(texts: [(name: String, text: String)]) throws(InvalidProfile) {
        var profiles: [Profile] = []
        var faults: [Diagnostic] = []
        for (name, text) in texts {
            do throws(InvalidProfile) {
                let profile = try Profile(parsing: text, file: name)
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

    enum Match {
        /// Nothing but line breaks, or no bytes at all.
        case empty
        /// The reader stands on the header row.
        case profile(Profile, CSVReader, header: [String])
        case refused(Diagnostic)
    }

    /// Finds the one profile whose header the document has.
    func match(_ document: Document, limits: CSVLimits) -> Match {
        guard !document.isEmpty else { return .empty }
        var found: [(profile: Profile, reader: CSVReader, header: [String])] = []
        var refusal: Diagnostic?
        var firstRow: [String]?
        for reading in readings {
            do throws(Diagnostic) {
                let text = try Self.decode(document, reading.encoding)
                guard !text.isEmpty else { return .empty }
                let reader = CSVReader(
                    text, file: document.name, dialect: reading.dialect, limits: limits)
                let head = try Self.head(reader)
                firstRow = firstRow ?? head.first { !$0.header.allSatisfy(\.isEmpty) }?.header
                for profile in profiles where reading == Reading(profile.layout) {
                    guard let row = profile.headerRow(in: head, file: document.name) else {
                        continue
                    }
                    found.append((profile, row.reader, row.header))
                }
            } catch {
                refusal = refusal ?? error
            }
        }
        if found.count == 1 {
            return .profile(found[0].profile, found[0].reader, header: found[0].header)
        }
        if found.count > 1 { return .refused(ambiguous(found.map(\.profile.id), document)) }
        if let refusal { return .refused(refusal) }
        guard let firstRow else { return .empty }
        return .refused(unknown(firstRow, document))
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

    /// The first rows, each with the reader that stands on it. A fault in a later row is found
    /// when the document is read; one in the first row is thrown.
    private static func head(
        _ reader: CSVReader
    ) throws(Diagnostic) -> [(reader: CSVReader, header: [String])] {
        var reader = reader
        var rows: [(reader: CSVReader, header: [String])] = []
        do {
            while rows.count < headRows, try reader.advance() {
                rows.append((reader, reader.texts))
            }
        } catch {
            if rows.isEmpty { throw error }
        }
        return rows
    }

    private func ambiguous(_ ids: [String], _ document: Document) -> Diagnostic {
        Diagnostic(
            .profileAmbiguous, at: SourceLocation(file: document.name),
            "the profiles \(ids.map { "'\($0)'" }.joined(separator: " and ")) fit this file",
            hint: "which one is it? make the 'identify' sections tell the layouts apart")
    }

    private func unknown(_ firstRow: [String], _ document: Document) -> Diagnostic {
        let row = DiagnosticRenderer.quoted(firstRow.joined(separator: " | "))
        let nearest = profiles.max { $0.overlap(firstRow) < $1.overlap(firstRow) }
        var hint = "which layout is it? describe it in a profile, or use one of the generic layouts"
        if let nearest, nearest.overlap(firstRow) > 1 {
            let lacking = nearest.identification.header.filter { !firstRow.contains($0) }
            let words = lacking.map { "'\($0)'" }.joined(separator: ", ")
            hint += "; the nearest is '\(nearest.id)'"
            hint += lacking.isEmpty ? ", which refuses other columns" : ", which needs \(words)"
        }
        return Diagnostic(
            .profileUnknown, at: SourceLocation(file: document.name, line: 1),
            "no profile fits a file that begins with '\(row)'", hint: hint)
    }
}

extension Profile {
    /// The row that is the header of this layout.
    fileprivate func headerRow(
        in head: [(reader: CSVReader, header: [String])], file: String
    ) -> (reader: CSVReader, header: [String])? {
        guard identification.filename.map({ Self.matches(file, pattern: $0) }) ?? true else {
            return nil
        }
        if layout.skipsUntilHeader { return head.first { fits($0.header) } }
        let first = head.first { !$0.header.allSatisfy(\.isEmpty) }
        return first.flatMap { fits($0.header) ? $0 : nil }
    }

    /// Names compare exactly and in any order.
    private func fits(_ header: [String]) -> Bool {
        let names = Set(header)
        guard identification.header.allSatisfy(names.contains) else { return false }
        let known = Set(identification.header + identification.optional)
        return identification.allowsOthers || names.isSubset(of: known)
    }

    fileprivate func overlap(_ header: [String]) -> Int {
        identification.header.filter(header.contains).count
    }

    /// Whether the last component of a name is the pattern, where `*` stands for any text.
    private static func matches(_ file: String, pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let first = parts.first, let last = parts.last else { return false }
        var rest = file.split(separator: "/").last ?? ""
        guard rest.hasPrefix(first) else { return false }
        rest = rest.dropFirst(first.count)
        guard parts.count > 1 else { return rest.isEmpty }
        guard rest.hasSuffix(last) else { return false }
        rest = rest.dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
