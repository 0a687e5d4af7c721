internal import ArgumentParser
internal import Foundation
internal import Workflows

/// Which book, and who works on it.
struct BookOptions: ParsableArguments {
    @Option(
        name: .long, help: "The book; else $TONNE_BOOK, else ./book.tonne.",
        completion: .file(extensions: ["tonne"]))
    var book: String?

    @Option(name: .long, help: "Who does this; else $TONNE_ACTOR, else the user of the machine.")
    var actor: String?

    var path: String {
        book ?? ProcessInfo.processInfo.environment["TONNE_BOOK"] ?? "book.tonne"
    }

    var person: String {
        let environment = ProcessInfo.processInfo.environment
        return actor ?? environment["TONNE_ACTOR"] ?? environment["USER"] ?? "unnamed"
    }

    func open() throws -> Book { try BookFiles.open(path, actor: person) }
}
