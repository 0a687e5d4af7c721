internal import Diagnostics
internal import Documents
internal import Foundation
package import LedgerCore

/// The entries that an auditor drew.
package enum SampleList {
    /// Reads numbers of entries, apart by commas or white space: the text itself, or the file of
    /// that name where there is one.
    ///
    /// - Throws: `number-invalid` with the line of the first word that is no number, `file-empty`.
    package static func entries(_ text: String) throws(Refusal) -> [RecordNumber] {
        let isFile = FileManager.default.fileExists(atPath: text)
        let content =
            isFile ? String(decoding: try ProofFiles.read(text), as: UTF8.self) : text
        var entries: [RecordNumber] = []
        for (index, line) in content.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            for word in line.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
                guard let entry = RecordNumber(String(word)) else {
                    throw Refusal(
                        Diagnostic(
                            .numberInvalid,
                            at: isFile ? SourceLocation(file: text, line: index + 1) : nil,
                            "'\(DiagnosticRenderer.quoted(String(word)))' is no number of an entry",
                            hint: "write numbers as 'tonne entries' lists them, with commas"))
                }
                entries.append(entry)
            }
        }
        guard !entries.isEmpty else {
            throw Refusal(
                Diagnostic(
                    .fileEmpty, at: isFile ? SourceLocation(file: text) : nil,
                    "the sample names no entry",
                    hint: "write numbers as 'tonne entries' lists them, with commas"))
        }
        return entries
    }
}
