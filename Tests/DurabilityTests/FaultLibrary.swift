internal import Foundation
internal import TestSupport

/// `faults.c`, compiled: what stands between the program and the system calls that write a book.
enum FaultLibrary {
    enum Failure: Error { case notCompiled(String) }

    /// Whether it can be had and used here. A program that is built with a sanitizer wants its
    /// runtime to be the first library.
    static let isUsable = (try? library.get()) != nil && !isSanitized

    /// Set by the script that runs the tests under a sanitizer.
    static let isSanitized = ProcessInfo.processInfo.environment["TONNE_SANITIZED"] != nil

    /// The environment that preloads it for one book.
    static func environment(book: URL, _ faults: [String: String]) throws -> [String: String] {
        var environment = ["LD_PRELOAD": try library.get().path, "TONNE_FAULT_BOOK": book.path]
        for (name, value) in faults { environment["TONNE_FAULT_\(name)"] = value }
        return environment
    }

    /// Left in the folder for temporary files: it is wanted until the tests end.
    private static let library = Result {
        let library = try TemporaryFolder.make().appending(path: "faults.so")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["cc", "-O1", "-shared", "-fPIC", "-o", library.path]
            + [Repository.root.appending(path: "Tests/DurabilityTests/faults.c").path]
            + ["-ldl", "-lpthread"]
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        let message = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure.notCompiled(String(decoding: message, as: UTF8.self))
        }
        return library
    }
}
