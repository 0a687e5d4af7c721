internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Series

/// Turns the rows of a file into values by region.
struct FactorSeriesRows {
    private let declaration: FactorSeriesDeclaration
    private let layout: FactorSeriesDeclaration.Table
    private let file: String
    private var faults: [Diagnostic] = []
    private var byRegion: [String: [SeriesReading]] = [:]
    private var places = Places(time: 0, zone: nil, values: [])

    /// Where the columns of the declaration stand in each row.
    private struct Places {
        let time: Int
        let zone: Int?
        /// The published value, or one for each fuel.
        let values: [Int]
    }

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
            places = Places(
                time: table.place(layout.time.column) ?? 0,
                zone: (declaration.zone?.column).flatMap(table.place),
                values: valueColumns.compactMap(table.place))
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
        [layout.time.column] + [declaration.zone?.column].compactMap(\.self) + valueColumns
    }

    private var valueColumns: [String] {
        switch declaration.values {
        case .published(let column): [column]
        case .generationWeighted(let mix): mix.fuels.map(\.column)
        }
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
        let name = places.zone.map { table.text(at: $0) } ?? ""
        guard let regions = zone.regions else { return name }
        return regions[name]
    }

    private func start(_ table: ColumnTable) throws(Diagnostic) -> Instant {
        let time = layout.time
        guard let stated = table.withText(at: places.time, time.format.read) else {
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
            guard let value = try number(table, column, places.values[0]) else { return nil }
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
        for (fuel, place) in zip(mix.fuels, places.values) {
            guard let generation = try generation(fuel, mix, table, place) else { return nil }
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
        _ fuel: FactorSeries.Fuel, _ mix: FactorSeriesDeclaration.Mix, _ table: ColumnTable,
        _ place: Int
    ) throws(Diagnostic) -> ExactDecimal? {
        let generation = try number(table, fuel.column, place)
        guard let generation, generation.isNegative else { return generation }
        switch mix.negative {
        case .countAsZero: return .zero
        case .refuse:
            throw fault(.factorInvalid, table, fuel.column, "is a negative generation")
        }
    }

    private func number(
        _ table: ColumnTable, _ column: String, _ place: Int
    ) throws(Diagnostic) -> ExactDecimal? {
        let text = table.text(at: place)
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
