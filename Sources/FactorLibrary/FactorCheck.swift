internal import Diagnostics
internal import Inventory
internal import Quantities

/// What a factor must satisfy on its own, beyond having all its values.
enum FactorCheck {
    static func problems(
        of factor: EmissionFactor, at location: SourceLocation?
    ) -> [Diagnostic] {
        let checks = [identity, heatingValue, components, sign, MagnitudeGuard.check]
        return checks.compactMap { check in
            check(factor).map { finding in
                Diagnostic(
                    finding.code, at: location,
                    "the factor '\(DiagnosticRenderer.quoted(factor.identity))' \(finding.message)",
                    hint: finding.hint)
            }
        }
    }

    struct Finding {
        let code: DiagnosticCode
        /// Continues "the factor 'key@version' …".
        let message: String
        let hint: String

        init(_ message: String, hint: String, code: DiagnosticCode = .factorInvalid) {
            self.code = code
            self.message = message
            self.hint = hint
        }
    }

    private static func identity(_ factor: EmissionFactor) -> Finding? {
        let isPlain = (factor.key + factor.version).utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == 45 || byte == 46
        }
        guard isPlain, factor.key.utf8.count <= 128 else {
            return Finding(
                "has a key or version outside the alphabet",
                hint: "write lower-case letters, digits, points and hyphens, at most 128")
        }
        guard factor.supersedes.allSatisfy({ $0.split(separator: "@").count == 2 }) else {
            return Finding(
                "supersedes something that is no version of a factor",
                hint: "write key@version, several separated by semicolons")
        }
        return nil
    }

    /// Gross and net calorific value differ by 5 to 11 per cent.
    private static func heatingValue(_ factor: EmissionFactor) -> Finding? {
        guard factor.activityUnit.dimension == .energy, factor.isAboutFuel,
            factor.heatingValueBasis == nil
        else { return nil }
        return Finding(
            "is per \(factor.activityUnit.symbol) of a fuel and states no heating value basis",
            hint: "write HHV (gross calorific value) or LHV (net) in heating_value_basis")
    }

    private static func components(_ factor: EmissionFactor) -> Finding? {
        guard !factor.components.isEmpty else {
            return Finding("has no component", hint: "give at least one substance and amount")
        }
        var gases: Set<Gas> = []
        var sets: Set<GWPValueSet> = []
        for component in factor.components {
            switch component.substance {
            case .gas(let gas):
                guard gases.insert(gas).inserted else {
                    return Finding("gives '\(gas)' twice", hint: "give each gas in one row")
                }
            case .carbonDioxideEquivalent(let set): sets.insert(set)
            }
        }
        guard sets.count <= 1 else {
            return Finding(
                "mixes CO2e of several sets of potentials",
                hint: "a publication values by one set; write that one")
        }
        return nil
    }

    /// Only carbon that a good stores when it is made may be negative; it comes back in module C.
    private static func sign(_ factor: EmissionFactor) -> Finding? {
        let negative = factor.components.first { component in
            component.amount.isNegative
                && !(component.isBiogenic && factor.role == .cradleToGate)
        }
        guard let negative else { return nil }
        return Finding(
            "has the negative amount '\(negative.amount)' of \(negative.substance)",
            hint: "only CO2-biogenic of cradle-to-gate may be negative; module D is not netted",
            code: .numberOutOfRange)
    }
}

extension EmissionFactor {
    /// Whether an amount of the activity in energy is a calorific value.
    var isAboutFuel: Bool { role == .direct || (role == .upstream && !isEnergyCarrier) }

    /// Electricity, heat, steam and cooling: energy as delivered, without calorific value.
    var isEnergyCarrier: Bool {
        let word = activity.rawValue.split(separator: "-").first ?? ""
        return ["electricity", "heat", "steam", "cooling"].contains(word)
    }
}

extension EmissionFactor.Component {
    var isBiogenic: Bool { substance == .gas(.biogenicCarbonDioxide) }
}
