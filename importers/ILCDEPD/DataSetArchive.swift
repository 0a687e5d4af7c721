internal import Diagnostics
internal import Documents

/// The declarations of an ILCD archive and the data sets they point at.
///
/// The folders are those of the format: `ILCD/processes`, `ILCD/flows` and so on.
struct DataSetArchive {
    private static let processFolder = "processes"
    private static let folders: Set<String> = [
        processFolder, "flows", "flowproperties", "unitgroups",
    ]

    private(set) var processes: [(document: Document, root: XMLElement)] = []
    private(set) var dependencies = Dependencies()

    static func holdsProcesses(_ archive: ZipArchive) -> Bool {
        archive.files.contains { folder(of: $0) == processFolder }
    }

    /// - Throws: what is wrong with the first member that is no data set.
    init(_ archive: ZipArchive) throws(Diagnostic) {
        var limits = XMLLimits.tree
        for entry in archive.files {
            guard let folder = Self.folder(of: entry), Self.folders.contains(folder) else {
                continue
            }
            let document = try archive.document(entry)
            let root = try XMLTree.read(document, limits: limits)
            // All trees together may hold what one document may.
            limits.elements -= Self.elements(of: root)
            if root.kind == .process {
                processes.append((document, root))
            } else {
                dependencies.add(root)
            }
        }
    }

    private static func elements(of element: XMLElement) -> Int {
        element.children.reduce(1) { $0 + elements(of: $1) }
    }

    /// The innermost folder of a data set.
    private static func folder(of entry: ZipArchive.Entry) -> String? {
        let parts = entry.name.lowercased().split(separator: "/")
        guard parts.count > 1, parts[parts.count - 1].hasSuffix(".xml") else { return nil }
        return String(parts[parts.count - 2])
    }
}
