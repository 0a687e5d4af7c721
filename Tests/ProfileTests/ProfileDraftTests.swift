internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Testing

@Suite("A draft of a profile")
struct ProfileDraftTests {
    private static func draft(
        _ text: String, _ answers: [String: String] = [:]
    ) throws -> ProfileDraft {
        try ProfileDraft(Document(name: "t.csv", bytes: Array(text.utf8)), answers: answers)
    }

    private static func proposal(
        _ key: String, _ text: String, _ answers: [String: String] = [:]
    ) throws -> String? {
        try draft(text, answers).questions.first { $0.key == key }?.proposal
    }

    @Test(
        "proposes a delimiter where one alone makes a table",
        arguments: [
            ("a;b;c\n1;2;3\n", ";"), ("a,b\n1,2\n", ","), ("a\tb\n1\t2\n", "tab"),
            // The comma of the numbers makes no header.
            ("Zähler;Tag;Menge\nZ;13.01.2025;1,5\nZ;14.01.2025;2,5\n", ";"),
            // Both make a table, so neither is proposed.
            ("a,b;c,d\nx,y;z,w\n", nil), ("a\nb\n", nil),
        ] as [(String, String?)])
    func delimiter(text: String, expected: String?) throws {
        #expect(try Self.proposal("delimiter", text) == expected)
    }

    @Test(
        "proposes a decimal mark where a cell can be read in no other way",
        arguments: [
            ("1,5", ","), ("1.5", "."), ("1.500", nil), ("1,500", nil), ("15", nil),
            ("01.02", "."), ("1.2.3", nil),
        ] as [(String, String?)])
    func decimal(cell: String, expected: String?) throws {
        #expect(try Self.proposal("decimal", "m;q\nx;\(cell)\n") == expected)
    }

    private static let bill = ["kind": "bill", "behaviour": "delta", "span": "ends"]

    @Test(
        "proposes a format where one order of day and month alone reads every row",
        arguments: [
            (["13/01/2025", "14/01/2025"], "dd/MM/yyyy", ["dd/MM/yyyy"]),
            (["01/13/2025", "01/14/2025"], "MM/dd/yyyy", ["MM/dd/yyyy"]),
            (["01/02/2025", "03/02/2025"], nil, ["dd/MM/yyyy", "MM/dd/yyyy"]),
            (["2025-01-13", "2025-01-14"], "yyyy-MM-dd", ["yyyy-MM-dd"]),
            (["1/2/2025", "13/2/2025"], "d/M/yyyy", ["d/M/yyyy"]),
            (["2025-01-13T10:00:00Z", "2025-01-13T11:00:00Z"], "iso-8601", ["iso-8601"]),
            (["13/01/2025", "01/14/2025"], nil, []),
        ] as [([String], String?, [String])])
    func format(days: [String], expected: String?, choices: [String]) throws {
        let text = "m,from,to,q\n" + days.map { "x,\($0),\($0),1\n" }.joined()
        let answers = Self.bill.merging(["start": "from", "end": "to"]) { first, _ in first }
        let question = try #require(
            try Self.draft(text, answers).questions.first { $0.key == "format" })
        #expect(question.proposal == expected)
        #expect(question.choices == choices)
    }

    @Test(
        "proposes whether the last day belongs, by the row that follows",
        arguments: [
            ("2025-01-31", "2025-02-01", "yes"), ("2025-02-01", "2025-02-01", "no"),
            ("2025-01-31", "2025-02-03", nil),
        ] as [(String, String, String?)])
    func inclusive(end: String, next: String, expected: String?) throws {
        let text = "m,from,to,q\nx,2025-01-01,\(end),1\nx,\(next),2025-02-28,1\n"
        let answers = Self.bill.merging(["start": "from", "end": "to"]) { first, _ in first }
        #expect(try Self.proposal("inclusive", text, answers) == expected)
    }

    @Test("never proposes kind, zone, label, carrier, direction or behaviour")
    func neverProposed() throws {
        let text = "Time;kWh import\n2025-01-13 10:00;1,5\n2025-01-13 10:15;1,5\n"
        for kind in ["interval", nil] {
            var answers = ["span": "label", "at": "Time"]
            answers["kind"] = kind
            for question in try Self.draft(text, answers).questions
            where ["kind", "zone", "label", "carrier", "direction", "behaviour"]
                .contains(question.key)
            {
                #expect(question.proposal == nil, "\(question.key)")
            }
        }
    }

    @Test("takes no proposal and no answer that is none")
    func answers() throws {
        let text = "m;at;q\nx;2025-01-13;1,5\n"
        let open = try Self.draft(text).questions.map(\.key)
        #expect(open.contains("delimiter") && open.contains("decimal"))
        let wrong = try Self.draft(text, ["decimal": "point"]).questions
        #expect(wrong.first { $0.key == "decimal" }?.problem == "'point' is no answer")
    }

    @Test("writes a text that reads its sample, whatever stands in the header")
    func quoting() throws {
        let header = ["m\"1\\", "day=\tof", "q#[kWh]"]
        let text =
            "\"m\"\"1\\\";\"day=\tof\";q#[kWh]\nx;2025-01-13;1,5\nx;2025-01-14;2,5\n"
        let sample = Document(name: "t.csv", bytes: Array(text.utf8))
        let draft = try ProfileDraft(
            sample,
            answers: [
                "id": "x.y", "kind": "interval", "delimiter": ";", "decimal": ",",
                "behaviour": "delta", "span": "label", "at": header[1], "format": "yyyy-MM-dd",
                "label": "start", "step": "P1D", "zone": "facility", "meter": header[0],
                "quantity": header[2], "unit": "kWh", "carrier": "gas", "direction": "import",
            ])
        #expect(draft.questions == [])
        let reading = try draft.reading(sample)
        let answer = try #require(ProfileAnswer(reading))
        // 1.5 + 2.5
        #expect(answer.totals == ["4 kWh"] && answer.count == 2)
        let written = draft.toml(sample: "t.csv", answer: answer)
        let profile = try ProfileFile(parsing: written, file: "x.y.toml")
        #expect(ProfileTrial.differences(of: profile, test: 0, reading: reading) == [])
    }
}
