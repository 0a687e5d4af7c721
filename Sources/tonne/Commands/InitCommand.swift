internal import ArgumentParser
internal import Inventory
internal import Workflows

struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Create a book.",
        discussion: "The book is one file. It is never overwritten.")

    @OptionGroup var options: BookOptions

    @Option(
        name: .long,
        help: "A short name of the organisation, in lower-case letters, digits and hyphens.")
    var name: String = "book"

    func run() throws {
        var generator = SystemRandomNumberGenerator()
        let entropy = String(generator.next(), radix: 16)
        let padded = String(repeating: "0", count: 16 - entropy.count) + entropy
        let book = try BookFiles.create(
            options.path, name: name, entropy: padded, program: ProgramVersion.text,
            actor: options.person)
        Terminal.message("created \(book.path)")
        Terminal.message("next: tonne apply organisation.toml")
    }

    func validate() throws {
        guard Slug.isValid(name) else {
            throw ValidationError(
                "'\(name)' is no name: write lower-case letters, digits and hyphens.")
        }
    }
}
