internal import Diagnostics
internal import Inventory
internal import Quantities

/// What a sample gives when it is read, in the terms of a `[[test]]`.
package struct ProfileAnswer: Hashable, Sendable {
    /// Readings, records, or lines of purchases.
    package let count: Int
    package let missing: Int
    package let quarantined: Int
    /// One sum for each unit and meaning, in the order of the alphabet: `18.192 kWh`.
    package let totals: [String]
    /// The first moment or day, and the end of the last; empty where nothing was read.
    package let start: String
    package let end: String

    /// - Returns: `nil` where a sum is out of range.
    package init?(_ document: ImportedDocument) {
        count =
            document.series.reduce(0) { $0 + $1.readings.count } + document.records.count
            + document.invoices.reduce(0) { $0 + $1.lines.count }
        missing = document.series.reduce(0) { $0 + $1.missing }
        quarantined = document.quarantined
        guard let totals = Self.totals(document) else { return nil }
        self.totals = totals
        let edges = Self.edges(document)
        start = edges.map(\.start).min() ?? ""
        end = edges.map(\.end).max() ?? ""
    }

    private static func totals(_ document: ImportedDocument) -> [String]? {
        let amounts: [(unit: String, amount: ExactDecimal)] =
            document.series.map { ($0.unit.symbol, $0.total) }
            + document.records.flatMap(\.quantities).map {
                ("\($0.quantity.unit.symbol) \($0.what)", $0.quantity.amount)
            }
            + document.invoices.flatMap(\.lines).compactMap { line in
                line.ledgerQuantity.map { (line.unitCode ?? "", $0) }
            }
        var totals: [String: ExactDecimal] = [:]
        do throws(QuantityError) {
            for (unit, amount) in amounts {
                totals[unit] = try (totals[unit] ?? .zero).adding(amount)
            }
        } catch {
            return nil
        }
        return totals.map { "\($1) \($0)" }.sorted()
    }

    private static func edges(_ document: ImportedDocument) -> [(start: String, end: String)] {
        let readings = document.series.flatMap { series in
            series.readings.map { reading in
                let days = series.days(of: reading)
                return (
                    days?.start.description ?? reading.start.description,
                    days?.end.description ?? reading.end.description
                )
            }
        }
        let spans = document.series.compactMap { series in
            series.start.flatMap { start in
                series.end.map { (start.description, $0.description) }
            }
        }
        let lines = document.invoices.flatMap(\.lines).compactMap { line in
            line.period?.start.flatMap { first in
                line.period?.end.map { (first.description, $0.adding(days: 1).description) }
            }
        }
        return readings + spans + lines
            + document.records.map { ($0.days.start.description, $0.days.end.description) }
    }
}

/// The comparison of a sample with the answer that its profile gives.
package enum ProfileTrial {
    /// What differs; empty where the sample reads as the profile says.
    package static func differences(
        of profile: ProfileFile, test index: Int, reading document: ImportedDocument
    ) -> [String] {
        guard document.profile == profile.id else {
            let reason = document.diagnostics.first.map { ": \($0.message)" } ?? ""
            return ["the sample is not read by '\(profile.id)'\(reason)"]
        }
        guard let answer = ProfileAnswer(document) else { return ["a sum is out of range"] }
        let pairs: [(name: String, expected: String, actual: String)] =
            switch profile {
            case .readings(let profile): Self.pairs(profile.tests[index], answer)
            case .records(let profile): Self.pairs(profile.tests[index], answer)
            }
        return pairs.filter { $0.expected != $0.actual }
            .map { "\($0.name) is '\($0.actual)', the profile says '\($0.expected)'" }
    }

    private static func pairs(
        _ test: Profile.Test, _ answer: ProfileAnswer
    ) -> [(name: String, expected: String, actual: String)] {
        [
            ("readings", "\(test.readings)", "\(answer.count)"),
            ("missing", "\(test.missing)", "\(answer.missing)"),
            ("quarantined", "\(test.quarantined)", "\(answer.quarantined)"),
            ("total", text(test.totals), text(answer.totals)),
            ("start", test.start, answer.start), ("end", test.end, answer.end),
        ]
    }

    private static func pairs(
        _ test: RecordProfile.Test, _ answer: ProfileAnswer
    ) -> [(name: String, expected: String, actual: String)] {
        [
            ("records", "\(test.records)", "\(answer.count)"),
            ("quarantined", "\(test.quarantined)", "\(answer.quarantined)"),
            ("total", text(test.totals), text(answer.totals)),
            ("start", test.start, answer.start), ("end", test.end, answer.end),
        ]
    }

    private static func text(_ totals: [String]) -> String {
        totals.sorted().joined(separator: ", ")
    }
}

extension ProfileFile {
    /// The samples of its tests, relative to its folder.
    package var samples: [String] {
        switch self {
        case .readings(let profile): profile.tests.map(\.file)
        case .records(let profile): profile.tests.map(\.file)
        }
    }
}
