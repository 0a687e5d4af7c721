internal import Diagnostics
internal import Inventory
internal import Quantities

/// Two active factors that answer the same question on the same day.
enum FactorAmbiguity {
    private struct Question: Hashable {
        let activity: ActivityCode
        let role: FactorRole
        let region: String
        let dimension: Dimension
        let heatingValueBasis: EmissionFactor.HeatingValueBasis?

        init(_ factor: EmissionFactor) {
            activity = factor.activity
            role = factor.role
            region = factor.region
            dimension = factor.activityUnit.dimension
            heatingValueBasis = factor.heatingValueBasis
        }
    }

    static func check(_ placed: [PlacedFactor]) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        var answers: [Question: [EmissionFactor]] = [:]
        for entry in placed where entry.factor.status == .active {
            let question = Question(entry.factor)
            for other in answers[question, default: []] where overlap(other, entry.factor) {
                diagnostics.append(diagnostic(entry, other))
            }
            answers[question, default: []].append(entry.factor)
        }
        return diagnostics
    }

    private static func overlap(_ left: EmissionFactor, _ right: EmissionFactor) -> Bool {
        let leftBeginsInTime = right.validUntil.map { left.validFrom < $0 } ?? true
        let rightBeginsInTime = left.validUntil.map { right.validFrom < $0 } ?? true
        return leftBeginsInTime && rightBeginsInTime
    }

    private static func diagnostic(_ entry: PlacedFactor, _ other: EmissionFactor) -> Diagnostic {
        let factor = entry.factor
        return Diagnostic(
            .factorAmbiguous, at: entry.location,
            "'\(factor.identity)' and '\(other.identity)' both answer \(factor.role.rawValue) of "
                + "\(factor.activity) in \(factor.region) on "
                + "'\(max(factor.validFrom, other.validFrom))'",
            hint: "let one supersede the other, end its validity, or give it another activity")
    }
}
