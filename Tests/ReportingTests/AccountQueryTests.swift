internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Reporting
internal import Testing

@Suite("The query of a figure")
struct AccountQueryTests {
    /// The law behind `explain`: the listed postings give the figure.
    @Test("selects postings that sum to the figure")
    func postingsSumToFigure() throws {
        let statement = try StatementSample.statement()
        let movement = try StatementSample.movement()
        let opening = try StatementSample.opening()
        let comparison = try StatementSample.comparison()
        var compared = 0
        for figure in statement.figures where !figure.id.hasPrefix("FACTOR_") {
            guard !figure.id.hasPrefix("ROUND_"), figure.measure != .percentage else { continue }
            let entries =
                switch figure.query.span {
                case .period: movement
                case .before: opening
                case .untilEnd: opening + movement
                case .comparison: comparison
                }
            var sum = ExactDecimal.zero
            for posting in entries.flatMap(figure.query.postings) {
                sum = try sum.adding(Self.value(posting, figure.measure))
            }
            let signed = figure.query.sign == .credit ? sum.negated : sum
            #expect(signed == figure.value, "\(figure.id): \(figure.query)")
            compared += 1
        }
        #expect(compared > 80)
    }

    private static func value(_ posting: Posting, _ measure: Measure) throws -> ExactDecimal {
        guard measure == .carbonDioxideEquivalent, case .emission(let substance) = posting.commodity
        else { return posting.amount }
        switch substance {
        case .carbonDioxideEquivalent: return posting.amount
        case .gas(let gas):
            let potential = try #require(StatementSample.ar6.potential(of: gas))
            return try posting.amount.multiplied(by: potential)
        }
    }

    @Test("says in words what it sums")
    func words() throws {
        let statement = try StatementSample.statement()
        #expect(
            statement.figure("S2_LB")?.query.description
                == "credits of source:scope2 in basis common + location, gases within the scopes")
        #expect(
            statement.figure("FAC_AMS1_S1")?.query.description
                == "credits of source:scope1 at ams1 in basis common, gases within the scopes")
    }

    @Test("tells the scope where all its accounts are of one")
    func scopes() throws {
        let statement = try StatementSample.statement()
        #expect(statement.figure("S3_C3")?.query.scope == .three)
        #expect(statement.figure("OUT_CO2_BIOGENIC_LB")?.query.scope == .outside)
        #expect(statement.figure("TOT_LB")?.query.scope == nil)
    }
}
