internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerCore

/// The keys, roles and periods of a book: a fold over its records that refuses what the controls
/// forbid. Before a record is appended and when the book is verified, the same rules hold.
///
/// A book in which nobody ever got a role has no rules about persons: one person may do all but
/// seal and reopen.
struct ControlLedger: Sendable {
    struct Key: Hashable, Sendable {
        let key: NoteKey
        /// `nil` for a log key.
        let actor: String?
        let added: RecordNumber
        /// Of a revocation, or of the log key that took its place.
        fileprivate(set) var ended: RecordNumber?
    }

    /// The records that the fold needs to judge new ones.
    static let kinds: Set<RecordBody.Kind> = [
        .genesis, .keyAddition, .keyRevocation, .roleGrant, .roleRevocation, .periodClosing,
        .periodSeal, .periodReopening, .periodAdjustment,
    ]

    private(set) var origin = ""
    private(set) var roles: [String: Set<Role>] = [:]
    private(set) var hasRoles = false
    private(set) var keys: [Key] = []
    private(set) var periods = PeriodLedger()
    /// The numbers that the last adjustment announced.
    private(set) var late = 0..<0

    /// Takes the next record.
    ///
    /// - Throws: what forbids it; the fold is then as before.
    mutating func admit(_ record: LedgerRecord) throws(ControlFault) {
        try checkRole(record)
        try checkLate(record)
        switch record.body {
        case .genesis(let genesis): origin = genesis.origin
        case .keyAddition(let addition): try admit(addition, record.number)
        case .keyRevocation(let revocation): try admit(revocation, record.number)
        case .roleGrant(let grant): try admit(grant)
        case .roleRevocation(let revocation): try admit(revocation)
        case .periodClosing, .periodSeal, .periodReopening:
            guard let body = record.body.periodRecord else { return }
            try checkState(body)
            try checkOver(body, on: record.recordedAt.utcDate)
            try checkWaivers(body)
            try checkApprovals(body)
            periods.add(record)
        case .periodAdjustment(let adjustment):
            guard adjustment.entries > 0 else {
                throw ControlFault(
                    .periodClosed, "an adjustment without entries", hint: "state what it adjusts")
            }
            late = (record.number.value + 1)..<(record.number.value + 1 + adjustment.entries)
        case .organisation, .organisationPart, .matchingRules, .matchingRulesPart, .gwpTable,
            .refrigerantBlend,
            .factor, .factorSeries, .document, .documentPart, .activity, .waitingLine, .decision,
            .journal, .erasure:
            break
        }
    }

    // MARK: Roles

    private func checkRole(_ record: LedgerRecord) throws(ControlFault) {
        guard hasRoles else { return }
        let permitted = record.body.kind.permittedRoles
        guard roles[record.actor, default: []].isDisjoint(with: permitted) else { return }
        let names = Role.allCases.filter(permitted.contains).map(\.rawValue)
        let kind = record.body.kind.rawValue
        let article = kind.first.map { "aeiou".contains($0) } == true ? "an" : "a"
        throw ControlFault(
            .roleMissing,
            "'\(record.actor)' records \(article) \(kind) and is no "
                + names.joined(separator: " or "),
            hint: "'tonne role list' says who may; an administrator grants roles")
    }

    private mutating func admit(_ grant: RoleGrant) throws(ControlFault) {
        guard hasRoles || grant.role == .administrator else {
            throw ControlFault(
                .roleConflict, "the first role of a book is that of an administrator",
                hint: "grant it first: after it only administrators grant roles")
        }
        let held = roles[grant.actor, default: []]
        if let other = Role.allCases.first(where: { held.contains($0) && grant.role.excludes($0) })
        {
            throw ControlFault(
                .roleConflict,
                "'\(grant.actor)' is \(other.rawValue) and cannot be \(grant.role.rawValue), too",
                hint: "give the role to another person, or revoke the other role first")
        }
        guard !held.contains(grant.role) else {
            throw ControlFault(
                .roleConflict, "'\(grant.actor)' is \(grant.role.rawValue) already",
                hint: "nothing is left to do")
        }
        roles[grant.actor, default: []].insert(grant.role)
        hasRoles = true
    }

    private mutating func admit(_ revocation: RoleRevocation) throws(ControlFault) {
        guard roles[revocation.actor]?.contains(revocation.role) == true else {
            throw ControlFault(
                .roleMissing, "'\(revocation.actor)' is no \(revocation.role.rawValue)",
                hint: "'tonne role list' says who is")
        }
        let administrators = roles.values.count { $0.contains(.administrator) }
        guard revocation.role != .administrator || administrators > 1 else {
            throw ControlFault(
                .roleConflict, "'\(revocation.actor)' is the only administrator",
                hint: "grant the role to another person first")
        }
        roles[revocation.actor]?.remove(revocation.role)
    }

    // MARK: Keys

    /// The log key of today; `nil` where none was entered.
    var logKey: Key? { keys.last { $0.actor == nil } }

    private mutating func admit(
        _ addition: KeyAddition, _ number: RecordNumber
    ) throws(ControlFault) {
        let name = addition.key.name
        guard !keys.contains(where: { $0.key == addition.key }) else {
            throw ControlFault(
                .keyRefused, "the key '\(addition.key.reference)' was entered before",
                hint: "a key is entered once; make another with 'tonne key new'")
        }
        if addition.actor == nil {
            guard addition.key.kind == .log, name.utf8.elementsEqual(origin.utf8) else {
                throw ControlFault(
                    .keyRefused, "a log key has the name of its book, '\(origin)'",
                    hint: "name the person whose key it is with --for")
            }
            try checkHandover(addition)
        } else if name.utf8.elementsEqual(origin.utf8) || addition.handover != nil {
            throw ControlFault(
                .keyRefused, "a key with the name of the book is no person's key",
                hint: "'tonne key new FILE --name PERSON' makes a key for a person")
        }
        if addition.actor == nil, let last = keys.lastIndex(where: { $0.actor == nil }) {
            keys[last].ended = number
        }
        keys.append(Key(key: addition.key, actor: addition.actor, added: number))
    }

    private func checkHandover(_ addition: KeyAddition) throws(ControlFault) {
        guard let before = logKey else {
            guard addition.handover == nil else {
                throw ControlFault(
                    .keyRefused, "there is no log key that could hand over",
                    hint: "enter the first log key without --handover")
            }
            return
        }
        guard addition.isHandedOver(by: before.key, origin: origin) else {
            throw ControlFault(
                .keyRefused, "the log key '\(before.key.reference)' did not sign the handover",
                hint: "name the file of the log key of today with --handover")
        }
    }

    private mutating func admit(
        _ revocation: KeyRevocation, _ number: RecordNumber
    ) throws(ControlFault) {
        guard let index = keys.firstIndex(where: { $0.key == revocation.key && $0.ended == nil })
        else {
            throw ControlFault(
                .keyRefused, "the key '\(revocation.key.reference)' is not in force",
                hint: "'tonne key list' shows the keys of the book")
        }
        guard keys[index].actor != nil else {
            throw ControlFault(
                .keyRefused, "a log key is not revoked: it hands over to the next one",
                hint: "'tonne key add NEW --handover FILE' ends the old one")
        }
        keys[index].ended = number
    }

    // MARK: Entries

    private func checkLate(_ record: LedgerRecord) throws(ControlFault) {
        let isLate = late.contains(record.number.value)
        guard case .journal(let entry) = record.body else {
            guard isLate else { return }
            throw ControlFault(
                .periodClosed, "an adjustment announced an entry in the place of this record",
                hint: "late entries follow their adjustment without a gap")
        }
        let state = periods.state(of: entry.effective)
        guard state > .open, !isLate else { return }
        let span = periods.closedSpans.first { $0.contains(entry.effective) }
        throw ControlFault(
            .periodClosed,
            "'\(entry.description)' takes effect on \(entry.effective), in "
                + (span.map { "the \(state.words) period \($0)" } ?? "a \(state.words) period"),
            hint: "record it as an adjustment, with its reason: --late REASON")
    }
}

extension RecordBody.Kind {
    /// Who may record it once a book has roles.
    fileprivate var permittedRoles: Set<Role> {
        switch self {
        case .organisation, .organisationPart, .matchingRules, .matchingRulesPart, .gwpTable,
            .refrigerantBlend,
            .factor, .factorSeries, .document, .documentPart, .activity, .waitingLine, .journal,
            .periodAdjustment:
            [.preparer]
        case .decision, .periodClosing, .periodSeal, .periodReopening: [.preparer, .reviewer]
        case .genesis, .keyAddition, .keyRevocation, .roleGrant, .roleRevocation, .erasure:
            [.administrator]
        }
    }
}
