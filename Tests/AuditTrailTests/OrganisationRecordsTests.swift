internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Testing

@Suite("An organisation in records")
struct OrganisationRecordsTests {
    private static func organisation(meters: Int, seed: Int) throws -> Organisation {
        var records = RandomRecords(seed: seed)
        var organisation = records.organisation()
        organisation.parts = nil
        organisation.meters = (0..<meters).map { number in
            Meter(
                number: "\(number)-\(records.text())", facility: records.facility(),
                carrier: .electricity, role: .whole, validFrom: records.day())
        }
        return organisation
    }

    private static func fold(_ bodies: [RecordBody]) -> OrganisationFold? {
        var fold = OrganisationFold()
        for body in bodies where !fold.add(body) { return nil }
        return fold
    }

    @Test("is one record while it fits, else that and its parts", arguments: 0..<12)
    func whole(seed: Int) throws {
        let count = [0, 3, 300, 2_000][seed % 4]
        let organisation = try Self.organisation(meters: count, seed: seed)
        let bodies = try OrganisationRecords.bodies(of: organisation)
        #expect((bodies.count == 1) == (count <= 300))
        let noon = Instant(secondsSinceEpoch: 1_735_732_800)
        for (number, body) in bodies.enumerated() {
            // What is too large for a record is refused here.
            _ = try RecordCoding.encode(
                LedgerRecord(
                    number: RecordNumber(number), recordedAt: noon, actor: "ana", body: body))
        }
        let fold = try #require(Self.fold(bodies))
        #expect(fold.organisation == organisation)
        #expect(!fold.isOpen)
    }

    @Test("is not there before its last part, and takes no other record between")
    func parts() throws {
        let first = try Self.organisation(meters: 2, seed: 1)
        let second = try Self.organisation(meters: 2_000, seed: 2)
        let bodies = try OrganisationRecords.bodies(of: second)
        try #require(bodies.count > 2)
        let cut = try #require(Self.fold([.organisation(first)] + bodies.dropLast()))
        #expect(cut.organisation == first)
        #expect(cut.isOpen)
        #expect(Self.fold(Array(bodies.dropFirst())) == nil)
        #expect(Self.fold(bodies + bodies.suffix(1)) == nil)
        #expect(Self.fold(bodies.dropLast() + [.organisation(first)]) == nil)
        #expect(Self.fold(bodies.dropLast() + [.matchingRules([])]) == nil)
        #expect(Self.fold([.organisation(second.head(ofParts: 0))]) == nil)
    }
}
