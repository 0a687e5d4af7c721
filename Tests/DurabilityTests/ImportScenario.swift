internal import Foundation
internal import Hashing
internal import TestSupport
internal import Testing

/// A book with an organisation, and documents that the program imports one after the other.
struct ImportScenario: Sendable {
    struct Paper: Sendable {
        let name: String
        let bytes: [UInt8]
    }

    struct Outcome {
        let status: Int32
        let isKilled: Bool
        let output: String
        let errors: String

        /// Documents whose line stands whole on standard output.
        var acknowledged: [String] { ImportScenario.acknowledged(in: output) }
    }

    let root: URL
    let papers: [Paper]

    /// The book without documents.
    var template: URL { root.appending(path: "template.tonne") }
    /// Holds nothing but the book of one trial.
    private var folder: URL { root.appending(path: "trial") }
    var book: URL { folder.appending(path: "book.tonne") }

    static func with(_ papers: [Paper], _ test: (ImportScenario) throws -> Void) throws {
        try TemporaryFolder.with { try test(prepared(papers, in: $0)) }
    }

    /// Writes the documents and the book without them into a folder.
    static func prepared(_ papers: [Paper], in root: URL) throws -> ImportScenario {
        let scenario = ImportScenario(root: root, papers: papers)
        for paper in papers {
            try Data(paper.bytes).write(to: root.appending(path: paper.name))
        }
        let organisation = Repository.root
            .appending(path: "Tests/FunctionalTests/Fixtures/organisation.toml").path
        for command in [["init"], ["apply", organisation]] {
            let outcome = try scenario.run(command, on: scenario.template)
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
        try scenario.reset()
        return scenario
    }

    /// Puts the book back to where it has no documents yet.
    func reset() throws {
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try FileManager.default.copyItem(at: template, to: book)
    }

    /// The files of the book as they are, by the ends of their names; the index of the log apart,
    /// which no crash of the machine leaves.
    func replaceBook(_ files: [String: [UInt8]]) throws {
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        for (suffix, bytes) in files {
            try Data(bytes).write(to: URL(filePath: book.path + suffix))
        }
    }

    func importAll(
        _ papers: [Paper]? = nil, on place: URL? = nil, faults: [String: String] = [:]
    ) throws -> Outcome {
        let place = place ?? book
        let names = (papers ?? self.papers).map(\.name)
        let environment =
            faults.isEmpty ? [:] : try FaultLibrary.environment(book: place, faults)
        return try run(["import"] + names, on: place, environment: environment)
    }

    func run(
        _ arguments: [String], on place: URL, environment: [String: String] = [:]
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = try BuiltProgram.folder.get().appending(path: "tonne")
        process.arguments = arguments + ["--book", place.path]
        process.currentDirectoryURL = root
        process.environment = ["TZ": "UTC", "NO_COLOR": "1", "TONNE_ACTOR": "test"]
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        // Files, for a process that is killed may leave a pipe half read.
        let name = UUID().uuidString
        let streams = ["out", "err"].map { root.appending(path: "\(name).\($0)") }
        defer { for stream in streams { try? FileManager.default.removeItem(at: stream) } }
        for stream in streams { try Data().write(to: stream) }
        process.standardOutput = try FileHandle(forWritingTo: streams[0])
        process.standardError = try FileHandle(forWritingTo: streams[1])
        try process.run()
        process.waitUntilExit()
        let texts = try streams.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Outcome(
            status: process.terminationStatus,
            isKilled: process.terminationReason == .uncaughtSignal, output: texts[0],
            errors: texts[1])
    }

    /// Expects a book that verifies, holds every acknowledged document and at most the one that
    /// was being written when the program ended, each with the bytes that were imported.
    ///
    /// - Returns: How many documents it holds.
    @discardableResult
    func expectSound(
        acknowledged: [String], on place: URL? = nil, _ context: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Int {
        let place = place ?? book
        let verified = try run(["verify"], on: place)
        #expect(
            verified.status == 0, "\(context): \(verified.output)\(verified.errors)",
            sourceLocation: sourceLocation)
        let query = """
            SELECT lower(hex(sha256)) || ' ' || evidence.size FROM evidence
            JOIN evidence_part ON evidence = number WHERE part = 1
            """
        let answer = try run(["query", query, "--format", "csv"], on: place)
        #expect(answer.status == 0, "\(context): \(answer.errors)", sourceLocation: sourceLocation)
        let held = Set(answer.output.split(separator: "\n"))
        let isHeld = papers.map { held.contains(Self.words($0)[...]) }
        let count = isHeld.prefix { $0 }.count
        let names = papers.prefix(acknowledged.count).map(\.name)
        #expect(names == acknowledged, "\(context)", sourceLocation: sourceLocation)
        #expect(
            count >= acknowledged.count, "\(context): an acknowledged document is lost",
            sourceLocation: sourceLocation)
        #expect(
            count <= acknowledged.count + 1 && !isHeld.dropFirst(count).contains(true),
            "\(context): \(isHeld)", sourceLocation: sourceLocation)
        return count
    }

    /// The documents whose line stands whole in the output of an import.
    static func acknowledged(in output: String) -> [String] {
        guard let end = output.lastIndex(of: "\n") else { return [] }
        return output[..<end].split(separator: "\n").compactMap { line in
            line.contains("  csv ") ? String(line.prefix { $0 != " " && $0 != ":" }) : nil
        }
    }

    /// What the book says of a document that it holds.
    private static func words(_ paper: Paper) -> String {
        "\(SHA256Digest(hashing: paper.bytes).hexadecimal) \(paper.bytes.count)"
    }
}

extension ImportScenario {
    /// Three bills and two days of readings.
    static let papers: [Paper] = (1...3).map { bill($0) } + [readings]

    /// The bill of one month, counted from January 2024.
    static func bill(_ month: Int) -> Paper {
        let digits = String((month - 1) % 12 + 101).dropFirst()
        let day = "\(2024 + (month - 1) / 12)-\(digits)"
        return Paper(
            name: "bill-\(month).csv",
            bytes: Array(
                """
                meter,first_day,last_day,carrier,quantity,unit
                M-1,\(day)-01,\(day)-28,electricity,\(1_000 + month),kWh

                """.utf8))
    }

    private static let readings: Paper = {
        var text = "meter,start,end,quantity,unit,carrier,direction,quality\n"
        func time(_ hour: Int) -> String {
            let (day, hour) = (4 + hour / 24, String(hour % 24 + 100).dropFirst())
            return "2025-01-0\(day)T\(hour):00:00Z"
        }
        for hour in 0..<48 {
            text += "M-1,\(time(hour)),\(time(hour + 1)),0.\(hour + 1),kWh,electricity,import,\n"
        }
        return Paper(name: "readings.csv", bytes: Array(text.utf8))
    }()

    /// A bill in an archive beside 5 MB that are none: more than the log takes before it is
    /// written back to the book.
    static let archive: Paper = {
        var random = SplitMix64(seed: 5)
        var photo = ZipBytes.Member("photo.jpg", random.bytes(5_000_000))
        photo.deflates = false
        let member = ZipBytes.Member("bill.csv", bill(12).bytes)
        return Paper(name: "bills.zip", bytes: ZipBytes.archive([member, photo]))
    }()

    /// With a document in the middle that fills the log.
    static let manyPapers = [papers[0], archive] + papers.dropFirst()
}
