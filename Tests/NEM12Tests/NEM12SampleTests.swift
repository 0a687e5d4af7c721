internal import Documents
internal import FoundationEssentials
internal import ImportKit
internal import Inventory
internal import NEM12
internal import Quantities
internal import TestSupport
internal import Testing

/// Real files with answers computed by others, where they are at hand.
struct NEM12SampleTests {
    struct Answers: Decodable {
        let files: [Answer]
    }

    struct Answer: Decodable {
        let path: String
        let format: String
        let outcome: String
        let total_kwh: String?
    }

    static let folder = Repository.shared("samples")

    @Test(.enabled(if: folder != nil, "the shared samples are not beside the repository"))
    func `Samples that are no archives give the outcomes of others`() throws {
        let folder = try #require(Self.folder)
        let text = try Data(contentsOf: folder.appending(path: "expected.json"))
        let answers = try JSONDecoder().decode(Answers.self, from: text).files.filter {
            ["nem12", "nem13"].contains($0.format) && $0.path.hasSuffix(".csv")
        }
        #expect(!answers.isEmpty)
        for answer in answers {
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: answer.path)))
            let document = Document(name: answer.path, bytes: bytes)
            #expect(NEM12Importer().recognises(document), "\(answer.path)")
            let read = NEM12Importer().read(document)
            #expect(read.format == answer.format, "\(answer.path)")
            // A warning more than others expect is no fault.
            let warned = answer.outcome == "accept" && read.outcome == .acceptWithWarning
            #expect(warned || read.outcome.rawValue == answer.outcome, "\(answer.path)")
            guard let total = answer.total_kwh else { continue }
            let sum = try ExactDecimal.sum(read.series.map(\.total))
            #expect(sum == (try ExactDecimal(parsing: total)), "\(answer.path)")
        }
    }
}
