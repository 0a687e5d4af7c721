internal import ArgumentParser
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities
internal import Workflows

struct FactorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "factors", abstract: "Load, list and show emission factors.",
        subcommands: [Load.self, List.self, Show.self])

    struct Load: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Load the shipped factors, or your own packs.",
            discussion: """
                Without a file the shipped library is loaded: factors, GWP tables and refrigerant
                blends. A pack is a CSV file in the schema of Schemas/factor-pack.md.
                """)

        @OptionGroup var options: BookOptions

        @Argument(help: "Factor packs (CSV).", completion: .file(extensions: ["csv"]))
        var packs: [String] = []

        @Flag(name: .long, help: "Check and count, write nothing.")
        var dryRun = false

        func run() throws {
            let workflow = FactorWorkflow(book: try options.open())
            guard !packs.isEmpty else {
                summarise("shipped library", try workflow.loadShipped(dryRun: dryRun))
                return
            }
            for pack in packs {
                let document = try BookFiles.document(pack)
                let report = try Reported.about(document) {
                    try workflow.load(document, dryRun: dryRun)
                }
                Terminal.report(report.diagnostics, of: document)
                summarise(pack, report)
            }
        }

        private func summarise(_ name: String, _ report: FactorWorkflow.Report) {
            var parts = ["\(report.added) factors added", "\(report.present) present already"]
            if report.gwpTables > 0 { parts.append("\(report.gwpTables) GWP tables added") }
            if report.blends > 0 { parts.append("\(report.blends) refrigerant blends added") }
            let suffix = dryRun ? " (dry run, nothing written)" : ""
            Terminal.message("\(name): \(parts.joined(separator: ", "))\(suffix)")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the factors of the book.")

        @OptionGroup var options: BookOptions
        @Option(name: .long, help: "Only factors of this activity, such as electricity.")
        var activity: String?
        @Option(name: .long, help: "Only factors of this region, such as GB or US-EGRID-NWPP.")
        var region: String?
        @Option(name: .long, help: "table, csv or json.")
        var format: ListingFormat = .table

        func run() throws {
            var table = Table(columns: [
                .number("record"), .text("factor"), .text("activity"), .text("role"),
                .text("region"), .text("valid from"), .text("valid until"), .text("per"),
            ])
            for booked in try options.open().state().factors {
                let factor = booked.factor
                guard activity.map({ $0 == factor.activity.rawValue }) ?? true,
                    region.map({ $0 == factor.region }) ?? true
                else { continue }
                table.rows.append([
                    booked.number.description, factor.identity, factor.activity.rawValue,
                    factor.role.rawValue, factor.region, factor.validFrom.description,
                    factor.validUntil?.description ?? "", factor.activityUnit.symbol,
                ])
            }
            Terminal.output(table.rendered(format))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show every version of a factor with its source and licence.")

        @OptionGroup var options: BookOptions
        @Argument(help: "The key, such as epa.egrid2023.nwpp.total.")
        var key: String

        func run() throws {
            let versions = try options.open().state().factors.filter { $0.factor.key == key }
            guard !versions.isEmpty else {
                throw Refusal(
                    .init(
                        .factorMissing, severity: .error, "the book has no factor '\(key)'",
                        hint: "'tonne factors list --activity …' shows what there is"))
            }
            Terminal.output(
                versions.map(FactorText.describe).joined(separator: "\n\n"))
        }
    }
}
