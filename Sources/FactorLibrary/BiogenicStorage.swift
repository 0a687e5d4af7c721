internal import Diagnostics
internal import Inventory
internal import Quantities

/// Carbon stored in a good leaves it again: −1 in module A comes back as +1 in module C.
enum BiogenicStorage {
    private struct Good: Hashable {
        let activity: ActivityCode
        let region: String

        init(_ factor: EmissionFactor) {
            activity = factor.activity
            region = factor.region
        }
    }

    static func check(_ placed: [PlacedFactor]) -> [Diagnostic] {
        let released = Set(placed.map(\.factor).filter(isRelease).map(Good.init))
        return placed.filter { isStorage($0.factor) && !released.contains(Good($0.factor)) }
            .map { entry in
                Diagnostic(
                    .factorInvalid, severity: .warning, at: entry.location,
                    "'\(entry.factor.identity)' stores biogenic carbon that no factor of the file "
                        + "gives back",
                    hint: "add the factor of role waste, modules C1 to C4, that releases it")
            }
    }

    private static func isStorage(_ factor: EmissionFactor) -> Bool {
        factor.components.contains { $0.isBiogenic && $0.amount.isNegative }
    }

    private static func isRelease(_ factor: EmissionFactor) -> Bool {
        factor.modules.contains { $0.stage == .endOfLife }
            && factor.components.contains {
                $0.isBiogenic && !$0.amount.isNegative && !$0.amount.isZero
            }
    }
}
