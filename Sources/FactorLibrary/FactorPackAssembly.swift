internal import Diagnostics
internal import Inventory
internal import Quantities

/// Puts the rows of a pack together to factors: rows that stand together and have the same key and
/// version are the components of one factor.
struct FactorPackAssembly {
    private var placed: [PlacedFactor] = []
    private var diagnostics: [Diagnostic] = []
    private var identities: Set<String> = []
    private var current: Group?

    /// The rows of one factor, as far as they have been read.
    private struct Group {
        let identity: String
        let location: SourceLocation
        let cells: [FactorPackColumn: String]
        let draft: FactorDraft?
        var components: [EmissionFactor.Component] = []
        var isRefused: Bool
    }

    mutating func refuse(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    mutating func add(_ row: FactorPackRow) {
        if let raggedness = row.table.raggedness { return diagnostics.append(raggedness) }
        var row = row
        let identity = "\(row.text(.key))@\(row.text(.version))"
        if current?.identity != identity {
            close()
            open(identity, &row)
        } else {
            compare(&row)
        }
        let component = Self.component(&row)
        if let component { current?.components.append(component) }
        if !row.problems.isEmpty { current?.isRefused = true }
        diagnostics += row.problems
    }

    mutating func finish() -> (factors: [EmissionFactor], diagnostics: [Diagnostic]) {
        close()
        diagnostics += FactorAmbiguity.check(placed) + BiogenicStorage.check(placed)
        return (placed.map(\.factor), diagnostics)
    }

    private mutating func open(_ identity: String, _ row: inout FactorPackRow) {
        var cells: [FactorPackColumn: String] = [:]
        for column in FactorPackColumn.allCases where !column.belongsToComponent {
            cells[column] = row.text(column)
        }
        let draft = FactorDraft(&row)
        let isNew = identities.insert(identity).inserted
        if !isNew, draft != nil {
            row.refuse(
                .factorInvalid, .key,
                "the factor '\(DiagnosticRenderer.quoted(identity))' stands in the file twice",
                hint: "keep the rows of a factor together, and give a new version a new name")
        }
        current = Group(
            identity: identity, location: row.table.location(FactorPackColumn.key.rawValue),
            cells: cells, draft: draft, isRefused: !isNew)
    }

    /// Refuses a row that says something else about the factor than its first row.
    private func compare(_ row: inout FactorPackRow) {
        guard let current else { return }
        for column in FactorPackColumn.allCases where !column.belongsToComponent {
            let content = row.text(column)
            guard content != current.cells[column] else { continue }
            row.refuse(
                .factorInvalid, column,
                "'\(DiagnosticRenderer.quoted(content))' differs from the first row of "
                    + "'\(DiagnosticRenderer.quoted(current.identity))'",
                hint: "only substance, amount and amount_unit differ between rows of a factor")
        }
    }

    private static func component(_ row: inout FactorPackRow) -> EmissionFactor.Component? {
        let substance = row.substance()
        let amount = row.decimal(.amount, isRequired: true)
        let unit = row.unit(.amountUnit)
        guard let substance, let amount, let unit else { return nil }
        guard unit.dimension == .mass else {
            row.refuse(
                .factorInvalid, .amountUnit, "'\(unit.symbol)' is no unit of mass",
                hint: "the amount is a mass of the substance, such as kg, g or lb")
            return nil
        }
        return EmissionFactor.Component(substance: substance, amount: amount, unit: unit)
    }

    private mutating func close() {
        guard let group = current else { return }
        current = nil
        guard !group.isRefused, let factor = group.draft?.factor(group.components) else { return }
        let problems = FactorCheck.problems(of: factor, at: group.location)
        diagnostics += problems
        if problems.isEmpty { placed.append(PlacedFactor(factor, at: group.location)) }
    }
}
