internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Foundation
internal import ImportKit
internal import TextForms
internal import Workflows

extension ProfileCommand {
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Draft a profile from a sample, by asking.",
            discussion: """
                Every fact is asked for: on a terminal one by one, else all at once as a refusal
                that lists them. What the sample suggests is proposed with its reason and taken only
                where you confirm it, or with --yes. The sample is copied beside the profile as its
                test.
                Nothing is overwritten.
                """)

        @OptionGroup var profiles: ProfileOptions
        @OptionGroup var facts: ProfileFacts

        @Argument(help: "The sample.", completion: .file())
        var file: String

        @Flag(name: .long, help: "Take every proposal, and write without asking.")
        var yes = false

        func run() throws {
            let folder = profiles.path(beside: ProfileOptions.defaultBook)
            let workflow = ProfileWorkflow(
                profiles: try profiles.folder(
                    beside: ProfileOptions.defaultBook, mayBeAbsent: true),
                folder: folder)
            let sample = try BookFiles.document(file)
            try workflow.refuseKnown(sample)
            var draft: ProfileDraft
            do {
                draft = try ProfileDraft(sample, answers: try facts.answers())
            } catch let diagnostic as Diagnostic {
                throw Refusal(diagnostic)
            }
            show(draft)
            if yes { takeProposals(&draft) }
            if Terminal.isInteractive { try ask(&draft) }
            let result = try Reported.about(sample) {
                try workflow.result(of: draft, sample: sample)
            }
            Terminal.report(result.reading.diagnostics, of: sample)
            Terminal.output(
                Inspection(result.reading, file: sample.name, digest: sample.digest).text())
            if Terminal.isInteractive, !yes {
                guard Terminal.confirm("is this what the file says? write \(result.profilePath)")
                else {
                    Terminal.message("nothing written")
                    return
                }
            }
            try workflow.write(result, sample: sample)
            Terminal.message("wrote \(result.profilePath) and \(result.samplePath)")
        }

        private func show(_ draft: ProfileDraft) {
            guard let rows = draft.preview else { return }
            Terminal.message(AlignedText.lines(rows.map { $0.map(DiagnosticRenderer.visible) }))
        }

        /// Answers can open further questions with proposals of their own.
        private func takeProposals(_ draft: inout ProfileDraft) {
            while let question = draft.questions.first(where: { $0.proposal != nil }),
                let proposal = question.proposal
            {
                Terminal.message(
                    DiagnosticRenderer.visible(
                        "\(question.option) \(proposal): \(question.reason ?? "")"))
                draft.answer(question.key, proposal)
            }
        }

        private func ask(_ draft: inout ProfileDraft) throws {
            while let question = draft.questions.first {
                if let problem = question.problem { Terminal.message(problem) }
                var text = question.text
                if !question.choices.isEmpty {
                    let choices = question.choices.prefix(20).joined(separator: " | ")
                    text += " [\(DiagnosticRenderer.visible(choices))]"
                }
                if let proposal = question.proposal {
                    text += "\n  "
                    text += DiagnosticRenderer.visible(
                        "enter for '\(proposal)': \(question.reason ?? "")")
                }
                guard let line = Terminal.line(text) else { return }
                let answer = line.isEmpty ? question.proposal : line
                if let answer { draft.answer(question.key, answer) }
            }
        }
    }
}

/// The facts of a layout as options.
struct ProfileFacts: ParsableArguments {
    @Option(name: .long, help: "The id of the profile: publisher.layout.") var id: String?
    @Option(name: .long, help: "interval, bill, fuel, procurement, refrigerant …")
    var kind: String?
    @Option(name: .long, help: "utf-8, windows-1252 …") var encoding: String?
    @Option(name: .long, help: "What stands between cells; tab for a tabulator.")
    var delimiter: String?
    @Option(name: .long, help: "The decimal mark.") var decimal: String?
    @Option(name: .long, help: "The line of the header.") var header: String?
    @Option(name: .long, help: "delta, cumulative or mean-power.") var behaviour: String?
    @Option(name: .long, help: "ends or label.") var span: String?
    @Option(name: .long, help: "Column of the start; two as Date+Time.") var start: String?
    @Option(name: .long, help: "Column of the end.") var end: String?
    @Option(name: .long, help: "Column of the one time of a row.") var at: String?
    @Option(name: .long, help: "Whether the last day belongs to the period: yes or no.")
    var inclusive: String?
    @Option(name: .long, help: "What the time stands for: start or end.") var label: String?
    @Option(name: .long, help: "The length of an interval: PT15M, PT1H, P1D.") var step: String?
    @Option(name: .long, help: "How times are written, such as 'dd-MM-yyyy HH:mm'.")
    var format: String?
    @Option(name: .long, help: "Time zone, such as Europe/Amsterdam.") var zone: String?
    @Option(name: .long, help: "Column of the meter or tank.") var meter: String?
    @Option(name: .long, help: "Column of the quantity.") var quantity: String?
    @Option(name: .long, help: "A unit, or column:NAME.") var unit: String?
    @Option(name: .long, help: "A carrier, or column:NAME.") var carrier: String?
    @Option(name: .long, help: "A direction, or column:NAME.") var direction: String?
    @Option(
        name: .long,
        help: "Of rows that are no meter data: FIELD=column:NAME, FIELD=value:TEXT or FIELD=none.")
    var field: [String] = []

    func answers() throws -> [String: String] {
        let named: [(String, String?)] = [
            ("id", id), ("kind", kind), ("encoding", encoding), ("delimiter", delimiter),
            ("decimal", decimal), ("header", header), ("behaviour", behaviour), ("span", span),
            ("start", start), ("end", end), ("at", at), ("inclusive", inclusive), ("label", label),
            ("step", step), ("format", format), ("zone", zone), ("meter", meter),
            ("quantity", quantity), ("unit", unit), ("carrier", carrier), ("direction", direction),
        ]
        var answers: [String: String] = [:]
        for case (let key, let value?) in named { answers[key] = value }
        for pair in field {
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw ValidationError("'\(pair)' is no FIELD=column:NAME")
            }
            answers[parts[0]] = parts[1]
        }
        return answers
    }
}
