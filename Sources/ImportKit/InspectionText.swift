internal import Diagnostics
internal import Hashing
internal import Inventory
internal import Quantities
internal import TextForms

extension Inspection {
    /// The same for a person: what the file is, a row a series or invoice line, then what to look
    /// at. Lines separated by `\n`, no final newline.
    package func text() -> String {
        var blocks = [heading]
        if !document.series.isEmpty { blocks.append(Self.table(seriesRows)) }
        if let first = document.records.first {
            let names = first.members.map(\.name)
            let rows = document.records.map { $0.members.map { $0.value ?? "–" } }
            blocks.append(Self.table([names] + rows))
        }
        for invoice in document.invoices {
            blocks.append(Self.summary(invoice))
            if !invoice.lines.isEmpty { blocks.append(Self.table(Self.rows(invoice))) }
        }
        for declaration in document.declarations {
            blocks.append(Self.table(Self.summary(declaration)))
            if !declaration.indicators.isEmpty { blocks.append(Self.table(Self.rows(declaration))) }
        }
        if !document.diagnostics.isEmpty {
            let renderer = DiagnosticRenderer()
            let rendered = document.diagnostics.map { renderer.render($0) }
            blocks.append(rendered.joined(separator: "\n"))
        }
        return blocks.joined(separator: "\n\n")
    }

    private var heading: String {
        var rows = [
            ["file", file], ["sha256", digest.hexadecimal], ["format", document.format],
            ["outcome", document.outcome.rawValue],
        ]
        if let profile = document.profile { rows.insert(["profile", profile], at: 3) }
        if document.quarantined > 0 { rows.append(["set aside", "\(document.quarantined)"]) }
        return Self.table(rows)
    }

    private var seriesRows: [[String]] {
        let header = [
            "meter", "channel", "carrier", "direction", "readings", "missing", "total", "unit",
            "start", "end", "quality",
        ]
        return [header]
            + document.series.map { series in
                let qualities = Self.qualityCounts(series).map { "\($0.count) \($0.word)" }
                return [
                    series.meter ?? "–", series.channel ?? "–", series.carrier.rawValue,
                    series.direction.rawValue, "\(series.readings.count)", "\(series.missing)",
                    Self.total(series).amount.description, Self.symbol(Self.total(series).unit),
                    series.start?.description ?? "–", series.end?.description ?? "–",
                    qualities.isEmpty ? "–" : qualities.joined(separator: ", "),
                ]
            }
    }

    private static func summary(_ invoice: Invoice) -> String {
        let currency = invoice.currency ?? "–"
        return table([
            [invoice.kind.rawValue, invoice.number.isEmpty ? "–" : invoice.number],
            ["type", invoice.typeCode ?? "–"],
            ["supplier", invoice.supplier ?? "–"],
            ["issued", invoice.issueDate?.description ?? "–"],
            ["period", text(invoice.period)],
            ["net", "\(invoice.lineTotal?.description ?? "–") \(currency)"],
            ["payable", "\(invoice.payable?.description ?? "–") \(currency)"],
        ])
    }

    private static func rows(_ invoice: Invoice) -> [[String]] {
        [["line", "item", "ledger quantity", "unit", "net", "period"]]
            + invoice.lines.map { line in
                [
                    line.identifier.isEmpty ? "–" : line.identifier,
                    line.name.map(DiagnosticRenderer.quoted) ?? "–",
                    line.ledgerQuantity?.description ?? "–", line.unitCode ?? "–",
                    line.netAmount?.description ?? "–", text(line.period),
                ]
            }
    }

    private static func text(_ period: Invoice.DatePair?) -> String {
        guard let period else { return "–" }
        return "\(period.start?.description ?? "…") to \(period.end?.description ?? "…")"
    }

    /// Aligned columns, control characters made visible.
    static func table(_ rows: [[String]]) -> String {
        AlignedText.lines(rows.map { $0.map(DiagnosticRenderer.visible) })
    }
}
