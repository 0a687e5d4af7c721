internal import Foundation
internal import TestSupport
internal import Testing

/// The example as a newcomer runs it, held against a calculation that shares no code with it.
@Suite("The example of Noordlicht", .serialized)
struct DemoTests {
    private static let folder = Repository.root.appending(path: "Examples/noordlicht")
    private static let documents = [
        "electricity/ams1-intervals-2025.csv", "electricity/lon1-bills-2025.csv",
        "electricity/pdx1-green-button-2025.xml", "gas/pdx1-bills-2025.csv",
        "diesel/lon1-deliveries-2025.csv", "invoices/2025-02-14-reinforcing-steel.xml",
        "invoices/2025-03-21-concrete.xml", "invoices/2025-04-11-concrete-credit.xml",
        "invoices/2025-05-30-chillers.xml",
    ]

    /// The balances of a book into which the documents came in this order.
    private static func balances(
        _ documents: [String], book: URL
    ) throws -> String {
        let set = ["--book", book.path]
        for command in [
            ["init", "--name", "noordlicht"], ["apply", "organisation.toml", "rules.toml"],
            ["factors", "load"], ["factors", "load", "factors/noordlicht-factors.csv"],
            ["import"] + documents, ["post", "--through", "2025-12"],
        ] {
            let outcome = try BuiltProgram.run(command + set, in: folder)
            #expect(outcome.status == 0, "tonne \(command.joined(separator: " "))")
        }
        return try BuiltProgram.run(
            ["balance", "--period", "2025", "--format", "csv"] + set, in: folder
        ).output
    }

    @Test("gives the independent calculation to the milligram, whatever the order of imports")
    func independent() throws {
        let expected = try IndependentCalculation()
        try TemporaryFolder.with { folder in
            let book = folder.appending(path: "a.tonne")
            let balances = try Self.balances(Self.documents, book: book)
            try Self.compare(balances, expected)
            try Self.compareStatement(book, expected)
            let again = try BuiltProgram.run(
                ["import", "--book", book.path] + Self.documents, in: Self.folder)
            #expect(again.status == 0)
            let lines = again.output.split(separator: "\n")
            // A line for each document; the summary follows.
            let repeated = lines.filter { $0.hasSuffix("imported already, nothing booked") }
            #expect(repeated.count == Self.documents.count)
            #expect(try BuiltProgram.run(["verify", "--book", book.path], in: folder).status == 0)

            try Self.checkPack(book, folder.appending(path: "pack.zip"))

            let other = folder.appending(path: "b.tonne")
            #expect(try Self.balances(Self.documents.reversed(), book: other) == balances)
        }
    }

    /// What leaves for the auditor holds without the program, where there is a Python.
    private static func checkPack(_ book: URL, _ pack: URL) throws {
        let packed = try BuiltProgram.run(
            ["pack", "2025", "--output", pack.path, "--book", book.path], in: folder)
        #expect(packed.status == 0)
        guard Python.isPresent else { return }
        let verifier = Repository.root.appending(path: "Schemas/verify.py").path
        let checked = try Python.run([verifier, pack.path])
        #expect(checked.status == 0, "\(checked.output)")
    }

    private static func compare(_ balances: String, _ expected: IndependentCalculation) throws {
        var booked: [IndependentCalculation.Key: Int128] = [:]
        var stock: Int128 = 0
        var amortised: Int128 = 0
        for line in balances.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",").map(String.init)
            let amount = Int128(cells[3]) ?? 0
            if cells[0].hasPrefix("source:") {
                let key = IndependentCalculation.Key(
                    account: cells[0], facility: cells[1], basis: cells[2], commodity: cells[4])
                booked[key] = -amount
            } else if cells[0].hasSuffix(":amortisation") {
                amortised += amount
            } else if cells[0].hasPrefix("object:ams1:stock:") {
                stock += amount
            }
        }
        for key in Set(booked.keys).union(expected.totals.keys).sorted() {
            #expect(booked[key] == expected.totals[key], "\(key)")
        }
        #expect(amortised == expected.amortised)
        #expect(stock == expected.acquired - expected.amortised)
    }

    /// The first page, valued by AR6: CH4 27.9, N2O 273 (IPCC AR6 WG1, table 7.SM.7).
    private static func compareStatement(
        _ book: URL, _ expected: IndependentCalculation
    ) throws {
        let json = try BuiltProgram.run(
            ["statement", "2025", "--format", "json", "--book", book.path], in: folder)
        #expect(json.status == 0)
        let root = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let figures = try #require(root["figures"] as? [[String: Any]])
        func exact(_ id: String) -> String? {
            figures.first { $0["id"] as? String == id }?["exact_quantity"] as? String
        }
        func tenths(_ scope: String, _ bases: Set<String>) -> Int128 {
            let tenthsOf: [String: Int128] = [
                "mg CO2": 10, "mg CH4": 279, "mg N2O": 2_730, "mg CO2e@AR5": 10,
            ]
            return expected.totals.reduce(0) { sum, item in
                guard item.key.account.hasPrefix("source:\(scope)"),
                    bases.contains(item.key.basis), let tenths = tenthsOf[item.key.commodity]
                else { return sum }
                return sum + item.value * tenths
            }
        }
        func decimal(_ tenths: Int128) -> String {
            tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        }
        for (id, scope, basis) in [
            ("S1", "scope1", "common"), ("S2_LB", "scope2", "location"),
            ("S2_MB", "scope2", "market"), ("S3", "scope3", "common"),
            ("TOT_LB", "scope", "location"), ("TOT_MB", "scope", "market"),
        ] {
            #expect(exact(id) == decimal(tenths(scope, ["common", basis])), "\(id)")
        }
        #expect(exact("EMB_ADD") == "\(expected.acquired)")
        #expect(exact("EMB_AMORT") == "\(expected.amortised)")
        #expect(exact("EMB_CLOSE") == "\(expected.acquired - expected.amortised)")
    }
}
