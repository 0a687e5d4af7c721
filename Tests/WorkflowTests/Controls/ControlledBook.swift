internal import AuditTrail
internal import Diagnostics
internal import Foundation
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Workflows

/// A book with an administrator, a preparer and a reviewer, and February 2025 posted.
struct ControlledBook {
    static let origin = "tonne.sample-0123456789abcdef"

    let store: any LedgerStore
    let anna: NoteSigner
    let ben: NoteSigner
    let log: NoteSigner

    /// carol administers, anna prepares, ben reviews; each has a key but carol.
    init(_ store: any LedgerStore = InMemoryLedgerStore(), factors: Bool = true) throws {
        self.store = store
        anna = try Self.signer("anna", 1)
        ben = try Self.signer("ben", 2)
        log = try Self.signer(Self.origin, 3)
        let genesis = Genesis(origin: Self.origin, program: "test", rounding: "none")
        try forge([.genesis(genesis)], by: "setup")
        let book = try SampleBook.make(store, factors: factors)
        _ = try ApplyWorkflow(book: book).apply(
            SampleBook.document(
                "organisation.toml",
                SampleBook.organisation + """

                    [[factor_rule]]
                    activity = "electricity"
                    role = "market"
                    factor = "desnz.2025.electricity.location"
                    reason = "no residual mix is published"
                    """), dryRun: false)
        let carol = acting("carol")
        for (role, person) in [
            (Role.administrator, "carol"), (.preparer, "anna"), (.reviewer, "ben"),
        ] {
            try RoleWorkflow(book: carol).grant(role, to: person, dryRun: false)
        }
        for key in [anna.key, ben.key, log.key] {
            try RoleWorkflow(book: carol).add(key, for: nil, handover: nil, dryRun: false)
        }
        try post("a.csv", "2025-02-01", "2025-02-28", "1000")
    }

    static func signer(
        _ name: String, _ seed: UInt8, _ kind: NoteKey.Kind = .log
    ) throws -> NoteSigner {
        try #require(
            NoteSigner(name: name, kind: kind, seed: [UInt8](repeating: seed, count: 32)))
    }

    static let february = ReportingPeriod("2025-02")

    func acting(_ person: String) -> Book {
        Book(path: "memory", store: store, actor: person) {
            Instant(secondsSinceEpoch: 1_767_225_600)
        }
    }

    func post(
        _ name: String, _ first: String, _ last: String, _ quantity: String, late: String? = nil
    ) throws {
        let book = acting("anna")
        try SampleBook.importing(SampleBook.bill(name, first, last, quantity), into: book)
        _ = try PostWorkflow(book: book).run(
            through: #require(CalendarMonth("2025-12")), lateReason: late, dryRun: false)
    }

    /// Does an act of two people: anna asks, ben signs, anna records.
    func carryOut(
        _ act: PeriodWorkflow.Act, _ period: ReportingPeriod, signers: [NoteSigner]? = nil,
        waiving findings: [String] = []
    ) throws {
        let workflow = PeriodWorkflow(book: acting("anna"))
        var request = try workflow.request(
            act, period, waivers: findings.map { Waiver(finding: $0, reason: "is known") })
        for signer in signers ?? [ben] { request = request.signed(by: signer) }
        try workflow.record(request, as: act, period, dryRun: false)
    }

    func close() throws { try carryOut(.close, #require(Self.february)) }

    func seal() throws {
        try close()
        try carryOut(.seal, #require(Self.february))
    }

    /// Appends past all controls, as the operator can: the hashes are right.
    func forge(_ bodies: [RecordBody], by actor: String) throws {
        try store.append(
            RecordBatch(
                actor: actor, recordedAt: Instant(secondsSinceEpoch: 1_767_225_600),
                bodies: bodies))
    }

    /// A request as the book would write it.
    func request(_ act: PeriodWorkflow.Act) throws -> ApprovalRequest {
        try PeriodWorkflow(book: acting("anna")).request(act, #require(Self.february))
    }

    /// The reversal of the first entry, in February.
    func reversal() throws -> RecordBody {
        let entry = try #require(try acting("anna").entries().first)
        return .journal(entry.entry.reversed(entry.number, reason: "forged"))
    }

    /// What the verification says; `nil` where it finds nothing.
    func finding(pins: [NoteKey] = []) throws -> String? {
        do throws(Refusal) {
            _ = try VerifyWorkflow(book: acting("auditor"), keys: pins).run()
            return nil
        } catch {
            #expect(error.exitCode == 5)
            return error.diagnostics.first?.message
        }
    }

    /// What the verifier of a pack says of the controls: a program that shares nothing with ours.
    func independentFinding() throws -> (status: Int32, output: String) {
        let folder = try TemporaryFolder.make()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "records")
        let lines = try store.records(.all).map { Data($0.bytes + [0x0a]) }
        try Data(lines.joined()).write(to: file)
        let notes = try store.checkpoints().enumerated().map { index, checkpoint in
            let note = folder.appending(path: "\(index).note")
            try Data(checkpoint.note).write(to: note)
            return note.path
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "check_controls.py").path
        return try Python.run(
            [script, Repository.root.appending(path: "Schemas").path, file.path] + notes)
    }
}
