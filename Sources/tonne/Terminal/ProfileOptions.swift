internal import ArgumentParser
internal import Foundation
internal import Workflows

/// Where the user's CSV profiles are.
struct ProfileOptions: ParsableArguments {
    @Option(
        name: .long,
        help: "Folder of CSV profiles; else $TONNE_PROFILES, else profiles beside the book.",
        completion: .directory)
    var profiles: String?

    /// The book where a command names none.
    static var defaultBook: String {
        ProcessInfo.processInfo.environment["TONNE_BOOK"] ?? "book.tonne"
    }

    /// The folder that the user named.
    private var stated: String? {
        profiles ?? ProcessInfo.processInfo.environment["TONNE_PROFILES"]
    }

    func path(beside book: String) -> String {
        if let stated { return stated }
        let folder = (book as NSString).deletingLastPathComponent
        return folder.isEmpty ? "profiles" : folder + "/profiles"
    }

    /// - Parameter mayBeAbsent: For a command that makes the folder.
    func folder(beside book: String, mayBeAbsent: Bool = false) throws -> ProfileFolder {
        try ProfileFolder(path(beside: book), isStated: stated != nil && !mayBeAbsent)
    }

    func catalog(beside book: String) throws -> ImporterCatalog {
        try ImporterCatalog(folder(beside: book))
    }
}
