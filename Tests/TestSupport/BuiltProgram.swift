package import Foundation

/// The program that was built beside the tests.
package enum BuiltProgram {
    package enum Failure: Error {
        case programMissing(String)
    }

    /// The folder that holds `tonne`.
    package static let folder: Result<URL, Failure> = {
        let bundle = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let folder = bundle.deletingLastPathComponent()
        let program = folder.appending(path: "tonne").path
        guard FileManager.default.isExecutableFile(atPath: program) else {
            return .failure(.programMissing(program))
        }
        return .success(folder)
    }()

    /// Runs the program and waits for it.
    ///
    /// - Returns: Its exit status and what it wrote to standard output.
    package static func run(
        _ arguments: [String], in directory: URL
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = try folder.get().appending(path: "tonne")
        process.arguments = arguments
        process.currentDirectoryURL = directory
        process.environment = ["TZ": "UTC", "NO_COLOR": "1", "TONNE_ACTOR": "test"]
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
