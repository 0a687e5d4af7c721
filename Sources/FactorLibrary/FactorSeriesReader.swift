package import Diagnostics
package import Documents
internal import Hashing
package import ImportKit
package import Inventory
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
