package import Diagnostics
internal import Inventory
package import Quantities

/// Checks every declaration undergoes, whatever its format: the identities of EN 15804 and of the
/// PACT methodology, and what a reader cannot do without.
package struct DeclarationChecks {
    /// Figures are published with few digits: sums may be off by one part in this many.
    private static let tolerance = ExactDecimal(100)

    private let document: String
    private var file: String
    private var findings: [Diagnostic] = []
    private var isContested = false

    private init(file: String) {
        document = file
        self.file = file
    }

    /// The answer for a document: its declarations, what was found while reading, and what the
    /// checks find.
    ///
    /// - Parameters:
    ///   - faults: What the reader found; an error means that it set something aside.
    ///   - quarantined: How many amounts it set aside.
    package static func document(
        format: String, file: String, _ declarations: [ProductDeclaration],
        faults: [Diagnostic], quarantined: Int
    ) -> ImportedDocument {
        var checks = DeclarationChecks(file: file)
        for declaration in declarations { checks.check(declaration) }
        let diagnostics = faults + checks.findings
        let outcome: ImportedDocument.Outcome =
            if checks.isContested {
                .conflict
            } else if quarantined > 0 {
                .quarantineRows
            } else if diagnostics.contains(where: { $0.severity != .info }) {
                .acceptWithWarning
            } else {
                .accept
            }
        return ImportedDocument(
            format: format, outcome: outcome, declarations: declarations,
            quarantined: quarantined, diagnostics: diagnostics)
    }

    private mutating func check(_ declaration: ProductDeclaration) {
        file = declaration.member.map { "\(document):\($0)" } ?? document
        if declaration.uuid == nil {
            warn(
                .valueMissing, declaration.line, "the declaration has no identifier",
                "ask the publisher for the data set with its UUID")
        }
        if declaration.name == nil {
            warn(
                .valueMissing, declaration.line, "the declaration names no product",
                "ask the publisher for the name of the product")
        }
        if declaration.indicators.allSatisfy(\.amounts.isEmpty) {
            warn(
                .valueMissing, declaration.line, "the declaration states no amount",
                "ask the publisher for the data set with its results")
        }
        for indicator in declaration.indicators {
            contested(indicator)
            productStage(indicator)
        }
        partsOfTotals(declaration)
    }

    /// Two amounts for one module and scenario.
    private mutating func contested(_ indicator: EnvironmentalIndicator) {
        var seen: [[String?]: EnvironmentalIndicator.ModuleAmount] = [:]
        for amount in indicator.amounts {
            guard let earlier = seen.updateValue(amount, forKey: [amount.module, amount.scenario])
            else { continue }
            let isSame = earlier.value == amount.value
            if !isSame { isContested = true }
            findings.append(
                Diagnostic(
                    isSame ? .readingDuplicate : .readingConflict,
                    at: SourceLocation(file: file, line: amount.line),
                    "module '\(DiagnosticRenderer.quoted(amount.module))' of "
                        + "\(Self.name(indicator)) is stated twice: '\(earlier.value)' in line "
                        + "\(earlier.line), '\(amount.value)' here",
                    hint: "ask the publisher which amount holds"))
        }
    }

    /// A1-A3 against A1, A2 and A3, where all are given (EN 15804, 7.5: the aggregate is the sum).
    private mutating func productStage(_ indicator: EnvironmentalIndicator) {
        guard let whole = indicator.productStage, let sum = indicator.sumOfParts,
            whole != sum, !Self.agree(whole, sum, among: [whole, sum])
        else { return }
        differs(
            indicator.line,
            "A1-A3 of \(Self.name(indicator)) is '\(whole)', A1, A2 and A3 sum to '\(sum)'")
    }

    /// GWP-total is the sum of fossil, biogenic and land use in every module and scenario
    /// (EN 15804+A2, annex C). Method by method: methods are never compared.
    private mutating func partsOfTotals(_ declaration: ProductDeclaration) {
        let climate = declaration.indicators.filter { $0.climate != nil }
        let methods = Dictionary(grouping: climate) { $0.climate?.method ?? "" }
        for (_, indicators) in methods.sorted(by: { $0.key < $1.key }) {
            let byPart = Dictionary(grouping: indicators) { $0.climate?.part }
            let required = [ClimateIndicator.Part.fossil, .biogenic, .landUse]
            guard let total = byPart[.total], total.count == 1,
                required.allSatisfy({ byPart[$0]?.count == 1 })
            else { continue }
            let parts = (required + [.biogenicOtherGases]).compactMap { byPart[$0]?.first }
            partsOfTotal(total[0], parts, required: required.count)
        }
    }

    private mutating func partsOfTotal(
        _ total: EnvironmentalIndicator, _ parts: [EnvironmentalIndicator], required: Int
    ) {
        var values: [[String?]: [Int: ExactDecimal]] = [:]
        for (index, part) in parts.enumerated() {
            for amount in part.amounts {
                values[[amount.module, amount.scenario], default: [:]][index] = amount.value
            }
        }
        for amount in total.amounts {
            let own = values[[amount.module, amount.scenario], default: [:]]
            guard (0..<required).allSatisfy({ own[$0] != nil }), let sum = Self.sum(own.values),
                !Self.agree(amount.value, sum, among: own.values + [amount.value])
            else { continue }
            differs(
                amount.line,
                "module '\(DiagnosticRenderer.quoted(amount.module))' of "
                    + "\(Self.name(total)) is '\(amount.value)', its fossil, biogenic and "
                    + "land-use parts sum to '\(sum)'")
        }
    }

    private static func sum(_ values: some Sequence<ExactDecimal>) -> ExactDecimal? {
        do { return try ExactDecimal.sum(values) } catch { return nil }
    }

    /// Whether two values differ by at most one percent of the largest of `among`.
    package static func agree(
        _ left: ExactDecimal, _ right: ExactDecimal, among values: [ExactDecimal]
    ) -> Bool {
        do {
            let difference = try left.subtracting(right).magnitude
            let largest = values.map(\.magnitude).max() ?? .zero
            return try difference.multiplied(by: tolerance) <= largest
        } catch {
            return false
        }
    }

    private static func name(_ indicator: EnvironmentalIndicator) -> String {
        "\"\(DiagnosticRenderer.quoted(indicator.name ?? indicator.uuid ?? "an indicator"))\""
    }

    private mutating func differs(_ line: Int, _ message: String) {
        warn(
            .controlTotalDiffers, line, message,
            "ask the publisher which of them is right before the figure is used")
    }

    private mutating func warn(
        _ code: DiagnosticCode, _ line: Int, _ message: String, _ hint: String
    ) {
        findings.append(
            Diagnostic(
                code, severity: .warning, at: SourceLocation(file: file, line: line), message,
                hint: hint))
    }
}
