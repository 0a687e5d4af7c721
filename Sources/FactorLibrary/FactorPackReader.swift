package import Diagnostics
package import Documents
package import Inventory

/// Reads a factor pack: the CSV of `Schemas/factor-pack.md`, shipped or brought by a user.
package enum FactorPackReader {
    /// Reads and checks a pack.
    ///
    /// - Returns: The factors that pass every check of their own, in the order of the file, and
    ///   what is wrong with the others. Where two active factors answer the same question, both are
    ///   returned with a `factor-ambiguous`.
    package static func read(
        _ document: Document
    ) -> (factors: [EmissionFactor], diagnostics: [Diagnostic]) {
        var assembly = FactorPackAssembly()
        do throws(Diagnostic) {
            let columns = FactorPackColumn.allCases.map(\.rawValue)
            var table = try ColumnTable(document, columns: columns)
            while try table.advance() { assembly.add(FactorPackRow(table)) }
        } catch {
            assembly.refuse(error)
        }
        return assembly.finish()
    }

    /// Pairs of active factors that answer the same question on the same day.
    ///
    /// The question is activity, role, region, dimension of the activity unit and heating value
    /// basis. Two answers are an error of the library: nothing may choose between them silently.
    package static func ambiguities(in factors: [EmissionFactor]) -> [Diagnostic] {
        FactorAmbiguity.check(factors.map { PlacedFactor($0, at: nil) })
    }
}

/// A factor with the place of its first row.
struct PlacedFactor {
    let factor: EmissionFactor
    let location: SourceLocation?

    init(_ factor: EmissionFactor, at location: SourceLocation?) {
        self.factor = factor
        self.location = location
    }
}
