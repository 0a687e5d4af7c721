package import Diagnostics
package import Documents
internal import Hashing
internal import ImportKit
package import Inventory
internal import Quantities
package import Series

/// A factor series and its values, read from a file.
package struct LoadedFactorSeries: Hashable, Sendable {
    package let series: FactorSeries
    package let values: SeriesChunk
}

/// Reads files of factor values by time: published carbon intensity, or generation by fuel. What
/// the columns mean is declared in a file beside it; nothing is guessed.
package enum FactorSeriesReader {
    /// At most this many faults are reported; more say the same.
    static let maximumFaults = 20

    /// - Returns: One series a zone, in the order of their regions; none if anything is wrong.
    package static func read(
        _ document: Document, declaredBy declaration: Document
    ) -> (series: [LoadedFactorSeries], diagnostics: [Diagnostic]) {
        do throws(FactorSeriesFaults) {
            let declared = try FactorSeriesDeclaration.read(declaration)
            var rows = FactorSeriesRows(declared, file: document.name)
            let readings = try rows.read(document)
            let assembly = FactorSeriesAssembly(
                declaration: declared, documents: [document.digest, declaration.digest],
                file: document.name)
            var loaded: [LoadedFactorSeries] = []
            var faults: [Diagnostic] = []
            for (region, values) in readings.sorted(by: { $0.key < $1.key }) {
                do throws(FactorSeriesFaults) {
                    loaded.append(try assembly.series(region, values))
                } catch {
                    faults += error.diagnostics
                }
            }
            guard faults.isEmpty else { throw FactorSeriesFaults(diagnostics: faults) }
            guard !loaded.isEmpty else {
                throw FactorSeriesFaults(diagnostics: [
                    Diagnostic(
                        .factorInvalid, at: SourceLocation(file: document.name),
                        "the file has no value of a declared zone")
                ])
            }
            return (loaded, [])
        } catch {
            return ([], error.diagnostics)
        }
    }
}

/// Turns the rows of a file into values by region.
struct FactorSeriesRows {
    private let declaration: FactorSeriesDeclaration
    private let file: String
    private var faults: [Diagnostic] = []
    private var byRegion: [String: [SeriesReading]] = [:]

    init(_ declaration: FactorSeriesDeclaration, file: String) {
        self.declaration = declaration
        self.file = file
    }

    /// - Throws: what is wrong with the rows, up to `FactorSeriesReader.maximumFaults`.
    mutating func read(
        _ document: Document
    ) throws(FactorSeriesFaults) -> [String: [SeriesReading]] {
        do throws(Diagnostic) {
            var table = try ColumnTable(
                document, columns: declaration.columns, dialect: declaration.dialect)
            try refuseUndeclared(table)
            while faults.count < FactorSeriesReader.maximumFaults, try table.advance() {
                do throws(Diagnostic) {
                    try add(table)
                } catch {
                    faults.append(error)
                }
            }
        } catch {
            faults.append(error)
        }
        guard faults.isEmpty else { throw FactorSeriesFaults(diagnostics: faults) }
        return byRegion
    }

    /// A fuel that the declaration forgets would lower every value without a word.
    private func refuseUndeclared(_ table: ColumnTable) throws(Diagnostic) {
        guard case .generationWeighted(let mix) = declaration.values else { return }
        let known = Set(declaration.columns + mix.ignored)
        guard let stray = table.names.first(where: { !known.contains($0) }) else { return }
        throw Diagnostic(
            .csvHeaderInvalid, at: SourceLocation(file: file, line: 1),
            "the declaration says nothing about the column '\(DiagnosticRenderer.quoted(stray))'",
            hint: "declare it as a [[derivation.fuel]], or name it in ignored_columns")
    }

    private mutating func add(_ table: ColumnTable) throws(Diagnostic) {
        if let raggedness = table.raggedness { throw raggedness }
        guard let region = region(table), let value = try value(table) else { return }
        let start = try start(table)
        byRegion[region, default: []].append(
            SeriesReading(
                start: start, end: start.adding(seconds: Int64(declaration.time.step)),
                value: value, quality: .unstated, line: table.line.line ?? 1))
    }

    /// - Returns: `nil` for a zone that the declaration leaves out.
    private func region(_ table: ColumnTable) -> String? {
        guard let zone = declaration.zone else { return declaration.identity.region }
        let name = table.text(zone.column)
        guard let regions = zone.regions else { return name }
        return regions[name]
    }

    private func start(_ table: ColumnTable) throws(Diagnostic) -> Instant {
        let time = declaration.time
        let text = Array(table.text(time.column).utf8)
        guard let stated = time.format.read(text.span) else {
            throw fault(.dateInvalid, table, time.column, "is no time of the declared format")
        }
        guard let offset = stated.offset ?? (time.isUTC ? 0 : nil) else {
            throw fault(.dateInvalid, table, time.column, "states no offset from UTC")
        }
        let seconds = stated.localSeconds - Int64(offset)
        return Instant(
            secondsSinceEpoch: time.label == .start ? seconds : seconds - Int64(time.step))
    }

    /// - Returns: `nil` where the source has no value for the time.
    private func value(_ table: ColumnTable) throws(Diagnostic) -> ExactDecimal? {
        switch declaration.values {
        case .published(let column):
            guard let value = try number(table, column) else { return nil }
            guard !value.isNegative else {
                throw fault(.factorInvalid, table, column, "is negative")
            }
            return value
        case .generationWeighted(let mix): return try mean(mix, table)
        }
    }

    /// Σ generation × factor / Σ generation, rounded once.
    private func mean(
        _ mix: FactorSeriesDeclaration.Mix, _ table: ColumnTable
    ) throws(Diagnostic) -> ExactDecimal? {
        var generations: [ExactDecimal] = []
        for fuel in mix.fuels {
            guard let generation = try generation(fuel, mix, table) else { return nil }
            generations.append(generation)
        }
        do throws(QuantityError) {
            let total = try ExactDecimal.sum(generations)
            guard !total.isZero else { return nil }
            var weighted = ExactDecimal.zero
            for (generation, fuel) in zip(generations, mix.fuels) {
                weighted = try weighted.adding(generation.multiplied(by: fuel.amount))
            }
            return try Ratio(weighted).divided(by: Ratio(total))
                .rounded(toDecimals: mix.decimals, .halfEven)
        } catch {
            throw Diagnostic(
                .numberOutOfRange, at: table.line, "the generation of the row is out of range")
        }
    }

    /// - Returns: `nil` where the source has no value.
    private func generation(
        _ fuel: FactorSeries.Fuel, _ mix: FactorSeriesDeclaration.Mix, _ table: ColumnTable
    ) throws(Diagnostic) -> ExactDecimal? {
        let generation = try number(table, fuel.column)
        guard let generation, generation.isNegative else { return generation }
        switch mix.negative {
        case .countAsZero: return .zero
        case .refuse:
            throw fault(.factorInvalid, table, fuel.column, "is a negative generation")
        }
    }

    private func number(
        _ table: ColumnTable, _ column: String
    ) throws(Diagnostic) -> ExactDecimal? {
        let text = table.text(column)
        guard !text.isEmpty else { return nil }
        do throws(QuantityError) {
            return try ExactDecimal(parsing: text, notation: declaration.notation)
        } catch {
            throw fault(.numberInvalid, table, column, "is no number")
        }
    }

    private func fault(
        _ code: DiagnosticCode, _ table: ColumnTable, _ column: String, _ what: String
    ) -> Diagnostic {
        Diagnostic(
            code, at: table.location(column),
            "'\(DiagnosticRenderer.quoted(table.text(column)))' \(what)",
            hint: "correct the file, or its declaration; nothing was loaded")
    }
}
