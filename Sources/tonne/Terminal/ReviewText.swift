internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Workflows

/// What waits and what is linked, as rows.
enum ReviewText {
    /// - Parameter texts: What the documents say, item by item; for a table none.
    static func table(
        _ items: [ReviewItem], _ texts: [String?], _ format: ListingFormat
    ) -> String {
        var columns: [Table.Column] = [
            .number("number"), .text("why"), .text("document"), .number("line"),
            .text("meter"), .text("period"), .number("quantity"), .text("unit"), .text("what"),
        ]
        if format != .table {
            columns += [
                .text("supplier"), .text("facility"), .text("message"), .text("text"),
                .text("remedy"),
            ]
        }
        var table = Table(columns: columns)
        table.rows = items.enumerated().map { index, item in
            let row = [
                item.number.description, item.reason.rawValue, item.evidence.name,
                item.evidence.line ?? "", item.meter ?? "", item.period?.description ?? "",
                item.amount ?? "", item.unit ?? "",
            ]
            guard format != .table else { return row + [cut(item.what)] }
            return row + [
                item.what, item.supplier ?? "", item.facility ?? "", item.message,
                texts[index] ?? "", item.remedy,
            ]
        }
        return table.rendered(format)
    }

    /// One remedy a reason, and one for certificates, for what a table has no room for.
    static func remedies(_ items: [ReviewItem]) -> [String] {
        ReviewItem.Reason.allCases.flatMap { reason in
            [false, true].compactMap { isCertificate in
                items.first { $0.reason == reason && $0.isCertificate == isCertificate }
                    .map { "\(reason.rawValue): \($0.remedy)" }
            }
        }
    }

    static func table(_ links: [StatementLink], _ format: ListingFormat) -> String {
        var table = Table(columns: [
            .number("number"), .text("kind"), .text("document"), .number("line"),
            .text("period"), .number("quantity"), .text("unit"), .number("booked as"),
            .text("what"),
        ])
        table.rows = links.map { link in
            [
                link.subject.description, link.isReplaced ? "replaced" : "linked",
                link.evidence.name, link.evidence.line ?? "",
                link.statement?.period.description ?? "",
                link.statement?.quantity.amount.description ?? "",
                link.statement?.quantity.unit.symbol ?? "", link.to.description, link.message,
            ]
        }
        return table.rendered(format)
    }

    /// A table stays readable on a terminal.
    private static func cut(_ text: String) -> String {
        text.count > 100 ? String(text.prefix(99)) + "…" : text
    }
}
