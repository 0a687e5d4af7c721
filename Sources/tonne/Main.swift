internal import ArgumentParser
internal import Foundation
internal import Workflows

/// Runs a command and turns what it throws into messages on standard error and an exit code.
@main
enum Main {
    static func main() {
        do {
            var command = try Tonne.parseAsRoot()
            try command.run()
        } catch let refusal as Refusal {
            Terminal.report(refusal.diagnostics)
            Foundation.exit(refusal.exitCode)
        } catch let reported as Reported {
            Foundation.exit(reported.exitCode)
        } catch let outcome as Outcome {
            Foundation.exit(outcome.rawValue)
        } catch {
            exitAfterParsing(error)
        }
    }

    /// Help and version go to standard output with 0; a wrong use goes to standard error with 2.
    private static func exitAfterParsing(_ error: any Error) -> Never {
        let message = Tonne.fullMessage(for: error)
        if Tonne.exitCode(for: error).isSuccess {
            Terminal.output(message)
            Foundation.exit(0)
        }
        Terminal.message(message)
        Foundation.exit(2)
    }
}

/// Exit codes of commands that ran to their end.
enum Outcome: Int32, Error {
    /// Checks found something: a difference, or lines that wait.
    case found = 1
    /// What the book holds is not what was put in.
    case integrityFailure = 5
    /// The program failed in a way it should not.
    case internalFailure = 70
}

struct Tonne: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tonne",
        abstract: "A double-entry ledger for greenhouse-gas emissions.",
        discussion: """
            A book is one file: --book FILE, else $TONNE_BOOK, else ./book.tonne.
            Data goes to standard output, everything else to standard error.

            Exit codes: 0 ok, 1 checks found something, 2 usage, 3 input refused,
            4 book locked or period closed, 5 integrity failure, 6 program missing, 70 internal.
            """,
        version: ProgramVersion.text,
        groupedSubcommands: [
            CommandGroup(
                name: "Set up",
                subcommands: [
                    InitCommand.self, ApplyCommand.self, FactorsCommand.self, ProfileCommand.self,
                    BackupCommand.self, DoctorCommand.self,
                ]),
            CommandGroup(
                name: "Each month",
                subcommands: [
                    InspectCommand.self, ImportCommand.self, ReviewCommand.self, PostCommand.self,
                    CorrectCommand.self, CheckCommand.self,
                ]),
            CommandGroup(
                name: "Look",
                subcommands: [
                    BalanceCommand.self, EntriesCommand.self, TraceCommand.self,
                    ExplainCommand.self, QueryCommand.self,
                ]),
            CommandGroup(
                name: "Each year",
                subcommands: [
                    StatementCommand.self, CloseCommand.self, SealCommand.self,
                    ReopenCommand.self, PeriodsCommand.self, VerifyCommand.self,
                    PackCommand.self,
                ]),
            CommandGroup(
                name: "Prove",
                subcommands: [
                    RoleCommand.self, KeyCommand.self, SignCommand.self, CheckpointCommand.self,
                    ProveCommand.self, WitnessCommand.self, ScrubCommand.self, EraseCommand.self,
                ]),
        ])
}
