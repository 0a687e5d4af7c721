internal import Reporting
internal import Workflows

/// The effect of an import on the statements, as a table.
enum ImportEffectText {
    static func table(_ effect: ImportEffect) -> String {
        var table = Table(columns: [
            .text("year"), .text("t CO2e"), .number("before"), .number("after"), .number("change"),
        ])
        table.rows = effect.rows.map { row in
            let decimals = row.after.measure.decimals
            return [
                "\(row.year)", "\(row.after.id)  \(row.after.label)", row.before.displayText,
                row.after.displayText, NumberText.fixed(row.change, decimals: decimals),
            ]
        }
        return table.rendered(.table)
    }
}
