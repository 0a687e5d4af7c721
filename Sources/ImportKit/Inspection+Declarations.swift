internal import Diagnostics
internal import Inventory
internal import Quantities
internal import TextForms

extension Inspection {
    static func value(_ declaration: ProductDeclaration) -> JSONText {
        .object([
            ("uuid", .optional(declaration.uuid)),
            ("name", .optional(declaration.name)),
            ("validUntil", .optional(declaration.validUntil)),
            ("referenceYear", .optional(declaration.referenceYear)),
            ("declaredUnit", .optional(declaration.declaredUnit?.description)),
            (
                "referenceFlow",
                .object([
                    ("uuid", .optional(declaration.referenceFlow.uuid)),
                    ("amount", .optional(declaration.referenceFlow.amount)),
                ])
            ),
            ("indicators", .array(declaration.indicators.map(value))),
        ])
    }

    private static func value(_ indicator: EnvironmentalIndicator) -> JSONText {
        .object([
            ("uuid", .optional(indicator.uuid)),
            ("unit", .optional(indicator.unit)),
            ("a1ToA3", .optional(indicator.productStage?.description)),
            ("modules", .array(indicator.amounts.map(value))),
            ("notDeclared", .array(indicator.notDeclared.map(JSONText.string))),
        ])
    }

    private static func value(_ amount: EnvironmentalIndicator.ModuleAmount) -> JSONText {
        .object([
            ("module", .string(amount.module)),
            ("scenario", .optional(amount.scenario)),
            ("value", .string(amount.value.description)),
        ])
    }
}

extension Inspection {
    static func summary(_ declaration: ProductDeclaration) -> [[String]] {
        let methods = Set(declaration.indicators.compactMap(\.climate?.method)).sorted()
        let unit = declaration.declaredUnit?.description ?? "–"
        return [
            ["declaration", declaration.name.map(DiagnosticRenderer.quoted) ?? "–"],
            ["identifier", declaration.uuid ?? "–"],
            ["version", declaration.version ?? "–"],
            ["kind", declaration.kind?.rawValue ?? "–"],
            ["publisher", declaration.publisher ?? "–"],
            ["registered as", declaration.registrationNumber ?? "–"],
            ["valid until", declaration.validUntil ?? "–"],
            ["reference year", declaration.referenceYear ?? "–"],
            [
                "declared unit",
                declaration.declaredMass.map { "\(unit), \($0)" } ?? unit,
            ],
            ["global warming by", methods.isEmpty ? "–" : methods.joined(separator: ", ")],
        ]
    }

    /// One row an indicator: the product stage, then every other module with its scenario.
    static func rows(_ declaration: ProductDeclaration) -> [[String]] {
        [["indicator", "unit", "A1-A3", "modules", "not declared"]]
            + declaration.indicators.map { indicator in
                let modules = indicator.amounts.map { amount in
                    let scenario = amount.scenario.map { " (\(DiagnosticRenderer.quoted($0)))" }
                    return "\(amount.module)\(scenario ?? "") \(amount.value)"
                }
                return [
                    (indicator.name ?? indicator.uuid).map(DiagnosticRenderer.quoted) ?? "–",
                    indicator.unit ?? "–", indicator.productStage?.description ?? "–",
                    modules.isEmpty ? "–" : modules.joined(separator: ", "),
                    indicator.notDeclared.isEmpty
                        ? "–" : indicator.notDeclared.joined(separator: " "),
                ]
            }
    }
}
