internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Testing

extension PartFold {
    fileprivate func takes(_ body: RecordBody) -> Bool {
        var fold = self
        return fold.add(body)
    }
}

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
        var fold = PartFold()
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

    @Test("is like the rules for it, one record or several", arguments: [0, 1, 100, 2_000])
    func rules(count: Int) throws {
        var records = RandomRecords(seed: count)
        let rules = (0..<count).map { _ in records.matchingRule() }
        let bodies = try MatchingRuleRecords.bodies(of: rules)
        #expect((bodies.count > 1) == (count == 2_000))
        var fold = PartFold()
        var read: [MatchingRule] = []
        for (number, body) in bodies.enumerated() {
            let stands = fold.add(body)
            #expect(stands)
            switch (number, body) {
            case (0, .matchingRules(let rules)): read += rules
            case (1..., .matchingRulesPart(let rules)): read += rules
            case _: Issue.record("\(body.kind) stands at \(number)")
            }
        }
        #expect(read == rules)
        let isFirst = PartFold().takes(.matchingRulesPart([]))
        #expect(!isFirst)
    }

    @Test("has its parts right behind it")
    func place() throws {
        let bodies = try DocumentRecords.bodies(of: Self.document(invoices: 5_000, seed: 1))
        try #require(bodies.count > 2)
        let other = RecordBody.document(Self.document(invoices: nil, seed: 2))
        func stands(_ bodies: [RecordBody]) -> Bool {
            var fold = PartFold()
            return bodies.allSatisfy { fold.add($0) }
        }
        #expect(stands(bodies + [other]))
        #expect(!stands(Array(bodies.dropFirst())))
        #expect(!stands([bodies[0], .matchingRules([])] + bodies.dropFirst()))
        #expect(!stands([bodies[0], other] + bodies.dropFirst()))
    }
}
