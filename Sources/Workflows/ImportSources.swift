internal import Diagnostics
internal import Foundation

/// A file to import, by the path that the user gave or that was found in a folder.
package struct ImportSource: Hashable, Sendable {
    package let path: String
    /// What messages and records call it, where that is not the last part of the path.
    package let name: String?
    /// Bytes, as far as they are known beforehand.
    package let size: Int
}

extension BookFiles {
    /// The files that paths stand for: a folder stands for all files below it, in the order of
    /// their names. Names that begin with a dot are passed over, symbolic links not followed.
    ///
    /// - Throws: `file-missing` for a folder that cannot be read.
    package static func sources(_ paths: [String]) throws(Refusal) -> [ImportSource] {
        var sources: [ImportSource] = []
        for path in paths {
            guard kind(path, followingLinks: true) == .typeDirectory else {
                sources.append(ImportSource(path: path, name: nil, size: size(path)))
                continue
            }
            let folder = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            let own = (folder as NSString).lastPathComponent
            let name = own == "." || own == ".." || own == "/" ? "" : own + "/"
            sources += try files(below: folder, named: name)
        }
        return sources
    }

    private static func files(
        below folder: String, named prefix: String
    ) throws(Refusal) -> [ImportSource] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            throw Refusal(
                Diagnostic(
                    .fileMissing, at: SourceLocation(file: folder), "the folder cannot be read",
                    hint: "check its permissions"))
        }
        var sources: [ImportSource] = []
        // By code points: the order is the same on every machine.
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)"
            switch kind(path, followingLinks: false) {
            case .typeDirectory?: sources += try files(below: path, named: "\(prefix)\(name)/")
            case .typeRegular?:
                sources.append(
                    ImportSource(path: path, name: prefix + name, size: size(path)))
            case _: break
            }
        }
        return sources
    }

    private static func kind(_ path: String, followingLinks: Bool) -> FileAttributeType? {
        let place = followingLinks ? (path as NSString).resolvingSymlinksInPath : path
        return (try? FileManager.default.attributesOfItem(atPath: place)[.type])
            as? FileAttributeType
    }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int ?? 0
    }
}
