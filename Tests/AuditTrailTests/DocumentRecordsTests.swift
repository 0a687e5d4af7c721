internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Testing

@Suite("A document in records")
struct DocumentRecordsTests {
    private static func document(invoices: Int?, seed: Int) -> ReceivedDocument {
        var records = RandomRecords(seed: seed)
        var document = records.document()
        document.invoices = invoices.map { count in (0..<count).map { _ in records.invoiceHead() } }
        return document
    }

    @Test("is one record while its invoices fit, else that and its parts", arguments: 0..<16)
    func whole(seed: Int) throws {
        let count = [nil, 0, 100, 5_000][seed % 4]
        let document = Self.document(invoices: count, seed: seed)
        let bodies = try DocumentRecords.bodies(of: document)
        #expect((bodies.count == 1) == (count != 5_000))
        let noon = Instant(secondsSinceEpoch: 1_735_732_800)
        var fold = DocumentFold()
        var invoices: [InvoiceHead] = []
        for (number, body) in bodies.enumerated() {
            let record = LedgerRecord(
                number: RecordNumber(number), recordedAt: noon, actor: "ana", body: body)
            // What is too large for a record is refused here.
            #expect(try RecordCoding.decode(RecordCoding.encode(record)) == record)
            let stands = fold.add(body)
            #expect(stands)
            switch body {
            case .document(let first): invoices += first.invoices ?? []
            case .documentPart(let part): invoices += part.invoices
            case _: Issue.record("\(body.kind) is no part of a document")
            }
        }
        #expect(invoices == document.invoices ?? [])
    }

    @Test("has its parts right behind it")
    func place() throws {
        let bodies = try DocumentRecords.bodies(of: Self.document(invoices: 5_000, seed: 1))
        try #require(bodies.count > 2)
        let other = RecordBody.document(Self.document(invoices: nil, seed: 2))
        func stands(_ bodies: [RecordBody]) -> Bool {
            var fold = DocumentFold()
            return bodies.allSatisfy { fold.add($0) }
        }
        #expect(stands(bodies + [other]))
        #expect(!stands(Array(bodies.dropFirst())))
        #expect(!stands([bodies[0], .matchingRules([])] + bodies.dropFirst()))
        #expect(!stands([bodies[0], other] + bodies.dropFirst()))
    }
}
