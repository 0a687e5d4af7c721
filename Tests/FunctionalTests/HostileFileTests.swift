internal import Foundation
internal import TestSupport
internal import Testing

/// Reading a hostile file opens nothing but the file, and costs little.
@Suite("Hostile files")
struct HostileFileTests {
    private static let strace = "/usr/bin/strace"

    private static var hasStrace: Bool { FileManager.default.isExecutableFile(atPath: strace) }

    /// Writes all attacks, and the file they point at, into a fresh folder.
    private static func withCorpus(_ body: (URL) throws -> Void) throws {
        let folder = try TemporaryFolder.make()
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(HostileCorpus.secret.utf8).write(to: folder.appending(path: "secret.txt"))
        for attack in HostileCorpus.all {
            try Data(attack.bytes).write(to: folder.appending(path: attack.name))
        }
        try body(folder)
    }

    /// Inspects a file under strace.
    ///
    /// - Returns: Exit status, and everything that was written to both outputs.
    private static func inspect(
        _ name: String, in folder: URL, trace: URL
    ) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: strace)
        let program = try BuiltProgram.folder.get().appending(path: "tonne").path
        process.arguments =
            ["-f", "-qq", "-e", "trace=%file,%network", "-e", "signal=none", "-o", trace.path]
            + [program, "inspect", name]
        process.currentDirectoryURL = folder
        process.environment = ["TZ": "UTC", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"]
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// Sound files of each kind: what reading them asks of the system is what any file may ask.
    private static let sound: [HostileCorpus.Attack] = {
        let table = Array("meter,start,end,kwh\nM-1,2025-01-01T00:00Z,2025-01-02T00:00Z,1\n".utf8)
        let feed = Array("<feed xmlns='http://www.w3.org/2005/Atom'/>".utf8)
        let rows = "<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>"
        return [
            .init(name: "sound.csv", bytes: table), .init(name: "sound.xml", bytes: feed),
            .init(name: "sound.csv.gz", bytes: ZipBytes.gzip(table)),
            .init(name: "sound.zip", bytes: ZipBytes.archive([.init("a.csv", table)])),
            .init(name: "sound.xlsx", bytes: WorkbookBytes.workbook([("S", rows)])),
            .init(name: "sound.pdf", bytes: PDFBytes.file(attachments: [feed])),
        ]
    }()

    @Test(
        "make the program open no file but what sound ones make it open, and no socket",
        .enabled(if: hasStrace, "there is no strace here"),
        .disabled(if: Allowance.isSanitized, "a sanitizer opens files of its own"))
    func systemCalls() throws {
        try Self.withCorpus { folder in
            var usual: Set<Substring> = []
            for file in Self.sound {
                let paths = try Self.paths(of: file, in: folder)
                #expect(paths.contains(file.name[...]), "\(file.name) was not opened")
                usual.formUnion(paths.subtracting([file.name[...]]))
            }
            for path in ["secret.txt", "/etc/passwd"] { #expect(!usual.contains(path[...])) }
            for attack in HostileCorpus.all {
                let paths = try Self.paths(of: attack, in: folder)
                // Without this the trace might be empty, and the test would hold for nothing.
                #expect(paths.contains(attack.name[...]), "\(attack.name) was not opened")
                let others = paths.subtracting(usual).subtracting([attack.name[...]])
                #expect(others.isEmpty, "\(attack.name): \(others.sorted())")
            }
        }
    }

    /// The paths that occur in system calls while a file is inspected.
    private static func paths(
        of file: HostileCorpus.Attack, in folder: URL
    ) throws -> Set<Substring> {
        try Data(file.bytes).write(to: folder.appending(path: file.name))
        let trace = folder.appending(path: "trace")
        let outcome = try inspect(file.name, in: folder, trace: trace)
        #expect([0, 3].contains(outcome.status), "\(file.name)\n\(outcome.text)")
        #expect(!outcome.text.contains(HostileCorpus.secret), "\(file.name)")
        let lines = String(decoding: try Data(contentsOf: trace), as: UTF8.self)
            .split(separator: "\n")
        var paths: Set<Substring> = []
        for line in lines {
            // `PID call("path", …) = result`
            let call = line.drop { $0.isNumber || $0 == " " }.prefix { $0 != "(" }
            #expect(!network.contains(call), "\(file.name): \(line)")
            let quoted = line.split(separator: "\"", omittingEmptySubsequences: false)
            if quoted.count > 1 { paths.insert(quoted[1]) }
        }
        return paths
    }

    private static let network: Set<Substring> = [
        "socket", "connect", "bind", "sendto", "sendmsg", "socketpair", "listen",
    ]

    /// A debug build is slower than what is shipped, hence the generous time.
    @Test("cost little time and memory")
    func cost() throws {
        try Self.withCorpus { folder in
            for attack in HostileCorpus.all {
                let run = try BuiltProgram.measure(
                    ["inspect", folder.appending(path: attack.name).path])
                #expect([0, 3].contains(run.status), "\(attack.name)")
                #expect(
                    run.milliseconds < Allowance.milliseconds(10_000),
                    "\(attack.name): \(run.milliseconds) ms")
                #expect(
                    run.peakBytes < Allowance.bytes(200_000_000),
                    "\(attack.name): \(run.peakBytes) bytes")
            }
        }
    }
}
