internal import ArgumentParser
internal import Diagnostics
internal import Hashing
internal import ImportKit
internal import Workflows

struct ProfileCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "List, show, test and draft the profiles of CSV layouts.",
        discussion: """
            A profile says what the columns of one CSV layout mean. Those of yours are the *.toml
            files of a folder: --profiles DIR, else $TONNE_PROFILES, else profiles beside the book.
            """,
        subcommands: [List.self, Show.self, Test.self, New.self])

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "List the profiles that come with the program, and yours.")

        @OptionGroup var profiles: ProfileOptions
        @Option(name: .long, help: "table, csv or json.")
        var format: ListingFormat = .table

        func run() throws {
            var table = Table(columns: [
                .text("profile"), .number("version"), .text("kind"), .text("from"), .text("hash"),
            ])
            for entry in try profiles.folder(beside: ProfileOptions.defaultBook).entries {
                let profile = entry.profile
                table.rows.append([
                    profile.id, "\(profile.version)", profile.kind, entry.folder ?? "shipped",
                    String(profile.hash.hexadecimal.prefix(12)),
                ])
            }
            Terminal.output(table.rendered(format))
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show the text of a profile, to be read or copied.")

        @OptionGroup var profiles: ProfileOptions
        @Argument(help: "The id, such as generic.bill.")
        var id: String

        func run() throws {
            let entries = try profiles.folder(beside: ProfileOptions.defaultBook).entries
            guard let entry = entries.first(where: { $0.profile.id == id }) else {
                throw Refusal(
                    Diagnostic(
                        .profileUnknown, "no profile has the id '\(DiagnosticRenderer.quoted(id))'",
                        hint: "'tonne profile list' shows what there is"))
            }
            Terminal.output(entry.text)
        }
    }

    struct Test: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Read the samples of profiles and compare with their answers.",
            discussion: "The exit code is 1 if a sample reads otherwise than its profile says.")

        @OptionGroup var profiles: ProfileOptions
        @Argument(help: "Files of profiles, or ids; without, all.", completion: .file())
        var names: [String] = []

        func run() throws {
            let folder = try profiles.folder(beside: ProfileOptions.defaultBook)
            var passed = true
            for entry in try chosen(folder.entries) {
                for trial in try folder.trials(of: entry) {
                    let name = "\(entry.profile.id)  \(trial.file)"
                    Terminal.output(
                        trial.differences.isEmpty ? "ok      \(name)" : "differs \(name)")
                    for difference in trial.differences {
                        Terminal.output("  " + DiagnosticRenderer.visible(difference))
                    }
                    passed = passed && trial.differences.isEmpty
                }
            }
            if !passed { throw Outcome.found }
        }

        private func chosen(_ entries: [ProfileFolder.Entry]) throws -> [ProfileFolder.Entry] {
            guard !names.isEmpty else { return entries }
            return try names.map { name in
                guard let entry = entries.first(where: { $0.profile.id == name || $0.name == name })
                else {
                    throw Refusal(
                        Diagnostic(
                            .profileUnknown,
                            "no profile has the id or file name "
                                + "'\(DiagnosticRenderer.quoted(name))'",
                            hint: "name its folder with --profiles"))
                }
                return entry
            }
        }
    }
}
