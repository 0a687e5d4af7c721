internal import Foundation
internal import FuzzTargets
internal import TestSupport
internal import Testing

/// A short run of what `make torture` does for long: the corpus, and mutations of it. A trap ends
/// the tests; the seed that is printed last repeats it.
@Suite("Bytes from strangers")
struct FuzzSmokeTests {
    /// Larger files are no good seeds.
    private static let largestSeed = 32 << 10

    /// What was kept from earlier runs, and the fixtures of the kind.
    private static func seeds(of target: FuzzTarget) throws -> [[UInt8]] {
        let kept = try files(below: "Tests/Fuzz/corpus/\(target.rawValue)")
        let suffixes: [String] =
            switch target {
            case .csv: [".csv"]
            case .xml: [".xml"]
            case .json: [".json"]
            case .archive: [".zip", ".gz", ".xlsx", ".pdf"]
            case .toml: [".toml"]
            case .decimal, .profile, .factors, .record, .chunk, .note: []
            }
        let fixtures = try files(below: "importers").filter { file in
            suffixes.contains(where: file.path.hasSuffix)
        }
        return try (kept + fixtures).map { Array(try Data(contentsOf: $0)) }
            .filter { $0.count <= largestSeed }
    }

    private static func files(below folder: String) throws -> [URL] {
        let root = Repository.root.appending(path: folder)
        return try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
            .map { root.appending(path: $0) }.filter { !$0.hasDirectoryPath }
            .filter {
                (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
            }
    }

    @Test("end with an answer", arguments: FuzzTarget.allCases, 0..<4)
    func mutations(target: FuzzTarget, seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        for input in try Self.seeds(of: target) {
            if seed == 0 { target.run(input) }
            target.run(Self.mutated(input, &generator))
        }
    }

    @Test("have seeds for each target", arguments: FuzzTarget.allCases)
    func seeds(target: FuzzTarget) throws {
        #expect(try !Self.seeds(of: target).isEmpty)
    }

    private static func mutated(_ input: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
        var bytes = input
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
            guard let place = bytes.indices.randomElement(using: &generator) else { break }
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
            case 3: bytes.removeSubrange(place...)
            case 4:
                let end = min(bytes.count, place + Int.random(in: 1...64, using: &generator))
                bytes.insert(contentsOf: bytes[place..<end], at: place)
            case _:
                // Digits carry the meaning of most formats.
                if let digit = bytes[place...].firstIndex(where: { (48...57).contains($0) }) {
                    let run = Int.random(in: 1...40, using: &generator)
                    bytes.replaceSubrange(digit...digit, with: [UInt8](repeating: 57, count: run))
                }
            }
        }
        return bytes
    }
}
