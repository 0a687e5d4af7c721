package import Foundation

/// Programs of others on the path, for checks that share no code with ours.
package enum OtherProgram {
    /// Runs a program and waits for it.
    ///
    /// - Parameters:
    ///   - input: A file to read as standard input.
    ///   - environment: Added to that of the tests.
    /// - Returns: Its exit status and what it wrote to standard output and standard error.
    package static func run(
        _ program: String, _ arguments: [String], input: URL? = nil, in directory: URL? = nil,
        environment: [String: String] = [:]
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        if let directory { process.currentDirectoryURL = directory }
        process.standardInput =
            try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
