internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Testing

@Suite("A record")
struct RecordCodingTests {
    @Test("reads back as the same record, of each kind", arguments: RecordBody.Kind.allCases)
    func roundTrip(kind: RecordBody.Kind) throws {
        for seed in 0..<50 {
            var records = RandomRecords(seed: seed)
            let record = try records.record(kind)
            let bytes = try RecordCoding.encode(record)
            #expect(try RecordCoding.decode(bytes) == record, "seed \(seed)")
        }
    }

    @Test("is refused or another record once one bit has changed", arguments: 0..<200)
    func flippedBit(seed: Int) throws {
        var records = RandomRecords(seed: seed)
        let kind = records.one(of: RecordBody.Kind.allCases)
        let record = try records.record(kind)
        var bytes = try RecordCoding.encode(record)
        bytes[records.below(bytes.count)] ^= UInt8(1) << UInt8(records.below(8))
        let other: LedgerRecord
        do throws(RecordCodingError) { other = try RecordCoding.decode(bytes) } catch { return }
        #expect(try RecordCoding.encode(other) == bytes)
    }

    @Test("has these bytes")
    func journalBytes() throws {
        let entry = try JournalEntry(
            effective: #require(CivilDate("2025-03-01")), facility: FacilityID(unchecked: "ams1"),
            description: "Electricity, March",
            postings: [
                .debit(
                    #require(Account("object:ams1:use:B6:electricity")), ExactDecimal(250),
                    .emission(.gas(.carbonDioxide)), basis: .location),
                .credit(
                    .source(.purchasedElectricity), ExactDecimal(250),
                    .emission(.gas(.carbonDioxide)), basis: .location, counterparty: "NL"),
            ],
            reversal: JournalEntry.Reversal(entry: RecordNumber(7), reason: "typing error"))
        let record = LedgerRecord(
            number: RecordNumber(12), recordedAt: try #require(Instant("2026-01-05T09:10:00Z")),
            actor: "u:anna", body: .journal(entry))
        let expected =
            #"{"actor":"u:anna","body":{"description":"Electricity, March","#
            + #""effective":"2025-03-01","facility":"ams1","postings":["#
            + #"{"account":"object:ams1:use:B6:electricity","amount":"250","basis":"location","#
            + #""commodity":"mg CO2"},{"account":"source:scope2:electricity","amount":"-250","#
            + #""basis":"location","commodity":"mg CO2","counterparty":"NL"}],"#
            + #""reversal":{"entry":"7","reason":"typing error"}},"number":"12","#
            + #""recorded_at":"2026-01-05T09:10:00Z","type":"journal","version":"tonne-entry/1"}"#
        #expect(try String(decoding: RecordCoding.encode(record), as: UTF8.self) == expected)
    }

    @Test(
        "is not written with a character that records do not hold",
        arguments: [
            ("\u{0}", "0"), ("\n", "a"), ("\u{7F}", "7f"), ("\u{85}", "85"), ("\u{9F}", "9f"),
            ("\u{61C}", "61c"), ("\u{200E}", "200e"), ("\u{202E}", "202e"), ("\u{2066}", "2066"),
        ])
    func forbiddenText(character: String, scalar: String) {
        let record = LedgerRecord(
            number: RecordNumber(0), recordedAt: Instant(secondsSinceEpoch: 0), actor: "u:anna",
            body: .decision(
                Decision(
                    subject: RecordNumber(1), outcome: .ignored,
                    reason: "a" + character + "b")))
        #expect(throws: RecordCodingError.text(path: "body.reason", scalar: scalar)) {
            try RecordCoding.encode(record)
        }
    }

    @Test("is not written beyond 65,535 bytes")
    func size() throws {
        func record(_ length: Int) -> LedgerRecord {
            LedgerRecord(
                number: RecordNumber(0), recordedAt: Instant(secondsSinceEpoch: 0), actor: "",
                body: .genesis(
                    Genesis(
                        origin: String(repeating: "x", count: length), program: "",
                        rounding: "")))
        }
        let overhead = try RecordCoding.encode(record(0)).count
        let largest = try RecordCoding.encode(record(65_535 - overhead))
        #expect(largest.count == 65_535)
        #expect(try RecordCoding.decode(largest) == record(65_535 - overhead))
        #expect(throws: RecordCodingError.json(.tooLarge(size: 65_536))) {
            try RecordCoding.encode(record(65_536 - overhead))
        }
    }
}

@Suite("Bytes that are no record")
struct MalformedRecordTests {
    struct Refusal: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var actor = #""u:anna""#
        var body = Self.reopening("2025-01-01/2026-01-01")
        var number = #""12""#
        var recordedAt = #""2026-01-05T09:10:00Z""#
        var type = #""period-reopen""#
        var version = #""tonne-entry/1""#
        var error: RecordCodingError?

        static func reopening(_ period: String, _ more: String = "") -> String {
            #"{"approvals":[],"period":""# + period + #"","reason":"x""# + more
                + #","state":{"root":""# + String(repeating: "0", count: 64) + #"","size":"0"}}"#
        }

        var bytes: [UInt8] {
            Array(
                (#"{"actor":"# + actor + #","body":"# + body + #","number":"# + number
                    + #","recorded_at":"# + recordedAt + #","type":"# + type
                    + #","version":"# + version + "}").utf8)
        }
    }

    static let refusals = [
        Refusal(
            testDescription: "another version", version: #""tonne-entry/2""#,
            error: .version("tonne-entry/2")),
        Refusal(testDescription: "an unknown type", type: #""opinion""#, error: .type("opinion")),
        Refusal(testDescription: "a type that does not fit the body", type: #""genesis""#),
        Refusal(testDescription: "a number with a zero in front", number: #""012""#),
        Refusal(testDescription: "a number below zero", number: #""-1""#),
        Refusal(testDescription: "a number with a plus sign", number: #""+1""#),
        Refusal(
            testDescription: "a JSON number", number: "12",
            error: .json(.malformed(.number, offset: 192))),
        Refusal(testDescription: "a time with an offset", recordedAt: #""2026-01-05T09:10:00+00""#),
        Refusal(testDescription: "a day that is not there", recordedAt: #""2026-02-30T09:10:00Z""#),
        Refusal(testDescription: "an actor that is no text", actor: "true"),
        Refusal(testDescription: "a body that is no object", body: #""2025""#),
        Refusal(testDescription: "a body without its member", body: "{}"),
        Refusal(
            testDescription: "a member that the type does not read",
            body: Refusal.reopening("2025-01-01/2026-01-01", #","remark":"x""#),
            error: .notCanonical),
        Refusal(
            testDescription: "a period in its short form", body: Refusal.reopening("2025"),
            error: .notCanonical),
        Refusal(
            testDescription: "a period that ends before it starts",
            body: Refusal.reopening("2026-01-01/2025-01-01")),
        Refusal(
            testDescription: "a decimal in another form",
            body: #"{"name":"R","shares":[{"fraction":"0.50","gas":"CH4"}],"source":""}"#,
            type: #""refrigerant-blend""#, error: .notCanonical),
        Refusal(
            testDescription: "potentials out of order",
            body: #"{"set":"AR5","source":"","values":[{"gas":"N2O","value":"265"},"#
                + #"{"gas":"CH4","value":"28"}]}"#,
            type: #""gwp-table""#, error: .notCanonical),
        Refusal(
            testDescription: "two potentials of one gas",
            body: #"{"set":"AR5","source":"","values":[{"gas":"CH4","value":"28"},"#
                + #"{"gas":"CH4","value":"28"}]}"#,
            type: #""gwp-table""#),
        Refusal(
            testDescription: "an entry that does not balance",
            body: #"{"description":"","effective":"2025-03-01","facility":"ams1","postings":["#
                + #"{"account":"object:a","amount":"2","basis":"common","commodity":"mg CO2"},"#
                + #"{"account":"source:b","amount":"-1","basis":"common","commodity":"mg CO2"}]}"#,
            type: #""journal""#),
        Refusal(
            testDescription: "a mark that turns the direction of writing",
            actor: "\"u:\u{202E}anna\"", error: .text(path: "actor", scalar: "202e")),
        Refusal(
            testDescription: "an escaped line feed", actor: #""u:\nanna""#,
            error: .text(path: "actor", scalar: "a")),
    ]

    @Test("are refused", arguments: refusals)
    func refused(_ refusal: Refusal) {
        let error = #expect(throws: RecordCodingError.self) {
            try RecordCoding.decode(refusal.bytes)
        }
        if let expected = refusal.error { #expect(error == expected) }
    }

    @Test("differ from this record, which is read")
    func accepted() throws {
        let bytes = Refusal(testDescription: "nothing wrong").bytes
        #expect(try RecordCoding.encode(RecordCoding.decode(bytes)) == bytes)
    }

    @Test(
        "have another envelope",
        arguments: [
            (#"{}"#, []), (#"[]"#, []), (#""x""#, []), (#"{"actor":""}"#, ["actor"]),
            (
                #"{"actor":"","body":{},"number":"","recorded_at":"","type":"","#
                    + #""version":"","x":""}"#,
                ["actor", "body", "number", "recorded_at", "type", "version", "x"]
            ),
        ] as [(String, [String])])
    func envelope(text: String, members: [String]) {
        #expect(throws: RecordCodingError.envelope(members)) {
            try RecordCoding.decode(Array(text.utf8))
        }
    }
}
