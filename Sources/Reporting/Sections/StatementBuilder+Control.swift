/// The state of the period, its versions, and who prepared, approved and sealed it.
extension StatementBuilder {
    func controlSection() -> StatementSection? {
        guard let control = input.disclosures.control else { return nil }
        return StatementSection(
            id: "control", title: "Period and approval", blocks: [.facts(control.facts)])
    }

    /// On the first page.
    var controlWarnings: [StatementBlock] {
        guard let warnings = input.disclosures.control?.warnings, !warnings.isEmpty else {
            return []
        }
        return [.warning(title: "Restated", items: warnings)]
    }
}
