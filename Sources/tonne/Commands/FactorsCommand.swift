internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities
internal import TextForms
internal import Workflows

struct FactorsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "factors", abstract: "Load, list and show emission factors.",
        subcommands: [Load.self, List.self, Show.self])

    struct Load: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "load",
            abstract: "Load the shipped factors, or your own packs.",
            discussion: """
                Without a file the shipped library is loaded: factors, GWP tables and refrigerant
                blends. A pack is a CSV file in the schema of Schemas/factor-pack.md.

                With --series the files hold values by time, such as the carbon intensity of a
                grid by the hour, or generation by fuel: CSV, or generation documents of ENTSO-E
                (A75). The declaration says what the columns or production types mean: see
                Schemas/factor-series.md. A [[factor_rule]] of organisation.toml puts a series to
                use.
                """)

        @OptionGroup var options: BookOptions

        @Argument(
            help: "Factor packs (CSV), or data of factor series (CSV, ENTSO-E).",
            completion: .file(extensions: ["csv", "xml"]))
        var packs: [String] = []

        @Option(
            name: .long, help: "The declaration of factor series (TOML).",
            completion: .file(extensions: ["toml"]))
        var series: String?

        @Flag(name: .long, help: "Check and count, write nothing.")
        var dryRun = false

        func run() throws {
            let workflow = FactorWorkflow(book: try options.open())
            guard !packs.isEmpty else {
                summarise("shipped library", try workflow.loadShipped(dryRun: dryRun))
                return
            }
            if let series {
                try load(packs, declaredBy: BookFiles.document(series), workflow)
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

        private func load(
            _ files: [String], declaredBy declaration: Document, _ workflow: FactorWorkflow
        ) throws {
            for file in files {
                let document = try BookFiles.document(file)
                let report = try Reported.about(document, declaration) {
                    try workflow.loadSeries(document, declaredBy: declaration, dryRun: dryRun)
                }
                Terminal.report(report.diagnostics, of: document)
                summarise(file, report)
            }
        }

        func validate() throws {
            guard series == nil || !packs.isEmpty else {
                throw ValidationError("Name the files that hold the values of the series.")
            }
        }

        private func summarise(_ name: String, _ report: FactorWorkflow.Report) {
            var parts = [
                counted(report.added, "factor", "factors") + " added",
                "\(report.present) present already",
            ]
            if report.gwpTables > 0 {
                parts.append(counted(report.gwpTables, "GWP table", "GWP tables") + " added")
            }
            if report.blends > 0 {
                parts.append(
                    counted(report.blends, "refrigerant blend", "refrigerant blends") + " added")
            }
            let suffix = dryRun ? " (dry run, nothing written)" : ""
            Terminal.message("\(name): \(parts.joined(separator: ", "))\(suffix)")
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
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
            let state = try options.open().state()
            let versions =
                state.factors.map { ($0.number, $0.factor) }
                + state.factorSeries.map { ($0.number, $0.series.factor) }
            for (number, factor) in versions {
                guard activity.map({ $0 == factor.activity.rawValue }) ?? true,
                    region.map({ $0 == factor.region }) ?? true
                else { continue }
                table.rows.append([
                    number.description, factor.identity, factor.activity.rawValue,
                    factor.role.rawValue, factor.region, factor.validFrom.description,
                    factor.validUntil?.description ?? "", factor.activityUnit.symbol,
                ])
            }
            Terminal.output(table.rendered(format))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show every version of a factor with its source and licence.")

        @OptionGroup var options: BookOptions
        @Argument(help: "The key, such as epa.egrid2023.nwpp.total.")
        var key: String

        func run() throws {
            let book = try options.open()
            let state = try book.state()
            let versions =
                try state.factors.filter { $0.factor.key == key }.map {
                    FactorText.describe($0, text: try $0.factor.declaration.flatMap(book.text))
                }
                + state.factorSeries.filter { $0.series.factor.key == key }
                .map(FactorText.describe)
            guard !versions.isEmpty else {
                throw Refusal(
                    .init(
                        .factorMissing, severity: .error, "the book has no factor '\(key)'",
                        hint: "'tonne factors list --activity …' shows what there is"))
            }
            Terminal.output(versions.joined(separator: "\n\n"))
        }
    }
}
