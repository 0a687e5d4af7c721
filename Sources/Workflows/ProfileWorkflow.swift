internal import Diagnostics
package import Documents
internal import Foundation
package import ImportKit

/// Drafts a profile of the user from a sample, and writes both into the folder of profiles.
package struct ProfileWorkflow: Sendable {
    /// What a draft makes of its sample.
    package struct Result: Sendable {
        package let reading: ImportedDocument
        /// The text of the profile with its test.
        package let text: String
        /// Where both are to be written.
        package let profilePath: String
        package let samplePath: String
    }

    private let profiles: ProfileFolder
    private let folder: String

    package init(profiles: ProfileFolder, folder: String) {
        self.profiles = profiles
        self.folder = folder
    }

    /// Refuses a sample that a profile reads already: a second one would be ambiguous.
    package func refuseKnown(_ sample: Document) throws(Refusal) {
        guard let known = CSVImporter(catalog: profiles.catalog).read(sample).profile else {
            return
        }
        throw Refusal(
            Diagnostic(
                .profileAmbiguous, at: SourceLocation(file: sample.name),
                "the profile '\(known)' reads this layout already",
                hint: "use it; two profiles for one layout would be asked about at every import"))
    }

    /// - Throws: a `Refusal` with the open questions, with what is wrong with the sample, or
    ///   where a file is there already; nothing is written here.
    package func result(
        of draft: ProfileDraft, sample: Document
    ) throws(Refusal) -> Result {
        let questions = draft.questions
        guard questions.isEmpty else { throw Self.open(questions, sample) }
        let reading: ImportedDocument
        do {
            reading = try draft.reading(sample)
        } catch {
            throw Refusal(error.diagnostics)
        }
        guard Self.isRead(reading), let answer = ProfileAnswer(reading), answer.count > 0
        else {
            throw Refusal(
                reading.diagnostics + [
                    Diagnostic(
                        .profileIncomplete, at: SourceLocation(file: sample.name),
                        "by these answers the sample cannot be read",
                        hint: "correct the answer that the message above is about")
                ])
        }
        let id = draft.answers["id"] ?? ""
        let relative = "samples/\(id).csv"
        let profilePath = "\(folder)/\(id).toml"
        for path in [profilePath, "\(folder)/\(relative)"]
        where FileManager.default.fileExists(atPath: path) {
            throw Refusal(
                Diagnostic(
                    .outputRefused, at: SourceLocation(file: path), "a file is here already",
                    hint: "choose another --id; a profile is never overwritten"))
        }
        return Result(
            reading: reading, text: draft.toml(sample: relative, answer: answer),
            profilePath: profilePath, samplePath: "\(folder)/\(relative)")
    }

    /// Whether the answers make sense of the sample.
    private static func isRead(_ reading: ImportedDocument) -> Bool {
        switch reading.outcome {
        case .accept, .acceptWithWarning: true
        case .quarantineRows: !reading.diagnostics.contains { $0.code == .quarantineLimit }
        case .acceptEmpty, .conflict, .reject: false
        }
    }

    /// Writes the sample and the profile.
    package func write(_ result: Result, sample: Document) throws(Refusal) {
        do {
            let path = (result.samplePath as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true)
            try Data(sample.bytes).write(
                to: URL(fileURLWithPath: result.samplePath), options: .withoutOverwriting)
            try Data(result.text.utf8).write(
                to: URL(fileURLWithPath: result.profilePath), options: .withoutOverwriting)
        } catch {
            throw Refusal(
                Diagnostic(
                    .outputRefused, at: SourceLocation(file: result.profilePath),
                    "the file cannot be written",
                    hint: "check that the folder exists and has space"))
        }
    }

    /// The questions as one refusal.
    private static func open(_ questions: [ProfileQuestion], _ sample: Document) -> Refusal {
        Refusal(
            questions.map { question in
                var message = "\(question.option): \(question.text)"
                if let problem = question.problem { message += " (\(problem))" }
                if !question.choices.isEmpty {
                    let choices = question.choices.prefix(20).map(DiagnosticRenderer.quoted)
                    message += " [\(choices.joined(separator: " | "))]"
                }
                let hint = question.proposal.map {
                    "proposed: '\(DiagnosticRenderer.quoted($0))', because "
                        + DiagnosticRenderer.quoted(question.reason ?? "")
                }
                return Diagnostic(
                    .profileIncomplete, at: SourceLocation(file: sample.name), message, hint: hint)
            })
    }
}
