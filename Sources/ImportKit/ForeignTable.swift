internal import Diagnostics

/// Tables of known kinds that no profile may book, told by their header: what they are, and what
/// to do with them.
package struct ForeignTable {
    let code: DiagnosticCode
    /// Continues "the table holds …".
    let content: String
    let hint: String

    /// What to do with a file of a grid's values.
    ///
    /// - Parameter file: As messages name it.
    package static func gridHint(file: String) -> String {
        "load it as a factor series: tonne factors load \(DiagnosticRenderer.quoted(file)) "
            + "--series DECLARATION.toml; Schemas/factor-series.md shows the declaration"
    }

    /// - Returns: `nil` for a header of no known kind.
    init?(header: [String], file: String) {
        let names = header.map { $0.lowercased() }
        if names.contains(where: Self.isIntensity) {
            code = .seriesNotActivity
            content = "carbon intensity of a grid, not what the organisation used"
            hint = Self.gridHint(file: file)
        } else if names.count(where: Self.isGridFuel) > 1 {
            code = .seriesNotActivity
            content = "generation of a grid by fuel, not what the organisation used"
            hint = Self.gridHint(file: file)
        } else if names.contains("manufacturer"), names.contains("gwp_total") {
            code = .profileUnknown
            content = "footprints of devices by their manufacturers: factors, no purchases"
            hint =
                "bring the devices that you use into a factor pack (Schemas/factor-pack.md), and "
                + "the purchases into 'generic.procurement'"
        } else if names.contains("property id"), names.contains("property name") {
            code = .profileUnknown
            content = "yearly figures of properties, as ENERGY STAR Portfolio Manager reports them"
            hint = "export the meter entries in place of the report: 'us.energy-star.meter-entries'"
        } else if names.contains(where: { $0.contains("credit") && $0.contains("serial number") }) {
            code = .profileUnknown
            content = "offset credits, which no total of an inventory takes up"
            hint = "certificates of electricity come in the layout 'generic.certificate'"
        } else {
            return nil
        }
    }

    /// Mass of CO2 for energy, such as `gCO2e/kWh`, `kg CO2 per MWh`, or `Carbon intensity`.
    private static func isIntensity(_ name: String) -> Bool {
        let letters = String(name.filter { $0.isLetter || $0.isNumber || $0 == "/" })
        if letters.contains("carbonintensity") { return true }
        guard letters.contains("co2") || letters.contains("co₂") else { return false }
        return ["/kwh", "/mwh", "perkwh", "permwh"].contains { letters.contains($0) }
    }

    /// Columns of EIA-930, the hourly grid monitor of the US, and of those who copy its codes.
    private static func isGridFuel(_ name: String) -> Bool {
        if name.hasPrefix("net generation"), name.contains(" from ") { return true }
        let codes = ["col", "ng", "nuc", "oil", "oth", "sun", "wat", "wnd"]
        return codes.contains { name == "\($0)_mwh" || name == "\($0)_mw" || name == "ng: \($0)" }
    }
}
