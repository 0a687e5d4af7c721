package import Diagnostics

/// What a received file holds: one document, or an archive with several.
package enum UnpackedFile {
    case document(Document)
    case archive(ZipArchive)

    /// Takes a document out of what it is packed in, as far as it is plain which one is meant.
    ///
    /// A workbook gives a sheet, a PDF the invoice that it carries as data. They may lie in an
    /// archive. An archive in an archive is not opened: each level multiplies what a hostile file
    /// may cost.
    ///
    /// - Parameter member: The member that was asked for: `2024/march.csv`, `Sheet1`.
    /// - Throws: `archive-damaged`, `archive-limit-exceeded`, `archive-entry-refused`, or
    ///   `archive-member-unclear` where there is no such member, or none at all.
    package static func open(
        _ document: Document, member: String? = nil
    ) throws(Diagnostic) -> UnpackedFile {
        switch Packaging(of: document) {
        case .gzip:
            let inner = try GzipFile.member(document)
            return .document(try content(of: inner, member == inner.member ? nil : member))
        case .zip:
            let archive = try ZipArchive(document)
            if Workbook.isPackage(archive) {
                return .document(try Workbook(archive).table(member))
            }
            guard let (entry, rest) = try archive.meant(member) else { return .archive(archive) }
            return .document(try archive.document(entry, member: rest))
        case .pdf, nil: return .document(try content(of: document, member))
        }
    }

    /// A document that was taken out of an archive, or came as it is.
    fileprivate static func content(
        of document: Document, _ member: String?
    ) throws(Diagnostic) -> Document {
        switch Packaging(of: document) {
        case .zip:
            let archive = try ZipArchive(document)
            guard Workbook.isPackage(archive) else { throw nested(document) }
            return try Workbook(archive).table(member)
        case .gzip: throw nested(document)
        case .pdf where member == nil || member == PDFFile.member:
            return try PDFFile(document).invoice()
        case .pdf, nil:
            guard let member else { return document }
            throw Diagnostic(
                .archiveMemberUnclear, at: SourceLocation(file: document.name),
                "the file has no member '\(DiagnosticRenderer.quoted(member))'",
                hint: "give its own name only")
        }
    }

    private static func nested(_ document: Document) -> Diagnostic {
        Diagnostic(
            .archiveEntryRefused, at: SourceLocation(file: document.name),
            "this is an archive within an archive",
            hint: "unpack the outer one and hand over what is in it")
    }
}

/// What a file is packed in, by its first bytes.
enum Packaging {
    case gzip, zip, pdf

    init?(of document: Document) {
        if GzipFile.begins(document.head) {
            self = .gzip
        } else if ZipArchive.begins(document.head) {
            self = .zip
        } else if PDFFile.begins(document.head) {
            self = .pdf
        } else {
            return nil
        }
    }
}

extension ZipArchive {
    /// A member as the document that is in it.
    ///
    /// - Parameter member: What was asked for within it.
    package func document(
        _ entry: Entry, member: String? = nil
    ) throws(Diagnostic) -> Document {
        try UnpackedFile.content(of: self.member(entry), member)
    }

    /// The member that was asked for, or the only one; `nil` where there are several.
    fileprivate func meant(_ path: String?) throws(Diagnostic) -> (Entry, rest: String?)? {
        if let path {
            if let entry = entry(named: path) { return (entry, nil) }
            // The name of a member may hold colons itself: the longest that fits is meant.
            let outer = entries.filter { path.hasPrefix($0.name + ":") }
                .max { $0.name.utf8.count < $1.name.utf8.count }
            guard let outer else {
                throw unclear("the archive has no member '\(DiagnosticRenderer.quoted(path))'")
            }
            return (outer, String(path.dropFirst(outer.name.count + 1)))
        }
        guard let first = files.first else { throw unclear("the archive holds no file") }
        return files.count == 1 ? (first, nil) : nil
    }

    /// A refusal that lists what there is to choose from.
    package func unclear(_ message: String) -> Diagnostic {
        let shown = files.prefix(Self.shownMembers).map {
            "'\(document.name):\(DiagnosticRenderer.visible($0.name))'"
        }
        let more = files.count > shown.count ? " and \(files.count - shown.count) more" : ""
        return Diagnostic(
            .archiveMemberUnclear, at: SourceLocation(file: document.name), message,
            hint: shown.isEmpty
                ? "ask the sender for it again"
                : "name one: " + shown.joined(separator: ", ") + more)
    }

    private static let shownMembers = 20
}
