internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Testing

/// Some kinds of records are written and read member by member; `Codable` is the referee.
@Suite("A record written member by member")
struct DirectRecordCodingTests {
    @Test("has the bytes that Codable gives", arguments: 0..<400)
    func bytes(seed: Int) throws {
        var records = RandomRecords(seed: seed)
        for kind in RecordBody.Kind.allCases {
            let record = try records.record(kind)
            #expect(try RecordCoding.encode(record) == RecordCoding.encodeByCodable(record))
        }
    }

    @Test("is read alike beside others, whatever they have spelled", arguments: 0..<40)
    func memo(seed: Int) throws {
        var records = RandomRecords(seed: seed)
        let memo = RecordMemo()
        for _ in 0..<50 {
            let record = try records.record(
                records.one(of: [.journal, .activity, .document, .decision]))
            var bytes = try RecordCoding.encode(record)
            // Twice, so that each spelling is known; then with one byte of another value.
            #expect(try RecordCoding.decode(bytes, memo) == record)
            #expect(try RecordCoding.decode(bytes, memo) == record)
            bytes[records.below(bytes.count)] ^= UInt8(1) << UInt8(records.below(8))
            #expect(
                result { () throws(RecordCodingError) in try RecordCoding.decode(bytes, memo) }
                    == result { () throws(RecordCodingError) in
                        try RecordCoding.decodeByCodable(bytes)
                    })
        }
    }

    @Test("is read, or refused with the same reason, as by Codable", arguments: 0..<400)
    func changedBytes(seed: Int) throws {
        var records = RandomRecords(seed: seed)
        let record = try records.record(
            records.one(of: [.journal, .activity, .document, .decision]))
        var bytes = try RecordCoding.encode(record)
        #expect(try RecordCoding.decode(bytes) == RecordCoding.decodeByCodable(bytes))
        let place = records.below(bytes.count)
        switch records.below(4) {
        case 0: bytes[place] ^= UInt8(1) << UInt8(records.below(8))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(bytes[records.below(bytes.count)], at: place)
        case _: bytes[place] = bytes[records.below(bytes.count)]
        }
        #expect(
            result { () throws(RecordCodingError) in try RecordCoding.decode(bytes) }
                == result { () throws(RecordCodingError) in
                    try RecordCoding.decodeByCodable(bytes)
                })
    }

    private func result(
        _ decode: () throws(RecordCodingError) -> LedgerRecord
    ) -> Result<LedgerRecord, RecordCodingError> {
        do throws(RecordCodingError) { return .success(try decode()) } catch {
            return .failure(error)
        }
    }

    /// A member that somebody adds to a type must be written by both; this list says so.
    @Test("has no member that is written by Codable alone")
    func members() throws {
        var records = RandomRecords(seed: 1)
        func names(_ value: Any) -> [String] {
            let members = Mirror(reflecting: value).children
            // What is held by reference has its members behind it.
            if let only = members.first, members.count == 1, ["held", "facts"].contains(only.label)
            {
                return names(only.value)
            }
            return members.map { $0.label ?? "" }
        }
        let reversal = JournalEntry.Reversal(entry: RecordNumber(0), reason: "")
        let entry = try records.journalEntry()
        #expect(
            names(entry) == [
                "effective", "facility", "description", "postings", "calculation", "reversal",
            ])
        #expect(names(reversal) == ["entry", "reason"])
        #expect(
            names(try #require(entry.postings.first)) == [
                "account", "commodity", "basis", "amount", "counterparty",
            ])
        let calculation = JournalEntry.Calculation(
            rule: "", activity: RecordNumber(0), period: records.period(),
            quantity: records.quantity(), rounding: "")
        #expect(
            names(calculation) == [
                "rule", "activity", "period", "quantity", "factor", "factorHash", "role",
                "rounding",
            ])
        #expect(
            names(records.activity()) == [
                "activity", "facility", "period", "quantity", "treatment", "supplier", "slot",
                "series", "quality", "estimated", "register", "revisions", "invoice", "evidence",
            ])
        let invoice = InvoiceReference(party: "", number: "", line: "", isUndated: true)
        #expect(
            names(invoice) == [
                "party", "number", "line", "corrects", "isReplacement", "isUndated",
            ])
        #expect(names(records.evidence()) == ["document", "name", "line", "place", "excerpt"])
        #expect(
            names(records.document()) == [
                "digest", "name", "size", "mediaType", "format", "profile", "profileHash",
                "outcome", "invoices", "place",
            ])
        let decision = Decision(subject: RecordNumber(0), outcome: .ignored, reason: "")
        #expect(names(decision) == ["subject", "outcome", "reason", "by"])
    }
}
