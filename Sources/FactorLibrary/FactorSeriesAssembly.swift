internal import Diagnostics
internal import Hashing
internal import Inventory
internal import Quantities
internal import Series

/// Makes one factor series of the values of a region, and checks it as any factor is checked.
struct FactorSeriesAssembly {
    let declaration: FactorSeriesDeclaration
    let documents: [SHA256Digest]
    let file: String

    /// - Parameter readings: In any order.
    /// - Throws: `factor-invalid` for two values of one time, or times off the step; what
    ///   `FactorCheck` finds about the mean value.
    func series(
        _ region: String, _ readings: [SeriesReading]
    ) throws(FactorSeriesFaults) -> LoadedFactorSeries {
        let ordered = readings.sorted { $0.start < $1.start }
        try refuseIrregular(ordered)
        let chunk: SeriesChunk
        do throws(SeriesChunkError) {
            chunk = try SeriesChunk(ordered)
        } catch {
            throw fault(.numberOutOfRange, "the values of '\(region)' make no series: \(error)")
        }
        let factor = factor(region, chunk)
        try check(factor, chunk)
        let identity = declaration.identity
        let series = FactorSeries(
            factor: factor, boundary: identity.boundary, substance: identity.substance,
            massUnit: identity.massUnit,
            times: FactorSeries.Times(
                start: chunk.start, end: chunk.end, step: declaration.step,
                count: chunk.count),
            chunk: SHA256Digest(hashing: chunk.bytes), documents: documents,
            derivation: derivation)
        return LoadedFactorSeries(series: series, values: chunk)
    }

    private func refuseIrregular(_ readings: [SeriesReading]) throws(FactorSeriesFaults) {
        let step = Int64(declaration.step)
        for (earlier, later) in zip(readings, readings.dropFirst()) {
            let distance = later.start.secondsSinceEpoch - earlier.start.secondsSinceEpoch
            guard distance == 0 || distance % step != 0 else { continue }
            let message =
                distance == 0
                ? "the time \(later.start) has two values"
                : "\(later.start) lies \(distance) s behind \(earlier.start), "
                    + "no multiple of \(step)"
            throw fault(.factorInvalid, message, line: max(earlier.line, later.line))
        }
    }

    private func factor(_ region: String, _ chunk: SeriesChunk) -> EmissionFactor {
        let identity = declaration.identity
        let key = declaration.zone == nil ? identity.key : "\(identity.key).\(region.lowercased())"
        let derived = declaration.isDerived ? ["derived"] : []
        return EmissionFactor(
            key: key, version: identity.version,
            supersedes: identity.supersedes.map { ["\(key)@\($0)"] } ?? [], name: identity.name,
            activity: identity.activity, role: identity.role, region: region,
            validFrom: chunk.start.utcDate,
            validUntil: chunk.end.adding(seconds: -1).utcDate.adding(days: 1),
            activityUnit: identity.activityUnit, components: [],
            qualityFlags: ["series", identity.boundary.rawValue] + derived,
            source: identity.source, licence: identity.licence)
    }

    /// The checks of a factor whose one component is the mean value: a wrong unit shows there.
    private func check(
        _ factor: EmissionFactor, _ chunk: SeriesChunk
    ) throws(FactorSeriesFaults) {
        let mean: ExactDecimal
        do {
            mean = try Ratio(chunk.total()).divided(by: Ratio(chunk.count))
                .rounded(toDecimals: 9, .halfEven)
        } catch {
            throw fault(.numberOutOfRange, "the values of '\(factor.region)' cannot be added")
        }
        let probe = EmissionFactor(
            key: factor.key, version: factor.version, supersedes: factor.supersedes,
            name: factor.name, activity: factor.activity, role: factor.role,
            region: factor.region, validFrom: factor.validFrom, validUntil: factor.validUntil,
            activityUnit: factor.activityUnit,
            components: [
                EmissionFactor.Component(
                    substance: declaration.identity.substance, amount: mean,
                    unit: declaration.identity.massUnit)
            ], source: factor.source, licence: factor.licence)
        let problems = FactorCheck.problems(of: probe, at: SourceLocation(file: file))
        guard problems.isEmpty else { throw FactorSeriesFaults(diagnostics: problems) }
    }

    private var derivation: FactorSeries.Derivation? {
        guard case .generationWeighted(let mix) = declaration.values else { return nil }
        return FactorSeries.Derivation(
            rule: "generation-weighted/1", rounding: "half-even at \(mix.decimals) decimals",
            negativeGeneration: mix.negative.rawValue,
            storageConsumption: mix.storage?.rawValue,
            absentFuel: mix.absent == .refuse ? nil : mix.absent.rawValue, fuels: mix.fuels)
    }

    private func fault(
        _ code: DiagnosticCode, _ message: String, line: Int? = nil
    ) -> FactorSeriesFaults {
        FactorSeriesFaults(diagnostics: [
            Diagnostic(
                code, at: SourceLocation(file: file, line: line), message,
                hint: "correct the file, or its declaration; nothing was loaded")
        ])
    }
}

extension FactorSeriesDeclaration {
    fileprivate var isDerived: Bool {
        switch values {
        case .published: false
        case .generationWeighted: true
        }
    }
}
