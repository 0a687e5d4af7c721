internal import Foundation
internal import TestSupport

/// A file system in memory with little room.
enum SmallDisk {
    static let isPossible = (try? with(bytes: 1 << 20) { _ in }) != nil

    struct CannotMount: Error {}

    static func with(bytes: Int, _ body: (URL) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            guard
                try call(
                    "mount", "-t", "tmpfs", "-o", "size=\(bytes)", "tonne-test", folder.path) == 0
            else { throw CannotMount() }
            defer { _ = try? call("umount", folder.path) }
            try body(folder)
        }
    }

    private static func call(_ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
