internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities
internal import TextForms
internal import Workflows

/// The trace of an entry as text, from the amounts down to the line of the document.
enum TraceText {
    static func describe(_ trace: EntryTrace) -> String {
        var lines = head(trace)
        lines += calculation(trace)
        lines += activity(trace)
        lines += links(trace)
        if let factor = trace.factor {
            lines += Self.validity(of: factor, in: trace)
            lines +=
                FactorText.describe(factor, text: trace.factorText)
                .split(separator: "\n").map { "  \($0)" }
        }
        if let series = trace.factorSeries {
            lines += ["", "factor"]
            lines += FactorText.describe(series).split(separator: "\n").map { "  \($0)" }
        }
        if !trace.siblings.isEmpty {
            let numbers = trace.siblings.map { $0.number.description }.joined(separator: ", ")
            lines += ["", "other entries of the activity: \(numbers)"]
        }
        return lines.joined(separator: "\n")
    }

    /// What other documents say about the same energy.
    private static func links(_ trace: EntryTrace) -> [String] {
        var lines: [String] = []
        if let replacement = trace.replacement {
            lines += ["", "replaced by activity \(replacement.to): \(replacement.message)"]
        }
        guard !trace.links.isEmpty else { return lines }
        lines += ["", "linked"]
        for link in trace.links {
            let place = link.evidence.name + (link.evidence.line.map { ", line \($0)" } ?? "")
            let kind =
                link.isReplaced ? "it replaces activity \(link.subject)" : "record \(link.subject)"
            lines.append("  \(kind) of \(place): \(link.message)")
        }
        return lines
    }

    private static func head(_ trace: EntryTrace) -> [String] {
        let entry = trace.booked.entry
        var lines = [
            "entry \(trace.booked.number)  \(entry.effective)  \(entry.facility)  "
                + entry.description,
            "recorded \(trace.recordedAt) by \(trace.actor)",
        ]
        if let reversal = entry.reversal {
            lines.append("reverses entry \(reversal.entry): \(reversal.reason)")
        }
        if let reversedBy = trace.reversedBy {
            lines.append("reversed by entry \(reversedBy.number)")
        }
        var table = Table(columns: [
            .text("account"), .text("basis"), .number("debit"), .number("credit"),
            .text("commodity"), .text("counterparty"),
        ])
        table.rows = entry.postings.map { posting in
            let amount = posting.amount.magnitude.description
            return [
                posting.account.name, posting.basis.description,
                posting.amount.isNegative ? "" : amount, posting.amount.isNegative ? amount : "",
                posting.commodity.description, posting.counterparty ?? "",
            ]
        }
        return lines + ["", table.rendered(.table)]
    }

    private static func calculation(_ trace: EntryTrace) -> [String] {
        guard let calculation = trace.booked.entry.calculation else { return [] }
        return [
            "", "calculation",
            "  rule \(calculation.rule), rounding: \(calculation.rounding)",
            "  \(calculation.quantity) in \(calculation.period)",
        ]
    }

    /// The heading of the factor, and whether a rule took it beyond its validity.
    private static func validity(of booked: BookedFactor, in trace: EntryTrace) -> [String] {
        guard let period = trace.booked.entry.calculation?.period,
            !booked.factor.isValid(on: period.start) || !booked.factor.isValid(on: period.lastDay)
        else { return ["", "factor"] }
        return ["", "factor, not valid in \(period), taken by rule"]
    }

    private static func activity(_ trace: EntryTrace) -> [String] {
        guard let activity = trace.activity else { return [] }
        let record = activity.value
        let evidence = record.evidence
        var lines = [
            "", "activity \(activity.number)",
            "  \(record.activity) at \(record.facility), \(record.quantity), \(record.period)",
            "  claim: \(record.slot.subject)\(record.slot.series.map { ", series \($0)" } ?? "")",
        ]
        if let estimated = record.estimated {
            lines.append("  estimated: \(estimated) \(record.quantity.unit), an accrual")
        }
        if let invoice = record.invoice, !invoice.corrects.isEmpty {
            let verb = invoice.isReplacement ? "replaces" : "corrects"
            lines.append(
                "  invoice \(invoice.number) \(verb) \(invoice.corrects.joined(separator: ", "))")
        }
        if let series = record.series {
            lines.append("  \(counted(series.count, "reading", "readings")), chunk \(series.chunk)")
        }
        lines += [
            "", "document \(evidence.name)", "  sha256 \(evidence.document)",
        ]
        if let document = trace.document {
            let profile = document.profile.map { ", profile \($0)" } ?? ""
            lines.append("  \(document.format)\(profile), \(document.size) bytes")
        }
        if let erasure = trace.erasure {
            lines.append(
                "  erased by record \(erasure.number): \(erasure.value.reason) "
                    + "(\(erasure.value.basis))")
        }
        if let place = trace.document?.place {
            lines.append("  member '\(place.member)' of the file with sha256 \(place.container)")
        }
        if let line = evidence.line {
            lines.append("  line \(line)\(evidence.place.map { " (\($0))" } ?? "")")
        }
        if let text = trace.text { lines.append("  | \(text)") }
        return lines
    }
}
