internal import ArgumentParser
internal import AuditTrail
internal import Inventory
internal import Workflows

/// How a record comes by the signatures that it needs: one way to close, seal and reopen.
struct ApprovalOptions: ParsableArguments {
    @Option(
        name: .long, help: "Write what there is to sign to this file; record nothing.",
        completion: .file())
    var request: String?

    @Option(name: .long, help: "Record this signed request.", completion: .file())
    var approval: String?

    @Option(
        name: .long, help: "Sign at once with this private key; may be repeated.",
        completion: .file())
    var key: [String] = []

    @Flag(name: .long, help: "Check, write nothing.")
    var dryRun = false

    var dry: String { dryRun ? " (dry run, nothing written)" : "" }

    /// - Returns: True where the record was written, or would be.
    func carryOut(
        _ act: PeriodWorkflow.Act, _ period: ReportingPeriod, waivers: [Waiver], in book: Book
    ) throws -> Bool {
        let workflow = PeriodWorkflow(book: book)
        if let approval {
            let signed = try ApprovalFiles.read(approval)
            try workflow.record(signed, as: act, period, dryRun: dryRun)
            return true
        }
        var draft = try workflow.request(act, period, waivers: waivers)
        for line in PeriodText.warnings(draft.record) { Terminal.message(line) }
        if let request {
            if !dryRun { try ApprovalFiles.write(draft, to: request) }
            Terminal.message("to sign: \(request)\(dry)")
            return false
        }
        for file in key { draft = draft.signed(by: try PrivateKeyFile.read(file)) }
        try workflow.record(draft, dryRun: dryRun)
        return true
    }

    func validate() throws {
        let ways = [request != nil, approval != nil, !key.isEmpty].count(where: \.self)
        guard ways <= 1 else {
            throw ValidationError("Write one of --request, --approval and --key.")
        }
    }
}

/// What is found and does not stand in the way.
struct WaiverOptions: ParsableArguments {
    @Option(
        name: .long, help: "A kind of finding that is no obstacle, and why: KIND=REASON.")
    var waive: [String] = []

    var waivers: [Waiver] {
        waive.compactMap { text in
            let parts = text.split(separator: "=", maxSplits: 1)
            return parts.count == 2
                ? Waiver(finding: String(parts[0]), reason: String(parts[1])) : nil
        }
    }

    func validate() throws {
        let kinds = CheckFinding.Kind.allCases.map(\.rawValue) + [PeriodWorkflow.lateEntries]
        guard waivers.count == waive.count, waivers.allSatisfy({ kinds.contains($0.finding) })
        else {
            throw ValidationError(
                "A waiver is written KIND=REASON, with a kind of \(kinds.joined(separator: ", ")).")
        }
    }
}

enum PeriodText {
    /// What a soft closing found.
    static func warnings(_ record: PeriodRecord) -> [String] {
        guard case .closing(let closing) = record, closing.stage == .soft else { return [] }
        return closing.checklist.map { "warning: \($0.finding) (\($0.count)): see 'tonne check'" }
    }
}
