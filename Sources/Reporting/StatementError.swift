package import Diagnostics
package import Inventory
package import LedgerCore
package import Quantities

/// Why a statement cannot be drawn up.
package enum StatementError: Error, Hashable, Sendable {
    /// The GWP set has no value for a gas that was booked.
    case notValued(Substance, GWPValueSet)
    /// Scope 1 and scope 3 are stated once and stand in the basis `common` alone.
    case basisOutsideScope2(Account, Basis)
    case arithmetic(QuantityError)

    package var diagnostic: Diagnostic {
        switch self {
        case .notValued(let substance, let set):
            Diagnostic(
                .factorMissing, severity: .error,
                "the GWP set '\(set.rawValue)' has no value for '\(substance)'",
                hint: "choose a GWP set that values the gas, or add its published value")
        case .basisOutsideScope2(let account, let basis):
            Diagnostic(
                .integrityFailure,
                "the account '\(account)' has a balance in the basis '\(basis)'",
                hint:
                    "only scope 2, and in scope 3 the statements of providers, are stated by "
                    + "location and by market; reverse the entry")
        case .arithmetic(let error):
            Diagnostic(
                .numberOutOfRange, "a sum of the statement cannot be computed: '\(error)'",
                hint: "look for an entry of an impossible size")
        }
    }
}
