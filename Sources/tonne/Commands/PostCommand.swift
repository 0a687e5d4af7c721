internal import ArgumentParser
internal import Inventory
internal import Quantities
internal import TextForms
internal import Workflows

struct PostCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "post", abstract: "Make the journal entries the activities call for.",
        discussion: """
            Each activity is posted by month, role and factor. Where no factor fits, the quantity
            waits in control:unresolved-factor and the exit code is 1. What stands far apart from
            the history of its meter is not posted before 'tonne review decide'; what was replaced
            by a better reading is reversed. Posting again adds only what is missing.
            """)

    @OptionGroup var options: BookOptions

    @Option(
        name: .long,
        help: "Post amortisation through this month (YYYY-MM); by default the last full month.")
    var through: String?

    @Option(
        name: .long,
        help: "Post into closed periods, too, as an adjustment: why it comes late.")
    var late: String?

    @Flag(name: .long, help: "Show what would be posted, write nothing.")
    var dryRun = false

    func run() throws {
        let book = try options.open()
        let month =
            through.flatMap { CalendarMonth($0) }
            ?? book.clock().utcDate.calendarMonth.adding(months: -1)
        let report = try PostWorkflow(book: book).run(
            through: month, lateReason: late, dryRun: dryRun)
        let verb = dryRun ? "would post" : "posted"
        Terminal.output(
            "\(verb) \(counted(report.entries, "entry", "entries")), through \(month)")
        if report.reversed > 0 {
            Terminal.output(
                counted(report.reversed, "entry", "entries") + " of replaced activities reversed")
        }
        if report.held > 0 {
            Terminal.message(
                counted(report.held, "outlier is", "outliers are")
                    + " not posted: see 'tonne review --where reason=outlier'")
        }
        if report.resolved > 0 {
            Terminal.output("\(report.resolved) that waited for a factor are resolved")
        }
        if report.superseded > 0 {
            Terminal.message(
                counted(report.superseded, "entry", "entries")
                    + " would take another factor today. "
                    + "'tonne correct ENTRY --again' replaces one")
        }
        for idle in report.idle {
            Terminal.message(UnresolvedText.idle(idle.record, covered: idle.covered))
        }
        for unresolved in report.unresolved {
            Terminal.message(UnresolvedText.line(unresolved))
        }
        if !report.unresolved.isEmpty || report.held > 0 { throw Outcome.found }
    }

    func validate() throws {
        guard late?.isEmpty != true else { throw ValidationError("State why with --late.") }
        guard through.map({ CalendarMonth($0) != nil }) ?? true else {
            throw ValidationError("'\(through ?? "")' is no month: write YYYY-MM.")
        }
    }
}
