package import Diagnostics
package import Documents
package import Inventory

/// Reads `rules.toml` and finds the rule for an invoice line.
///
/// ```toml
/// [[rule]]
/// name = "reinforcing steel for hall A"
/// [rule.when]                      # all conditions must hold, at least one is needed
/// item_name = "reinforcing steel"  # part of the item name, whatever its case
/// classification = "30103600"      # one of the classification codes, exactly
/// supplier = "staalhandel-noord"   # an identifier of organisation.toml
/// unit_code = "TNE"                # UN/CEFACT Recommendation 20 or 21, exactly
/// [rule.then]                      # what the line becomes …
/// activity = "reinforcing-steel"
/// facility = "ams1"
/// treatment = "capital-good"       # or expense, refrigerant-charge, consumption
/// asset = "hall-a"
/// component = "structure"
/// module = "A1-A3"
/// source = "scope3:2-capital-goods"
/// service_life_years = 60
///
/// [[rule]]
/// name = "reminder fees"
/// [rule.when]
/// item_name = "reminder fee"
/// [rule.then]
/// ignore = "a fee carries no goods"  # … or why there is nothing to account for
/// ```
///
/// The first rule in file order whose conditions all hold decides. Unknown keys are errors.
package enum MatchingRules {
    /// - Returns: The rules in file order, and every fault (`rule-invalid`, or `encoding-refused`
    ///   for bytes that are not UTF-8). Where there are faults the rules must not be used.
    package static func load(
        _ document: Document
    ) -> (rules: [MatchingRule], diagnostics: [Diagnostic]) {
        guard let text = String(validating: document.bytes, as: UTF8.self) else {
            return (
                [],
                [
                    Diagnostic(
                        .encodingRefused, at: SourceLocation(file: document.name),
                        "the rules are not UTF-8", hint: "save the file as UTF-8")
                ]
            )
        }
        do throws(Diagnostic) {
            let root = try StrictTable(toml: text, file: document.name, code: .ruleInvalid)
            var names: Set<String> = []
            let rules = root.tables("rule").compactMap { table in
                let rule = MatchingRuleReader(table).read()
                if let rule, !names.insert(rule.name).inserted {
                    table.fault("name", "two rules have the name '\(rule.name)'")
                }
                return rule
            }
            root.finish()
            return (rules, root.diagnostics)
        } catch {
            return ([], [error])
        }
    }

    /// The first rule in file order whose conditions all hold.
    ///
    /// - Parameter organisation: Knows the names and numbers under which suppliers write.
    package static func match(
        _ line: InvoiceLineFacts, rules: [MatchingRule], organisation: Organisation
    ) -> MatchingRule? {
        let supplier = organisation.supplier(of: line)?.id
        let name = ItemName(line.itemName)
        return rules.first { holds($0.when, for: line, named: name, from: supplier) }
    }

    private static func holds(
        _ conditions: MatchingRule.Conditions, for line: InvoiceLineFacts, named name: ItemName,
        from supplier: SupplierID?
    ) -> Bool {
        if let part = conditions.itemName, !name.contains(part) { return false }
        if let code = conditions.classification, !line.classifications.contains(code) {
            return false
        }
        if let wanted = conditions.supplier, wanted != supplier { return false }
        if let code = conditions.unitCode, code != line.unitCode { return false }
        return true
    }
}
