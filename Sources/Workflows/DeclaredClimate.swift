internal import ImportKit
internal import Inventory
internal import Quantities

/// The greenhouse gases of one module of a declaration, as an inventory counts them.
///
/// The rule, in order (decision 14):
/// 1. The indicator without biogenic CO2, where declared, and without removals it has taken off.
/// 2. Where the biogenic part is declared and negative, carbon is stored in the product. Storage is
///    no removal: the total without it, fossil and land use.
/// 3. Else the total.
struct DeclaredClimate {
    let amount: ExactDecimal
    let potentials: GWPValueSet
    let method: String
    /// Whether the declaration parts the biogenic carbon from the rest.
    let isBiogenicSeparated: Bool
    /// All parts of the module as declared, for the note of the factor.
    let parts: [(part: ClimateIndicator.Part, value: ExactDecimal)]
    /// Where the first of them stands in the document.
    let line: Int

    enum Failure: Error {
        /// No indicator of global warming that we know by its identifier.
        case noIndicator
        /// The potentials of the method are not settled.
        case potentialsUnknown(String)
        case notDeclared
        /// The total is negative and nothing says how much carbon is stored.
        case storageNotSeparated(ExactDecimal)
        case negative(ExactDecimal)
        /// Two methods of equal rank disagree.
        case contradictory(String, String)
        case unit(String)
        case outOfRange
    }

    /// Newer potentials first: methods are never mixed.
    private static let rank: [GWPValueSet] = [.ar6, .ar5WithFeedbacks, .ar5, .ar4]

    /// - Throws: why the module gives no figure.
    static func of(
        _ declaration: ProductDeclaration, _ module: LifeCycleModule
    ) throws(Failure) -> DeclaredClimate {
        let indicators = declaration.indicators.filter { $0.climate != nil }
        guard let first = indicators.first?.climate else { throw .noIndicator }
        for potentials in rank {
            let methods = indicators.compactMap(\.climate).filter { $0.potentials == potentials }
            var found: [DeclaredClimate] = []
            for method in Set(methods.map(\.method)).sorted() {
                let own = indicators.filter { $0.climate?.method == method }
                guard let climate = try read(own, module, potentials, method) else { continue }
                found.append(climate)
            }
            guard let best = found.first else { continue }
            if let other = found.first(where: { $0.amount != best.amount }) {
                throw .contradictory(best.method, other.method)
            }
            return best
        }
        if indicators.allSatisfy({ $0.climate?.potentials == nil }) {
            throw .potentialsUnknown(first.method)
        }
        throw .notDeclared
    }

    private static func read(
        _ indicators: [EnvironmentalIndicator], _ module: LifeCycleModule,
        _ potentials: GWPValueSet, _ method: String
    ) throws(Failure) -> DeclaredClimate? {
        var parts: [(part: ClimateIndicator.Part, value: ExactDecimal)] = []
        var line: Int?
        for indicator in indicators {
            guard let part = indicator.climate?.part, let value = value(indicator, module) else {
                continue
            }
            guard isKilograms(indicator.unit) else { throw .unit(indicator.unit ?? "") }
            parts.append((part, value))
            let own = indicator.amounts.first { $0.module.hasPrefix(module.rawValue.prefix(2)) }
            line = line ?? own?.line
        }
        let figure: (amount: ExactDecimal, isSeparated: Bool)?
        do throws(QuantityError) {
            figure = try Self.figure(parts)
        } catch {
            throw .outOfRange
        }
        guard let figure else { return nil }
        guard !figure.amount.isNegative else {
            if figure.isSeparated { throw .negative(figure.amount) }
            throw .storageNotSeparated(figure.amount)
        }
        return DeclaredClimate(
            amount: figure.amount, potentials: potentials, method: method,
            isBiogenicSeparated: figure.isSeparated, parts: parts,
            line: line ?? indicators.first?.line ?? 1)
    }

    /// - Returns: `nil` where the parts do not make up a figure.
    private static func figure(
        _ parts: [(part: ClimateIndicator.Part, value: ExactDecimal)]
    ) throws(QuantityError) -> (amount: ExactDecimal, isSeparated: Bool)? {
        func value(_ part: ClimateIndicator.Part) -> ExactDecimal? {
            parts.first { $0.part == part }?.value
        }
        if let whole = value(.withoutBiogenicCarbonDioxide) {
            let removals = try ExactDecimal.sum(
                parts.filter { $0.part == .removals }.map(\.value))
            return (try whole.subtracting(removals), true)
        }
        let biogenic = value(.biogenic)
        if let biogenic, biogenic.isNegative {
            if let fossil = value(.fossil), let landUse = value(.landUse) {
                let other = value(.biogenicOtherGases) ?? .zero
                return (try fossil.adding(landUse).adding(other), true)
            }
            return try value(.total).map { total throws(QuantityError) in
                (try total.subtracting(biogenic), true)
            }
        }
        return value(.total).map { ($0, biogenic != nil) }
    }

    /// The amount of a module, if it is declared once.
    private static func value(
        _ indicator: EnvironmentalIndicator, _ module: LifeCycleModule
    ) -> ExactDecimal? {
        if module == .a1ToA3 { return indicator.productStage }
        let amounts = indicator.amounts.filter { $0.module == module.rawValue }
        guard amounts.count == 1 else { return nil }
        return amounts[0].value
    }

    /// `kg CO2-eqv.`, `kg CO2-Äqv.`, `kg CO_(2)-Aeq.`, `kg éq. CO₂`, `kgCO2e` … are one unit in
    /// many spellings; grams and tonnes are not among them, nor is anything that is not equivalent.
    private static func isKilograms(_ unit: String?) -> Bool {
        let letters = (unit ?? "").lowercased().replacing("₂", with: "2").filter {
            $0.isLetter || $0.isNumber
        }
        guard letters.hasPrefix("kg"), letters.contains("co2") else { return false }
        let rest = letters.dropFirst(2).replacing("co2", with: "", maxReplacements: 1)
        return rest.isEmpty || ["e", "ä", "a", "é"].contains { rest.hasPrefix($0) }
    }
}
