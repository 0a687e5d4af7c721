internal import ArgumentParser
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import TextForms
internal import Workflows

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "List what waits for a decision, and decide.",
        discussion: """
            What is imported but not accounted for waits here, with the reason:

              unmatched      no matching rule holds for the line of an invoice
              unknown-meter  the organisation has no meter for the readings
              conflict       other values are booked for the same time
              quarantined    the importer set the row aside
              outlier        the quantity stands apart from the history of its meter

            A document that says once more what is booked does not wait: it is linked, and
            'tonne review linked' shows it with the difference.
            """,
        subcommands: [List.self, Linked.self, Apply.self, Decide.self],
        defaultSubcommand: List.self)

    static let filterHelp: ArgumentHelp = """
        Only what meets all conditions, such as reason=conflict,meter=M-1. The words are number, \
        reason, document, meter, supplier and facility.
        """

    /// - Throws: a `ValidationError` for a filter that cannot be read.
    static func filter(_ text: String?) throws -> ReviewFilter {
        guard let text else { return .all }
        guard let filter = ReviewFilter(text) else {
            throw ValidationError(
                "'\(text)' is no condition: write one such as reason=outlier,meter=M-1.")
        }
        return filter
    }
}

extension ReviewCommand {
    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List what waits; the exit code is 1 if there is anything.")

        @OptionGroup var options: BookOptions
        @Option(name: .customLong("where"), help: ReviewCommand.filterHelp)
        var condition: String?
        @Option(name: .long, help: "table, csv or json; csv and json also state text and remedy.")
        var format: ListingFormat = .table

        func run() throws {
            let filter = try ReviewCommand.filter(condition)
            let book = try options.open()
            let items = try book.state().reviewItems.filter(filter.selects)
            if items.isEmpty, format == .table {
                Terminal.message("nothing waits")
            } else {
                let texts = try format == .table ? [] : items.map { try book.text(of: $0.evidence) }
                Terminal.output(ReviewText.table(items, texts, format))
            }
            if format == .table {
                for remedy in ReviewText.remedies(items) { Terminal.message(remedy) }
            }
            if !items.isEmpty { throw Outcome.found }
        }

        func validate() throws { _ = try ReviewCommand.filter(condition) }
    }

    struct Linked: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "linked",
            abstract: "List statements that another document accounts for.",
            discussion: """
                Bills of metered energy, second copies, totals beside their registers, estimates
                that gave way to an actual reading: each with the activity that is booked and what
                the two say.
                """)

        @OptionGroup var options: BookOptions
        @Option(name: .long, help: "table, csv or json.")
        var format: ListingFormat = .table

        func run() throws {
            let links = try options.open().state().links
            if links.isEmpty, format == .table {
                Terminal.message("nothing is linked")
            } else {
                Terminal.output(ReviewText.table(links, format))
            }
        }
    }

    struct Apply: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "apply",
            abstract: "Settle what the rules and meters of today can settle.",
            discussion: """
                Matches waiting invoice lines against the rules, books the readings of meters that
                organisation.toml has by now from the stored documents, and judges conflicts again.
                """)

        @OptionGroup var options: BookOptions
        @Flag(name: .long, help: "Show what would be settled, write nothing.")
        var dryRun = false

        func run() throws {
            let report = try ReviewWorkflow(book: options.open(), catalog: ImporterCatalog())
                .apply(dryRun: dryRun)
            for match in report.matched {
                Terminal.output("\(match.number)  matched by rule '\(match.rule)'")
            }
            for match in report.ignored {
                Terminal.output("\(match.number)  ignored by rule '\(match.rule)'")
            }
            for match in report.meters {
                Terminal.output("\(match.number)  readings of meter '\(match.meter)' booked")
            }
            if report.settled > 0 {
                Terminal.output(counted(report.settled, "conflict", "conflicts") + " settled")
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
            commandName: "decide",
            abstract: "Decide on one line, or on all that meet a condition, with a reason.",
            discussion: """
                To accept books the claim: it takes the place of what contradicts it, which is
                reversed at the next 'tonne post'; an outlier is posted as it is. To reject lets
                what is booked stand; of readings, those that nothing contradicts are booked; an
                outlier is withdrawn. All that is selected is decided on, or nothing.

                  tonne review decide 41 --take new --reason "the supplier confirmed it"
                  tonne review decide --where reason=outlier,meter=M-1 --accept --reason "new hall"
                """)

        enum Taken: String, ExpressibleByArgument, CaseIterable { case new }
        enum Kept: String, ExpressibleByArgument, CaseIterable { case booked }

        @OptionGroup var options: BookOptions
        @Argument(help: "The number of the line.")
        var number: Int?
        @Option(name: .customLong("where"), help: ReviewCommand.filterHelp)
        var condition: String?
        @Option(name: .long, help: "Why; it is recorded with the name of who decides.")
        var reason: String
        @Flag(name: .long, help: "Book it.")
        var accept = false
        @Flag(name: .long, help: "Book nothing for it.")
        var reject = false
        @Option(name: .long, help: "new: the same as --accept.")
        var take: Taken?
        @Option(name: .long, help: "booked: the same as --reject.")
        var keep: Kept?
        @Flag(name: .long, help: "Show what would be decided, write nothing.")
        var dryRun = false

        private var answers: [ReviewWorkflow.Answer] {
            [
                accept ? .accept : nil, reject ? .reject : nil, take.map { _ in .accept },
                keep.map { _ in .reject },
            ].compactMap(\.self)
        }

        func run() throws {
            let filter =
                try number.map { ReviewFilter(number: RecordNumber($0)) }
                ?? ReviewCommand.filter(condition)
            guard let answer = answers.first else { return }
            let items = try ReviewWorkflow(book: options.open(), catalog: ImporterCatalog())
                .decide(filter, answer, reason: reason, dryRun: dryRun)
            let word = answer == .accept ? "accepted" : "rejected"
            for item in items { Terminal.output("\(item.number)  \(word): \(reason)") }
            if dryRun { Terminal.message("dry run, nothing written") }
        }

        func validate() throws {
            guard !reason.isEmpty, (number == nil) != (condition == nil), number ?? 0 >= 0 else {
                throw ValidationError(
                    "State a number from 'tonne review' or --where, and a reason.")
            }
            guard answers.count == 1 else {
                throw ValidationError(
                    "State one of --accept, --reject, --take new and --keep booked.")
            }
            _ = try ReviewCommand.filter(condition)
        }
    }
}
