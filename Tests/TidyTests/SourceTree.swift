internal import Foundation
internal import TestSupport

/// One text file of the tree.
struct SourceFile: Hashable, Sendable {
    /// Relative to the repository, such as `Sources/tonne/Tonne.swift`.
    let path: String
    let lines: [String]

    var name: String { String(path.split(separator: "/").last ?? "") }
    var isSwift: Bool { path.hasSuffix(".swift") }

    func isIn(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }
}

/// What belongs to the repository, as git would list it: hidden and ignored folders left out.
enum SourceTree {
    /// Every path of a file, in order.
    static let paths: [String] = {
        let root = Repository.root.path
        var found: [String] = []
        var folders = [""]
        while let folder = folders.popLast() {
            let names = children(of: root + "/" + folder)
            for name in names where !isIgnored(name) {
                let path = folder.isEmpty ? name : folder + "/" + name
                var isFolder: ObjCBool = false
                _ = FileManager.default.fileExists(
                    atPath: root + "/" + path, isDirectory: &isFolder)
                if isFolder.boolValue { folders.append(path) } else { found.append(path) }
            }
        }
        return found.sorted()
    }()

    static let swiftFiles: [SourceFile] = paths.filter { $0.hasSuffix(".swift") }
        .compactMap(file)

    /// The text of a file; `nil` for a file that is no UTF-8 text or longer than 1 MiB.
    static func file(_ path: String) -> SourceFile? {
        let url = Repository.root.appending(path: path)
        guard let data = FileManager.default.contents(atPath: url.path), data.count <= 1 << 20,
            let text = String(data: data, encoding: .utf8), !text.contains("\0")
        else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return SourceFile(path: path, lines: lines.map(String.init))
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: Repository.root.appending(path: path).path)
    }

    /// The names in a folder of the repository.
    static func names(in folder: String) -> [String] {
        children(of: Repository.root.appending(path: folder).path)
    }

    private static func children(of path: String) -> [String] {
        (FileManager.default.enumerator(atPath: path)?.contents ?? []).sorted()
    }

    /// `.git`, `.build*`, what `Examples/*/out` and books hold; `.ci` and the like stay.
    private static func isIgnored(_ name: String) -> Bool {
        name == ".git" || name.hasPrefix(".build") || name == "out" || name.hasSuffix(".tonne")
    }
}

extension FileManager.DirectoryEnumerator {
    /// The names at the first level.
    fileprivate var contents: [String] {
        var names: [String] = []
        while let name = nextObject() as? String {
            skipDescendants()
            names.append(name)
        }
        return names
    }
}

/// A broken rule: where, and what to do about it.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let path: String
    let line: Int?
    let remedy: String

    init(_ path: String, _ line: Int?, _ remedy: String) {
        self.path = path
        self.line = line
        self.remedy = remedy
    }

    var description: String { path + (line.map { ":\($0)" } ?? "") + ": " + remedy }
}
