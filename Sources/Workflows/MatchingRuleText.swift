internal import Inventory

/// What a matching rule makes of a line, in words.
enum MatchingRuleText {
    static func describe(_ rule: MatchingRule) -> String {
        switch rule.outcome {
        case .ignore(let reason): "ignored: \(reason)"
        case .activity(let target):
            "\(target.activity) at \(target.facility), \(treatment(target.treatment))"
        }
    }

    private static func treatment(_ treatment: ActivityRecord.Treatment) -> String {
        switch treatment {
        case .consumption(let consumption):
            "consumption, \(consumption.role.rawValue), \(consumption.direction.rawValue)"
        case .capitalGood(let good):
            "capital good \(good.asset) \(good.component), \(good.module.rawValue), "
                + "\(good.source.rawValue), \(good.serviceLifeMonths) months"
        case .expense(let expense):
            "expense, \(expense.module.rawValue), \(expense.source.rawValue)"
        case .refrigerantCharge(let charge):
            "charge of \(charge.refrigerant) in \(charge.equipment)"
        case .refrigerantRecovery(let charge):
            "recovery of \(charge.refrigerant) from \(charge.equipment)"
        case .refrigerantLeak(let leak): "loss of \(leak.refrigerant) from \(leak.equipment)"
        case .certificate(let certificate): "certificates of \(certificate.registry)"
        case .statedEmission(let stated): "emissions as \(stated.provider) states them"
        }
    }
}
