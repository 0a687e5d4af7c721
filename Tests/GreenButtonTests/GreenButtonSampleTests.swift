internal import Diagnostics
internal import Documents
internal import FoundationEssentials
internal import GreenButton
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

/// Real feeds with answers computed by others, where they are at hand.
struct GreenButtonSampleTests {
    struct Answers: Decodable {
        let files: [Answer]
    }

    struct Answer: Decodable, Sendable, CustomTestStringConvertible {
        struct Series: Decodable, Sendable {
            let total: String
            let unit: String
            let readings: Int
            let period_start_utc: String
            let period_end_utc: String
        }

        let path: String
        let format: String
        let outcome: String
        let series: [Series]?

        var testDescription: String { path }
    }

    static let folder = Repository.shared("samples")

    static func answers() throws -> [Answer] {
        guard let folder else { return [] }
        let text = try Data(contentsOf: folder.appending(path: "expected.json"))
        struct Shapeless: Decodable {
            let files: [Entry]
            struct Entry: Decodable {
                let answer: Answer?
                init(from decoder: any Decoder) throws {
                    enum Key: CodingKey { case format }
                    let format = try decoder.container(keyedBy: Key.self)
                        .decode(String.self, forKey: .format)
                    answer = format == "greenbutton-xml" ? try Answer(from: decoder) : nil
                }
            }
        }
        return try JSONDecoder().decode(Shapeless.self, from: text).files.compactMap(\.answer)
    }

    @Test(
        .enabled(if: folder != nil, "the shared samples are not beside the repository"))
    func `Samples give the answers that others computed`() throws {
        let folder = try #require(Self.folder)
        let answers = try Self.answers()
        #expect(!answers.isEmpty)
        for answer in answers {
            let bytes = [UInt8](try Data(contentsOf: folder.appending(path: answer.path)))
            let document = Document(name: answer.path, bytes: bytes)
            #expect(GreenButtonImporter().recognises(document), "\(answer.path)")
            let read = GreenButtonImporter().read(document)
            if answer.outcome.hasPrefix("reject") || answer.outcome == "accept-empty" {
                #expect(read.series.isEmpty, "\(answer.path)")
                continue
            }
            let wanted = try #require(answer.series?.first)
            let series = try #require(read.series.first, "\(answer.path): \(read.diagnostics)")
            #expect(read.series.count == 1, "\(answer.path)")
            #expect(series.total.description == wanted.total, "\(answer.path)")
            #expect(series.unit.symbol == wanted.unit, "\(answer.path)")
            #expect(series.readings.count == wanted.readings, "\(answer.path)")
            #expect(series.start?.description == wanted.period_start_utc, "\(answer.path)")
            #expect(series.end?.description == wanted.period_end_utc, "\(answer.path)")
        }
    }
}
