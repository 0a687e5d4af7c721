internal import AuditTrail
internal import Foundation
internal import TestSupport
internal import Testing

@Suite("The schemas of records")
struct RecordSchemaTests {
    /// `Schemas`, beside `Tests`.
    static let folder = Repository.root.appending(path: "Schemas")

    let validator = SchemaValidator(folder: Self.folder)

    @Test("describe each kind as it is encoded", arguments: RecordBody.Kind.allCases)
    func encoded(kind: RecordBody.Kind) throws {
        for seed in 0..<20 {
            let record = try object(kind, seed: seed)
            let body = try #require(record["body"])
            #expect(try validator.errors(in: body, schema: "record-\(kind.rawValue)") == [])
            #expect(try validator.errors(in: record, schema: "record-envelope") == [])
        }
    }

    @Test("refuse a member that is not encoded", arguments: RecordBody.Kind.allCases)
    func surplus(kind: RecordBody.Kind) throws {
        var record = try object(kind, seed: 1)
        record["remark"] = "x"
        let errors = try validator.errors(in: record, schema: "record-envelope")
        #expect(errors.contains(".remark: not in the schema"))
    }

    @Test("name no type that is not there")
    func types() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.hasSuffix(".schema.json") && $0.hasPrefix("record-") }
        let kinds = RecordBody.Kind.allCases.map { "record-\($0.rawValue).schema.json" }
        let shared = ["record-common.schema.json", "record-envelope.schema.json"]
        #expect(Set(files) == Set(kinds + shared))
    }

    private func object(_ kind: RecordBody.Kind, seed: Int) throws -> [String: Any] {
        var records = RandomRecords(seed: seed)
        let bytes = try RecordCoding.encode(records.record(kind))
        let value = try JSONSerialization.jsonObject(with: Data(bytes))
        return try #require(value as? [String: Any])
    }
}
