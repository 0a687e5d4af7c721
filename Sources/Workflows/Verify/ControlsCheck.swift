internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore

/// Replays what the controls of a book say about its records: who recorded what, with which role,
/// into which period, and with whose signature.
struct ControlsCheck {
    /// What the records say about keys, roles and seals, in lines for a person.
    let words: [String]
    /// The keys by which the records know witnesses.
    let witnesses: [NoteKey]

    struct Fault: Error, Hashable {
        let message: String
    }

    /// - Parameters:
    ///   - records: All of the book; their numbers and times are checked by the caller.
    ///   - leafHashes: Computed from their bytes.
    ///   - checkpoints: What the book keeps.
    ///   - pins: Keys that the caller was given by somebody else.
    /// - Throws: the first record or checkpoint that breaks the rules.
    init(
        _ records: some Collection<LedgerRecord>, leafHashes: [SHA256Digest],
        checkpoints: [SignedCheckpoint], pins: [NoteKey]
    ) throws(Fault) {
        var ledger = ControlLedger()
        for record in records {
            do throws(ControlFault) { try ledger.admit(record) } catch {
                throw Fault(message: "record \(record.number): \(error.message)")
            }
        }
        try Self.checkPeriods(records, leafHashes)
        for signed in checkpoints {
            try Self.check(signed, ledger)
        }
        let isPinned = try Self.checkPins(pins, ledger)
        words = Self.words(ledger, isPinned: isPinned)
        witnesses = ledger.keys.map(\.key).filter { $0.kind == .witness }
    }

    /// The figures, preparers and roots that closings, seals and reopenings state.
    private static func checkPeriods(
        _ records: some Collection<LedgerRecord>, _ leafHashes: [SHA256Digest]
    ) throws(Fault) {
        let claims = records.filter { $0.body.periodRecord != nil }
        guard !claims.isEmpty else { return }
        let entries = records.filter { $0.body.kind == .journal }
        let sizes = Set(claims.compactMap { $0.body.periodRecord?.state.size })
        let roots = MerkleTree.roots(
            of: leafHashes, atSizes: sizes.filter { $0 >= 0 && $0 <= leafHashes.count })
        for claim in claims {
            let before = entries.prefix { $0.number < claim.number }
            guard let record = claim.body.periodRecord else { continue }
            let fault = PeriodFacts.fault(of: record, at: claim.number, after: Array(before)) {
                roots[$0]
            }
            if let fault {
                throw Fault(message: "record \(claim.number): \(fault.message)")
            }
        }
    }

    /// A checkpoint carries the signature of the log key that was in force at its size, and no
    /// wrong one of any key of the book.
    private static func check(
        _ signed: SignedCheckpoint, _ ledger: ControlLedger
    ) throws(Fault) {
        let size = signed.checkpoint.size
        var isSigned = false
        for (index, key) in ledger.keys.enumerated() {
            let verdict: SignedNote.Verdict?
            do { verdict = try signed.note.verdict(of: key.key) } catch {
                throw Fault(message: "a checkpoint of \(size) records: \(error)")
            }
            guard verdict != nil, key.actor == nil else { continue }
            // Before the first log key was entered it signed already.
            let isFirst = !ledger.keys[..<index].contains { $0.actor == nil }
            guard isFirst || key.added.value < size, (key.ended?.value ?? size) >= size else {
                throw Fault(
                    message: "a checkpoint of \(size) records is signed with "
                        + "'\(key.key.reference)', which was not the log key then")
            }
            isSigned = true
        }
        guard ledger.logKey == nil || isSigned else {
            throw Fault(
                message: "a checkpoint of \(size) records is not signed by the log key of the book")
        }
    }

    /// - Returns: True where a log key of the book is one that the caller knows.
    private static func checkPins(
        _ pins: [NoteKey], _ ledger: ControlLedger
    ) throws(Fault) -> Bool {
        guard let logKey = ledger.logKey else { return false }
        let known = pins.filter { $0.kind == .log && $0.name == ledger.origin }
        for pin in known where !ledger.keys.contains(where: { $0.key == pin && $0.actor == nil }) {
            throw Fault(
                message: "the records name '\(logKey.key.reference)' as the log key, and nowhere "
                    + "'\(pin.reference)'")
        }
        return !known.isEmpty
    }

    private static func words(_ ledger: ControlLedger, isPinned: Bool) -> [String] {
        var words: [String] = []
        if let logKey = ledger.logKey {
            words.append(
                "log key \(logKey.key.reference), entered by record \(logKey.added)"
                    + (isPinned ? "" : ": the word of the book alone, name yours with --key"))
        }
        words.append(
            ledger.hasRoles
                ? "roles and approvals hold: \(ledger.roles.count) persons"
                : "no roles: one person may have recorded and closed everything")
        let sealed = ledger.periods.periods.filter { ledger.periods.standingSeal(of: $0) != nil }
        if !sealed.isEmpty {
            words.append(
                "sealed: "
                    + sealed.map { "\($0) version \(ledger.periods.seals(of: $0))" }
                    .joined(separator: ", "))
        }
        return words
    }
}
