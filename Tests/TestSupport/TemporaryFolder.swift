package import Foundation

/// Folders of their own for tests, on the disk for temporary files.
package enum TemporaryFolder {
    /// Makes a folder; who asked for it removes it.
    package static func make() throws -> URL {
        // Resolved, so that a program which prints its directory prints this name.
        let folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
            .appending(path: "tonne-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Hands a new folder to a test, and removes it afterwards.
    package static func with<Value>(_ test: (URL) throws -> Value) throws -> Value {
        let folder = try make()
        defer { try? FileManager.default.removeItem(at: folder) }
        return try test(folder)
    }

    /// Hands a new folder to a test, and removes it afterwards.
    package static func with<Value>(_ test: (URL) async throws -> Value) async throws -> Value {
        let folder = try make()
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await test(folder)
    }
}
