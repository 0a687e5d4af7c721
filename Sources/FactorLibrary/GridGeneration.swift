internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Series

/// Turns the generation of bidding zones by production type into values by region: the mean of the
/// declared factors, weighted by the energy of each type in each step.
struct GridGeneration {
    private let declaration: FactorSeriesDeclaration
    private let file: String

    /// The energy of one type within a step.
    private struct Portion {
        var energy: ExactDecimal
        /// Of the step, what the positions cover.
        var seconds: Int64
        let line: Int
    }

    /// By steps since the epoch.
    private typealias Portions = [Int64: Portion]

    init(_ declaration: FactorSeriesDeclaration, file: String) {
        self.declaration = declaration
        self.file = file
    }

    /// - Throws: what the document is refused for, or does not fit of it.
    func read(_ grid: ImportedDocument) throws(FactorSeriesFaults) -> [String: [SeriesReading]] {
        switch grid.outcome {
        case .accept, .acceptWithWarning, .acceptEmpty: break
        case .quarantineRows, .conflict, .reject:
            throw FactorSeriesFaults(
                diagnostics: grid.diagnostics.filter { $0.severity == .error })
        }
        guard !grid.series.isEmpty else { return [:] }
        guard grid.subject == .grid(.generationByType) else {
            throw fault(
                "the document is no realised generation by production type",
                hint: "ask for document type A75 and process type A16")
        }
        guard case .generationWeighted(let mix) = declaration.values else {
            preconditionFailure("The declaration of a market document has a derivation.")
        }
        var byRegion: [String: [SeriesReading]] = [:]
        for (region, series) in try regions(of: grid.series) {
            byRegion[region] = try values(series, mix)
        }
        return byRegion
    }

    // MARK: Zones

    private func regions(
        of series: [ReadingSeries]
    ) throws(FactorSeriesFaults) -> [String: [ReadingSeries]] {
        let zones = Set(series.compactMap(\.meter)).sorted()
        if let region = declaration.identity.region {
            guard zones.count <= 1 else {
                throw fault(
                    "the document holds \(zones.count) zones: \(zones.joined(separator: ", "))",
                    hint: "write [zone] with the region of each in place of 'region'")
            }
            return zones.isEmpty ? [:] : [region: series]
        }
        let regions = declaration.zone?.regions
        var byRegion: [String: [ReadingSeries]] = [:]
        for zone in zones {
            guard let region = regions == nil ? zone : regions?[zone] else { continue }
            guard byRegion[region] == nil else {
                throw fault(
                    "two zones of the document are the region '\(region)'",
                    hint: "give each zone a region of its own: their means do not add")
            }
            byRegion[region] = series.filter { $0.meter == zone }
        }
        return byRegion
    }

    // MARK: Types

    private func values(
        _ series: [ReadingSeries], _ mix: FactorSeriesDeclaration.Mix
    ) throws(FactorSeriesFaults) -> [SeriesReading] {
        try refuseUndeclared(series, mix)
        var fuels: [(generated: Portions?, taken: Portions?)] = []
        for fuel in mix.fuels {
            let own = series.filter { $0.channel == fuel.column }
            let generated = try portions(own.filter { $0.direction == .generation }, fuel.column)
            let taken = try portions(own.filter { $0.direction == .import }, fuel.column)
            if generated == nil, mix.absent == .refuse {
                throw fault(
                    "the document holds no generation of the declared type '\(fuel.column)' in "
                        + "'\(series.first?.meter ?? "")'",
                    hint: "if the zone has none, say absent_fuel = \"count-as-zero\"")
            }
            if taken != nil, mix.storage == nil {
                throw fault(
                    "the document holds power that storage of the type '\(fuel.column)' took",
                    line: own.first { $0.direction == .import }?.readings.first?.line,
                    hint: "say storage_consumption = \"subtract\", or \"ignore\"")
            }
            fuels.append((generated, mix.storage == .subtract ? taken : nil))
        }
        let steps = Set(fuels.flatMap { Array(($0.generated ?? [:]).keys) }).sorted()
        var values: [SeriesReading] = []
        for step in steps {
            if let value = try value(of: step, fuels, mix) { values.append(value) }
        }
        return values
    }

    /// A type that the declaration forgets would change every value without a word.
    private func refuseUndeclared(
        _ series: [ReadingSeries], _ mix: FactorSeriesDeclaration.Mix
    ) throws(FactorSeriesFaults) {
        let known = Set(mix.fuels.map(\.column) + mix.ignored)
        guard let stray = series.first(where: { !known.contains($0.channel ?? "") }) else { return }
        throw fault(
            "the declaration says nothing about the production type "
                + "'\(DiagnosticRenderer.quoted(stray.channel ?? ""))'",
            line: stray.readings.first?.line,
            hint: "declare it as a [[derivation.fuel]], or name it in ignored_types")
    }

    // MARK: Steps

    /// - Returns: `nil` where there is no series of the type.
    private func portions(
        _ series: [ReadingSeries], _ type: String
    ) throws(FactorSeriesFaults) -> Portions? {
        guard let only = series.first else { return nil }
        guard series.count == 1 else {
            throw fault(
                "the document holds '\(type)' of one zone in several units or units of plant",
                line: series[1].readings.first?.line, hint: "ask for document type A75")
        }
        let step = Int64(declaration.step)
        var portions: Portions = [:]
        for reading in only.readings {
            let (start, end) = (reading.start.secondsSinceEpoch, reading.end.secondsSinceEpoch)
            let index = start.floored(by: step)
            guard (end - 1).floored(by: step) == index else {
                throw fault(
                    "a position of \(end - start) s from \(reading.start) lies in no one step of "
                        + "\(step) s", line: reading.line,
                    hint: "state a step_seconds that the resolution of the document divides")
            }
            var portion =
                portions[index] ?? Portion(energy: .zero, seconds: 0, line: reading.line)
            do throws(QuantityError) {
                portion.energy = try portion.energy.adding(reading.value)
            } catch {
                throw outOfRange(reading.line)
            }
            portion.seconds += end - start
            portions[index] = portion
        }
        return portions
    }

    /// - Returns: `nil` where a position is missing, or nothing is generated.
    private func value(
        of step: Int64, _ fuels: [(generated: Portions?, taken: Portions?)],
        _ mix: FactorSeriesDeclaration.Mix
    ) throws(FactorSeriesFaults) -> SeriesReading? {
        var line: Int?
        var generations: [ExactDecimal] = []
        for (index, fuel) in fuels.enumerated() {
            guard let generated = whole(fuel.generated, step), let taken = whole(fuel.taken, step)
            else { return nil }
            line = line ?? fuel.generated?[step]?.line
            let generation: ExactDecimal
            do throws(QuantityError) {
                generation = try generated.subtracting(taken)
            } catch {
                throw outOfRange(line)
            }
            guard !generation.isNegative || mix.negative == .countAsZero else {
                throw fault(
                    "'\(mix.fuels[index].column)' is a negative generation in the step from "
                        + "\(start(of: step))", line: fuel.generated?[step]?.line,
                    hint: "say negative_generation = \"count-as-zero\" for stations that take power"
                )
            }
            generations.append(generation.isNegative ? .zero : generation)
        }
        do throws(QuantityError) {
            guard let value = try mix.mean(generations) else { return nil }
            let start = start(of: step)
            return SeriesReading(
                start: start, end: start.adding(seconds: Int64(declaration.step)), value: value,
                quality: .unstated, line: line ?? 1)
        } catch {
            throw outOfRange(line)
        }
    }

    private func start(of step: Int64) -> Instant {
        Instant(secondsSinceEpoch: step * Int64(declaration.step))
    }

    /// - Returns: zero for a type that is not there at all; `nil` for a step with a gap.
    private func whole(_ portions: Portions?, _ step: Int64) -> ExactDecimal? {
        guard let portions else { return .zero }
        guard let portion = portions[step], portion.seconds == Int64(declaration.step) else {
            return nil
        }
        return portion.energy
    }

    // MARK: Faults

    private func outOfRange(_ line: Int?) -> FactorSeriesFaults {
        FactorSeriesFaults(diagnostics: [
            Diagnostic(
                .numberOutOfRange, at: SourceLocation(file: file, line: line),
                "the generation of the step is out of range")
        ])
    }

    private func fault(_ message: String, line: Int? = nil, hint: String) -> FactorSeriesFaults {
        FactorSeriesFaults(diagnostics: [
            Diagnostic(
                .factorInvalid, at: SourceLocation(file: file, line: line), message, hint: hint)
        ])
    }
}

extension FactorSeriesDeclaration.Mix {
    /// Σ generation × factor / Σ generation, rounded once.
    ///
    /// - Parameter generations: In the order of the fuels, none negative.
    /// - Returns: `nil` where nothing is generated.
    func mean(_ generations: [ExactDecimal]) throws(QuantityError) -> ExactDecimal? {
        let total = try ExactDecimal.sum(generations)
        guard !total.isZero else { return nil }
        var weighted = ExactDecimal.zero
        for (generation, fuel) in zip(generations, fuels) {
            weighted = try weighted.adding(generation.multiplied(by: fuel.amount))
        }
        return try Ratio(weighted).divided(by: Ratio(total))
            .rounded(toDecimals: decimals, .halfEven)
    }
}

extension Int64 {
    /// The quotient that is not above the exact one, before the epoch, too.
    fileprivate func floored(by divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
