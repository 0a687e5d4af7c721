internal import Foundation

/// The folder with the compiled publications that the shipped files were re-keyed from. It is not
/// part of the repository; tests that need it skip where it is absent.
enum SharedLibrary {
    static let ship: URL? = {
        let stated = ProcessInfo.processInfo.environment["TONNE_SHARED"].map {
            URL(filePath: $0, directoryHint: .isDirectory)
        }
        let folder = stated ?? found(from: URL(filePath: #filePath))
        guard let ship = folder?.appending(path: "factors/ship"),
            FileManager.default.fileExists(atPath: ship.path)
        else { return nil }
        return ship
    }()

    private static func found(from file: URL) -> URL? {
        var folder = file.deletingLastPathComponent()
        while folder.path != "/" {
            let candidate = folder.appending(path: "shared")
            let landmark = candidate.appending(path: "referee").path
            if FileManager.default.fileExists(atPath: landmark) { return candidate }
            folder.deleteLastPathComponent()
        }
        return nil
    }
}
