internal import ArgumentParser
internal import Inventory
internal import Reporting
internal import Workflows

struct StatementCommand: ParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case text, html, json, csv }

    static let configuration = CommandConfiguration(
        commandName: "statement", abstract: "Draw the annual statement.",
        discussion: """
            Every format shows the same figures. Without --output the statement goes to standard
            output. The exit code is 1 if it is incomplete: an activity has no factor, lines wait.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "A year, or another period: 2025, 2025-03, 2025-01-01/2025-04-01.")
    var period: String

    @Option(name: .long, help: "text, html, json or csv.")
    var format: Format = .text

    @Option(
        name: [.customShort("o"), .long], help: "Write to this file.", completion: .file())
    var output: String?

    @Option(name: .long, help: "AR4, AR5, AR5-CCF or AR6; by default the organisation's.")
    var gwp: String?

    @Option(name: .long, help: "As reported by this version of the seal: 1, 2, …")
    var asOf: Int?

    func run() throws {
        guard let span = ReportingPeriod(period),
            let renderer = StatementRenderers.named(format.rawValue)
        else { return }
        var book = try options.open()
        if let asOf { book = try book.asReported(span, version: asOf) }
        let statement = try StatementWorkflow(book: book).statement(
            span, gwpValueSet: gwp.flatMap { GWPValueSet(rawValue: $0) })
        let text = renderer.render(statement)
        if let output {
            try BookFiles.write(text, to: output)
            Terminal.message("wrote \(output)")
        } else {
            Terminal.output(text)
        }
        if !statement.isComplete {
            Terminal.message("the statement is incomplete: see its first page")
            throw Outcome.found
        }
    }

    func validate() throws {
        try PeriodArgument.check(period)
        guard gwp.map({ GWPValueSet(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("'\(gwp ?? "")' is no GWP set: write AR4, AR5, AR5-CCF or AR6.")
        }
    }
}
