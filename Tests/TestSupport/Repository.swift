package import Foundation

/// Where things are, found from the place of this source file.
package enum Repository {
    /// The folder that holds `Package.swift`.
    package static let root: URL = {
        var folder = URL(filePath: #filePath).deletingLastPathComponent()
        while folder.path != "/", !exists(folder.appending(path: "Package.swift")) {
            folder = folder.deletingLastPathComponent()
        }
        return folder
    }()

    /// The folder of shared reference material beside the repository, where there is one: that
    /// of `TONNE_SHARED`, else the nearest `shared` folder above the repository with a `referee`.
    package static let shared: URL? = {
        if let path = ProcessInfo.processInfo.environment["TONNE_SHARED"] {
            return URL(filePath: path)
        }
        var folder = root
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            let candidate = folder.appending(path: "shared")
            if exists(candidate.appending(path: "referee")) { return candidate }
        }
        return nil
    }()

    /// A file or folder of the shared reference material; `nil` where it is absent. Tests that
    /// need it skip then.
    package static func shared(_ path: String) -> URL? {
        shared.map { $0.appending(path: path) }.flatMap { exists($0) ? $0 : nil }
    }

    private static func exists(_ url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.path)
    }
}
