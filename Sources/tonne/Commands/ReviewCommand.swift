internal import ArgumentParser
internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Workflows

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "List what waits for a decision, and decide.",
        subcommands: [List.self, Apply.self, Decide.self], defaultSubcommand: List.self)

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the lines that wait; the exit code is 1 if there are any.")

        @OptionGroup var options: BookOptions
        @Option(name: .long, help: "table, csv or json.")
        var format: ListingFormat = .table

        func run() throws {
            let waiting = try options.open().state().waiting
            var table = Table(columns: [
                .number("number"), .text("why"), .text("document"), .number("line"),
                .number("quantity"), .text("unit"), .text("what"),
            ])
            for line in waiting {
                let facts = line.value.line
                let quantity = facts.map { "\($0.quantity)" } ?? ""
                table.rows.append([
                    line.number.description, line.value.reason.rawValue, line.value.evidence.name,
                    line.value.evidence.line ?? "", quantity, facts?.unitCode ?? "",
                    facts?.itemName ?? line.value.message,
                ])
            }
            if waiting.isEmpty, format == .table {
                Terminal.message("nothing waits")
            } else {
                Terminal.output(table.rendered(format))
            }
            if !waiting.isEmpty { throw Outcome.found }
        }
    }

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Match the waiting invoice lines against the rules of today.")

        @OptionGroup var options: BookOptions
        @Flag(name: .long, help: "Show what would be matched, write nothing.")
        var dryRun = false

        func run() throws {
            let report = try ReviewWorkflow(book: options.open()).applyRules(dryRun: dryRun)
            for match in report.matched {
                Terminal.output("\(match.number)  matched by rule '\(match.rule)'")
            }
            for match in report.ignored {
                Terminal.output("\(match.number)  ignored by rule '\(match.rule)'")
            }
            Terminal.message(
                "\(report.matched.count) matched, \(report.ignored.count) ignored, "
                    + "\(report.stillWaiting) still waiting"
                    + (dryRun ? " (dry run, nothing written)" : ""))
            if report.stillWaiting > 0 { throw Outcome.found }
        }
    }

    struct Decide: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ignore one waiting line, or accept a claim that was in conflict.")

        @OptionGroup var options: BookOptions
        @Argument(help: "The number of the waiting line.")
        var number: Int
        @Option(name: .long, help: "Why; it is recorded.")
        var reason: String
        @Flag(
            name: .long,
            help: "Book the claim; what contradicts it must have been withdrawn before.")
        var accept = false

        func run() throws {
            try ReviewWorkflow(book: options.open())
                .decide(RecordNumber(number), accept: accept, reason: reason)
            Terminal.message("\(number) \(accept ? "accepted" : "ignored"): \(reason)")
        }

        func validate() throws {
            guard !reason.isEmpty, number >= 0 else {
                throw ValidationError("State a number from 'tonne review' and a reason.")
            }
        }
    }
}
