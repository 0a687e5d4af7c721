internal import ArgumentParser

@main
struct Tonne: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tonne",
        abstract: "A double-entry ledger for greenhouse-gas emissions.")
}
