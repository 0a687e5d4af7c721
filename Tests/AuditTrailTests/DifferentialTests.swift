internal import AuditTrail
internal import Foundation
internal import TestSupport
internal import Testing

/// Another program that writes the same bytes: Python's `json`, and the package `rfc8785` where it
/// is installed.
enum OtherEncoder {
    /// Reads one JSON text a line and prints its canonical form.
    static let script = """
        import json, sys
        try:
            from rfc8785 import dumps
        except ImportError:
            dumps = None
        for line in sys.stdin.buffer:
            value = json.loads(line)
            text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            bytes = text.encode()
            if dumps and dumps(value) != bytes:
                sys.exit("rfc8785 and json differ on " + text)
            sys.stdout.buffer.write(bytes + b"\\n")
        """

    /// The interpreter; `nil` where there is none on the path.
    static let interpreter: String? = {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { $0 + "/python3" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static func run(_ input: Data) throws -> Data {
        try TemporaryFolder.with { folder in
            let file = folder.appending(path: "input.jsonl")
            try input.write(to: file)
            return try run(FileHandle(forReadingFrom: file))
        }
    }

    private static func run(_ input: FileHandle) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: interpreter ?? "")
        process.arguments = ["-c", script]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return data
    }
}

@Suite(
    "Canonical JSON, as another program writes it,",
    .enabled(if: OtherEncoder.interpreter != nil, "there is no python3 on the path"))
struct DifferentialTests {
    @Test("has the same bytes for any value")
    func values() throws {
        let lines = try (0..<2_000).map { seed in
            var random = SplitMix64(seed: seed)
            return try CanonicalJSON.bytes(of: randomValue(&random, depth: 0))
        }
        try expectSameBytes(lines)
    }

    /// More by `Tests/Referees/referees.sh`.
    private static let recordSeeds =
        (Int(ProcessInfo.processInfo.environment["TONNE_REFEREE_TREES"] ?? "") ?? 400) / 10

    @Test("has the same bytes for records of each kind")
    func records() throws {
        let lines = try (0..<Self.recordSeeds).flatMap { seed in
            try RecordBody.Kind.allCases.map { kind in
                var records = RandomRecords(seed: seed)
                return try RecordCoding.encode(records.record(kind))
            }
        }
        try expectSameBytes(lines)
    }

    private func expectSameBytes(_ lines: [[UInt8]]) throws {
        let input = Data(lines.joined(separator: [0x0A])) + Data([0x0A])
        let output = try OtherEncoder.run(input)
        let others = output.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        #expect(others.count == lines.count)
        for (line, other) in zip(lines, others) {
            #expect(String(decoding: line, as: UTF8.self) == String(decoding: other, as: UTF8.self))
            #expect(line == Array(other))
        }
    }
}
