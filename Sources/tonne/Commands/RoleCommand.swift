internal import ArgumentParser
internal import AuditTrail
internal import Workflows

extension Role: ExpressibleByArgument {}

struct RoleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role", abstract: "Grant, revoke and list the roles of persons.",
        discussion: """
            preparer: imports and posts. reviewer: closes, seals, reopens what others prepared.
            auditor: reads and cosigns. administrator: keeps keys and roles. A book without roles
            is the book of one person; the first grant, of an administrator, ends that.
            """,
        subcommands: [Grant.self, Revoke.self, List.self])

    struct Grant: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grant", abstract: "Give a person a role.")

        @OptionGroup var options: BookOptions

        @Argument(help: "preparer, reviewer, auditor or administrator.")
        var role: Role

        @Argument(help: "The person, as in --actor.")
        var person: String

        @Flag(name: .long, help: "Check, write nothing.")
        var dryRun = false

        func run() throws {
            try RoleWorkflow(book: options.open()).grant(role, to: person, dryRun: dryRun)
            Terminal.message(
                "\(person) is \(role.rawValue)" + (dryRun ? " (dry run, nothing written)" : ""))
        }

        func validate() throws {
            guard !person.isEmpty else { throw ValidationError("Name the person.") }
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke", abstract: "Take a role from a person.")

        @OptionGroup var options: BookOptions

        @Argument(help: "preparer, reviewer, auditor or administrator.")
        var role: Role

        @Argument(help: "The person, as in --actor.")
        var person: String

        @Option(name: .long, help: "Why; it is recorded.")
        var reason: String

        @Flag(name: .long, help: "Check, write nothing.")
        var dryRun = false

        func run() throws {
            try RoleWorkflow(book: options.open()).revoke(
                role, from: person, reason: reason, dryRun: dryRun)
            Terminal.message(
                "\(person) is no \(role.rawValue)" + (dryRun ? " (dry run, nothing written)" : ""))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List who has which role.")

        @OptionGroup var options: BookOptions

        @Option(name: .long, help: "table, csv or json.")
        var format: ListingFormat = .table

        func run() throws {
            let roles = try RoleWorkflow(book: options.open()).roles()
            var table = Table(columns: [.text("person"), .text("role")])
            table.rows = roles.map { [$0.actor, $0.role.rawValue] }
            Terminal.output(table.rendered(format))
            if roles.isEmpty { Terminal.message("no roles: the book of one person") }
        }
    }
}
