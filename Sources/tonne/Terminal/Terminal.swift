internal import Diagnostics
internal import Documents
internal import Foundation
internal import Workflows

/// Standard output for data, standard error for everything else.
enum Terminal {
    static func output(_ text: String) {
        write(text, to: .standardOutput)
    }

    static func message(_ text: String) {
        write(text, to: .standardError)
    }

    /// Whether a person can be asked: both ends of the conversation are a terminal.
    static var isInteractive: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

    /// Asks on standard error.
    ///
    /// - Returns: The answer without white space around it; `nil` at the end of the input.
    static func line(_ question: String) -> String? {
        message(question)
        return readLine()?.trimmingCharacters(in: .whitespaces)
    }

    static func confirm(_ question: String) -> Bool {
        let answer = line(question + "? [y/n]") ?? ""
        return answer == "y" || answer == "yes"
    }

    /// Writes diagnostics with the source line they point at, where the document is at hand.
    static func report(_ diagnostics: [Diagnostic], of document: Document? = nil) {
        let renderer = DiagnosticRenderer()
        let excerpts = document.map(SourceExcerpts.init)
        for diagnostic in diagnostics {
            let line = diagnostic.location?.line.flatMap { excerpts?.rawLine($0) }
            message(renderer.render(diagnostic, sourceLine: line))
        }
    }

    /// Writes diagnostics about members of an archive, whose lines are read again for it.
    static func report(_ diagnostics: [Diagnostic], in archive: ZipArchive) {
        var shown: Document?
        for diagnostic in diagnostics {
            if shown?.name != diagnostic.location?.file {
                let entry = archive.files.first {
                    diagnostic.location?.file == "\(archive.document.name):\($0.name)"
                }
                shown = entry.flatMap { try? archive.document($0) }
            }
            report([diagnostic], of: shown)
        }
    }

    private static func write(_ text: String, to handle: FileHandle) {
        let ended = text.hasSuffix("\n") || text.isEmpty ? text : text + "\n"
        try? handle.write(contentsOf: Data(ended.utf8))
    }
}
