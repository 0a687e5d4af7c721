internal import Diagnostics

/// A workbook of the Office Open XML kind (`.xlsx`), whose sheets are read as tables of text.
///
/// Source: ECMA-376-1 for the parts and cells, ECMA-376-2 for the package.
struct Workbook {
    struct Sheet {
        let name: String
        /// The member of the archive.
        let part: String
    }

    /// Numbers by `SheetNumber`, dates by `SheetDate`, rows by `SheetTable`. Recorded with each
    /// document: another way of writing them gets another name.
    static let rendering = "sheet/1"

    let sheets: [Sheet]
    private let archive: ZipArchive
    private let strings: String?
    private let styles: String?
    private let system: SheetDate.System

    /// Whether an archive is a package of Office Open XML: a workbook, or a letter or a slide show.
    static func isPackage(_ archive: ZipArchive) -> Bool {
        archive.entry(named: "[Content_Types].xml") != nil
            && archive.entry(named: "_rels/.rels") != nil
    }

    /// - Throws: `format-unknown` for a package without a workbook in XML, and what reading its
    ///   parts throws.
    init(_ archive: ZipArchive) throws(Diagnostic) {
        self.archive = archive
        let package = try Relation.all(of: "", in: archive)
        guard let main = package.first(where: { $0.kind == "officeDocument" })?.target,
            archive.entry(named: main) != nil, !main.hasSuffix(".bin")
        else { throw Self.unknown(archive) }
        let root = try XMLTree.read(Self.part(main, of: archive))
        guard root.name == "workbook" else { throw Self.unknown(archive) }
        let relations = try Relation.all(of: main, in: archive)
        let date1904 = root.first("workbookPr")?.attributes["date1904"]
        system = ["1", "true"].contains(date1904) ? .from1904 : .from1900
        strings = relations.first { $0.kind == "sharedStrings" }?.target
        styles = relations.first { $0.kind == "styles" }?.target
        sheets = (root.first("sheets")?.children("sheet") ?? []).compactMap { sheet in
            let relation = relations.first {
                $0.identifier == sheet.attributes["id"] && $0.kind == "worksheet"
            }
            guard let relation, let name = sheet.attributes["name"] else { return nil }
            return Sheet(name: name, part: relation.target)
        }
    }

    /// A sheet as a table in the form of RFC 4180, in which line n is row n.
    ///
    /// - Parameter name: `nil` for the first sheet; the document then remarks on the others.
    /// - Throws: `archive-member-unclear` if there is no such sheet.
    func table(
        _ name: String?, limits: ArchiveLimits = .standard
    ) throws(Diagnostic) -> Document {
        let book = archive.document
        let place = SourceLocation(file: book.name)
        let names = sheets.map { "'\(DiagnosticRenderer.visible($0.name))'" }
        guard let sheet = name.map({ name in sheets.first { $0.name == name } }) ?? sheets.first
        else {
            let wanted = name.map { " '\(DiagnosticRenderer.quoted($0))'" } ?? ""
            throw Diagnostic(
                .archiveMemberUnclear, at: place, "the workbook has no sheet\(wanted)",
                hint: names.isEmpty ? nil : "it has " + names.joined(separator: ", "))
        }
        let file = "\(book.name):\(sheet.name)"
        let reader = try XMLEvents.read(
            Self.part(sheet.part, of: archive),
            handler: SheetReader(
                file: file, strings: readStrings(), shapes: readShapes(), system: system,
                limits: limits))
        let others = name == nil ? names.dropFirst() : []
        let remarks =
            others.isEmpty
            ? []
            : [
                Diagnostic(
                    .archiveMemberUnclear, severity: .info, at: SourceLocation(file: file),
                    "the first of \(sheets.count) sheets is read",
                    hint: "the others are \(others.joined(separator: ", ")); "
                        + "name one behind a colon: \(book.name):\(sheets[1].name)")
            ]
        return Document(
            member: sheet.name, bytes: try reader.table.written(), of: book,
            rendering: Self.rendering,
            remarks: remarks)
    }

    private func readStrings() throws(Diagnostic) -> [String] {
        guard let strings else { return [] }
        return try XMLEvents.read(Self.part(strings, of: archive), handler: SharedStrings()).texts
    }

    /// The shape of the numbers for each style of a cell.
    private func readShapes() throws(Diagnostic) -> [SheetDate.Shape] {
        guard let styles else { return [] }
        let root = try XMLTree.read(Self.part(styles, of: archive))
        var codes: [Int: String] = [:]
        for format in root.first("numFmts")?.children("numFmt") ?? [] {
            guard let number = format.attributes["numFmtId"].flatMap({ Int($0) }) else { continue }
            codes[number] = format.attributes["formatCode"]
        }
        return (root.first("cellXfs")?.children("xf") ?? []).map { style in
            let number = style.attributes["numFmtId"].flatMap { Int($0) } ?? 0
            return codes[number].map { SheetDate.Shape(code: $0) } ?? .init(builtIn: number)
        }
    }

    fileprivate static func part(
        _ name: String, of archive: ZipArchive
    ) throws(Diagnostic) -> Document {
        guard let entry = archive.entry(named: name) else {
            throw .archiveDamaged(archive.document.name, "the part '\(name)' is not there")
        }
        return try archive.member(entry)
    }

    private static func unknown(_ archive: ZipArchive) -> Diagnostic {
        Diagnostic(
            .formatUnknown, at: SourceLocation(file: archive.document.name),
            "this document of an office program is no workbook in XML",
            hint: "save it as .xlsx, or its table as CSV")
    }
}

/// What a part of a package refers to (ECMA-376-2, 6.5).
private struct Relation {
    let identifier: String
    /// The last word of its type, which is the same in both dialects of the standard.
    let kind: String
    /// The member of the archive.
    let target: String

    /// - Parameter part: `""` for the package itself.
    static func all(of part: String, in archive: ZipArchive) throws(Diagnostic) -> [Relation] {
        let cut = part.lastIndex(of: "/").map { part.index(after: $0) } ?? part.startIndex
        let folder = String(part[..<cut])
        let name = "\(folder)_rels/\(part[cut...]).rels"
        guard archive.entry(named: name) != nil else { return [] }
        let root = try XMLTree.read(Workbook.part(name, of: archive))
        return root.children("Relationship").compactMap { relation in
            // What lies outside of the package is never looked at.
            guard relation.attributes["TargetMode"] != "External",
                let identifier = relation.attributes["Id"], let type = relation.attributes["Type"],
                let target = relation.attributes["Target"]
            else { return nil }
            return Relation(
                identifier: identifier,
                kind: type.split(separator: "/").last.map(String.init) ?? "",
                target: resolved(target, in: folder))
        }
    }

    private static func resolved(_ target: String, in folder: String) -> String {
        guard !target.hasPrefix("/") else { return String(target.dropFirst()) }
        var steps = folder.split(separator: "/")
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }
}
