internal import ArgumentParser
internal import Inventory
internal import TextForms
internal import Workflows

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Look for what is missing, double or undecided; 1 if anything is found.",
        discussion: """
            For each meter that is valid in the period: documents that did not come, months and
            hours without data, bills that overlap, registers that do not go on where they ended,
            zeros, outliers, and second statements that differ from what is booked. For each
            supplier: holes in the numbers of its invoices, and months in which it has not written
            as usual. For the book: open accruals, lines that wait, activities that are not
            posted, quantities without a factor. 'tonne verify' proves that the records are intact.

              tonne check 2025-03
              tonne check 2025 --only gap,missing-month --format json
            """)

    @OptionGroup var options: BookOptions

    @Argument(
        help: "A year, a month, or a span of days A/B with B excluded; else all days with data.")
    var period: String?

    @Option(name: .long, help: "Only these kinds of findings, separated by commas.")
    var only: String?

    @Option(name: .long, help: "table, csv or json; csv and json also state the remedy.")
    var format: ListingFormat = .table

    private var kinds: [CheckFinding.Kind?] {
        only?.split(separator: ",", omittingEmptySubsequences: false).map {
            CheckFinding.Kind(rawValue: String($0))
        } ?? CheckFinding.Kind.allCases
    }

    func run() throws {
        let report = try CheckWorkflow(book: options.open())
            .run(period.flatMap { ReportingPeriod($0) })
        let findings = report.findings.filter { kinds.contains($0.kind) }
        if !findings.isEmpty || format != .table {
            Terminal.output(Self.table(findings, format))
        }
        let days = report.period.map { ", \($0)" } ?? ""
        Terminal.message(
            (findings.isEmpty ? "nothing found" : "\(findings.count) found")
                + ": \(counted(report.meters, "meter", "meters")), "
                + "\(counted(report.suppliers, "supplier", "suppliers")), "
                + "\(counted(report.activities, "activity", "activities"))\(days)")
        if !findings.isEmpty { throw Outcome.found }
    }

    func validate() throws {
        try PeriodArgument.check(period)
        guard kinds.allSatisfy({ $0 != nil }) else {
            let words = CheckFinding.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("'\(only ?? "")' is no kind of finding: choose from \(words).")
        }
    }

    private static func table(_ findings: [CheckFinding], _ format: ListingFormat) -> String {
        var columns: [Table.Column] = [
            .text("finding"), .text("subject"), .text("facility"), .text("period"), .text("what"),
        ]
        if format != .table { columns.append(.text("remedy")) }
        var table = Table(columns: columns)
        table.rows = findings.map { finding in
            let row = [
                finding.kind.rawValue, finding.subject, finding.facility?.rawValue ?? "",
                finding.period?.description ?? "", finding.message,
            ]
            return format == .table ? row : row + [finding.kind.remedy]
        }
        return table.rendered(format)
    }
}
