internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities

/// A factor version as text for a person: figures, validity, source, licence.
enum FactorText {
    /// - Parameter text: Of the line of the declaration, where there is one.
    static func describe(_ booked: BookedFactor, text: String?) -> String {
        describe(booked.factor, record: booked.number, hash: booked.hash, text)
            .joined(separator: "\n")
    }

    static func describe(_ booked: BookedFactorSeries) -> String {
        let series = booked.series
        var lines = describe(series.factor, record: booked.number, hash: booked.hash, nil)
        lines += [
            "  \(series.count) values of \(series.substance) in "
                + "\(series.massUnit)/\(series.factor.activityUnit), \(series.boundary.rawValue)",
            "  every \(series.step) s from \(series.start) to \(series.end), "
                + "\(series.missing) missing",
            "  chunk: \(series.chunk)",
        ]
        if let derivation = series.derivation {
            lines.append(
                "  \(derivation.rule), rounding: \(derivation.rounding), negative generation: "
                    + derivation.negativeGeneration)
            if let storage = derivation.storageConsumption {
                lines.append("  what storage takes: \(storage)")
            }
            if let absent = derivation.absentFuel {
                lines.append("  fuels that the source does not hold: \(absent)")
            }
            lines += derivation.fuels.map { "    \($0.column): \($0.amount) (\($0.source))" }
        }
        return lines.joined(separator: "\n")
    }

    private static func describe(
        _ factor: EmissionFactor, record: RecordNumber, hash: SHA256Digest, _ text: String?
    ) -> [String] {
        var lines = [
            "\(factor.identity)  (record \(record), \(factor.status.rawValue))",
            "  \(factor.name)",
            "  \(factor.activity), \(factor.role.rawValue), \(factor.region), valid "
                + "\(factor.validFrom) until \(factor.validUntil?.description ?? "further notice")",
        ]
        lines += factor.components.map {
            "  \($0.amount) \($0.unit) \($0.substance) per \(factor.activityUnit)"
        }
        if let basis = factor.heatingValueBasis {
            lines.append("  on the \(basis.rawValue)")
        }
        let source = factor.source
        lines.append(
            "  source: \(source.publisher), \(source.title), \(source.edition), \(source.place)")
        lines.append("  retrieved from: \(source.retrievedFrom)")
        lines.append("  licence: \(factor.licence.name)")
        if !factor.licence.attribution.isEmpty {
            lines.append("  attribution: \(factor.licence.attribution)")
        }
        if !factor.qualityFlags.isEmpty {
            lines.append("  quality: \(factor.qualityFlags.joined(separator: ", "))")
        }
        if let notes = factor.notes { lines.append("  note: \(notes)") }
        if let declaration = factor.declaration {
            let line = declaration.line.map { ", line \($0)" } ?? ""
            lines.append("  declaration: \(declaration.name)\(line)")
            if let text { lines.append("  | \(text)") }
            lines.append("  declaration sha256: \(declaration.document)")
        }
        lines.append("  hash: \(hash)")
        return lines
    }
}
