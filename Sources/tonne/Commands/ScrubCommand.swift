internal import ArgumentParser
internal import Hashing
internal import Workflows

struct ScrubCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scrub",
        abstract: "Read all documents and series again and compare them with their hashes.",
        discussion: """
            Finds rot of the disk while a copy is still good; run it on a timer. It lists what is
            missing, altered or erased; with csv or json everything. Exit code 5 if anything is
            missing or altered. 'tonne verify' does this and everything else.

              tonne scrub --rate 20
            """)

    @OptionGroup var options: BookOptions

    @Option(name: .long, help: "Read at most so many MB a second.")
    var rate: Int?

    @Option(name: .long, help: "table, csv or json.")
    var format: ListingFormat = .table

    func run() throws {
        let lines = try ScrubWorkflow(
            book: options.open(), rate: rate.map { $0 * 1_000_000 }
        ).run()
        let shown = format == .table ? lines.filter { $0.state != .ok } : lines
        if !shown.isEmpty || format != .table {
            var table = Table(columns: [
                .text("state"), .text("kind"), .text("sha256"), .number("bytes"), .text("name"),
            ])
            table.rows = shown.map { line in
                [
                    line.state.rawValue, line.kind, line.digest.hexadecimal, String(line.size),
                    line.name,
                ]
            }
            Terminal.output(table.rendered(format))
        }
        let counts = ScrubWorkflow.State.allCases.compactMap { state -> String? in
            let count = lines.count { $0.state == state }
            return count > 0 ? "\(count) \(state.rawValue)" : nil
        }
        Terminal.message(counts.isEmpty ? "nothing to read" : counts.joined(separator: ", "))
        if lines.contains(where: { [.missing, .altered].contains($0.state) }) {
            throw Outcome.integrityFailure
        }
    }

    func validate() throws {
        guard rate.map({ (1...1_000_000).contains($0) }) ?? true else {
            throw ValidationError("--rate takes 1 to 1,000,000 MB a second.")
        }
    }
}
