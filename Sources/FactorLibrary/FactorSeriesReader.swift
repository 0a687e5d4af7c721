package import Diagnostics
package import Documents
internal import Hashing
package import ImportKit
package import Inventory
internal import Quantities
package import Series

/// A factor series and its values, read from a file.
package struct LoadedFactorSeries: Hashable, Sendable {
    package let series: FactorSeries
    package let values: SeriesChunk
}

/// Reads files of factor values by time: published carbon intensity, or generation by fuel. What
/// the columns mean, or the production types, is declared in a file beside it; nothing is guessed.
package enum FactorSeriesReader {
    /// At most this many faults are reported; more say the same.
    static let maximumFaults = 20

    /// - Parameter grid: The document as an importer of grids read it; `nil` for a table.
    /// - Returns: One series a zone, in the order of their regions; none if anything is wrong.
    ///   Of a document that is used, its warnings.
    package static func read(
        _ document: Document, declaredBy declaration: Document, grid: ImportedDocument? = nil
    ) -> (series: [LoadedFactorSeries], diagnostics: [Diagnostic]) {
        do throws(FactorSeriesFaults) {
            let declared = try FactorSeriesDeclaration.read(declaration)
            let readings = try readings(document, declared, grid)
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
            return (loaded, grid?.diagnostics ?? [])
        } catch {
            return ([], error.diagnostics)
        }
    }

    /// The values by region.
    private static func readings(
        _ document: Document, _ declared: FactorSeriesDeclaration, _ grid: ImportedDocument?
    ) throws(FactorSeriesFaults) -> [String: [SeriesReading]] {
        switch (declared.layout, grid) {
        case (.table(let table), .none):
            var rows = FactorSeriesRows(declared, table, file: document.name)
            return try rows.read(document)
        case (.marketDocument, .some(let grid)):
            return try GridGeneration(declared, file: document.name).read(grid)
        case (.table, .some):
            throw mismatch(
                document, "the file is a document of ENTSO-E, the declaration describes a table",
                "write document = \"entsoe\" in the declaration: see Schemas/factor-series.md")
        case (.marketDocument, .none):
            throw mismatch(
                document, "the declaration is for a document of ENTSO-E, the file is none",
                "describe the table with [read] and [time]: see Schemas/factor-series.md")
        }
    }

    private static func mismatch(
        _ document: Document, _ message: String, _ hint: String
    ) -> FactorSeriesFaults {
        FactorSeriesFaults(diagnostics: [
            Diagnostic(
                .factorInvalid, at: SourceLocation(file: document.name), message, hint: hint)
        ])
    }
}

/// Turns the rows of a file into values by region.
struct FactorSeriesRows {
    private let declaration: FactorSeriesDeclaration
    private let layout: FactorSeriesDeclaration.Table
    private let file: String
    private var faults: [Diagnostic] = []
    private var byRegion: [String: [SeriesReading]] = [:]

    init(
        _ declaration: FactorSeriesDeclaration, _ layout: FactorSeriesDeclaration.Table,
        file: String
    ) {
        self.declaration = declaration
        self.layout = layout
        self.file = file
    }

    /// - Throws: what is wrong with the rows, up to `FactorSeriesReader.maximumFaults`.
    mutating func read(
        _ document: Document
    ) throws(FactorSeriesFaults) -> [String: [SeriesReading]] {
        do throws(Diagnostic) {
            var table = try ColumnTable(
                document, columns: columns, dialect: layout.dialect)
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

    /// The columns the declaration speaks of.
    private var columns: [String] {
        let others: [String] =
            switch declaration.values {
            case .published(let column): [column]
            case .generationWeighted(let mix): mix.fuels.map(\.column)
            }
        return [layout.time.column] + [declaration.zone?.column].compactMap(\.self) + others
    }

    /// A fuel that the declaration forgets would lower every value without a word.
    private func refuseUndeclared(_ table: ColumnTable) throws(Diagnostic) {
        guard case .generationWeighted(let mix) = declaration.values else { return }
        let known = Set(columns + mix.ignored)
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
                start: start, end: start.adding(seconds: Int64(declaration.step)),
                value: value, quality: .unstated, line: table.line.line ?? 1))
    }

    /// - Returns: `nil` for a zone that the declaration leaves out.
    private func region(_ table: ColumnTable) -> String? {
        guard let zone = declaration.zone else { return declaration.identity.region }
        let name = table.text(zone.column ?? "")
        guard let regions = zone.regions else { return name }
        return regions[name]
    }

    private func start(_ table: ColumnTable) throws(Diagnostic) -> Instant {
        let time = layout.time
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

    private func mean(
        _ mix: FactorSeriesDeclaration.Mix, _ table: ColumnTable
    ) throws(Diagnostic) -> ExactDecimal? {
        var generations: [ExactDecimal] = []
        for fuel in mix.fuels {
            guard let generation = try generation(fuel, mix, table) else { return nil }
            generations.append(generation)
        }
        do throws(QuantityError) {
            return try mix.mean(generations)
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
            return try ExactDecimal(parsing: text, notation: layout.notation)
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
