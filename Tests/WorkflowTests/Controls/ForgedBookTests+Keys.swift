internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Testing
internal import Workflows

extension ForgedBookTests {
    static let keys = [
        Attack("a log key that nobody handed over", "did not sign the handover") {
            let thief = try ControlledBook.signer(ControlledBook.origin, 9)
            try $0.forge([.keyAddition(KeyAddition(key: thief.key, actor: nil))], by: "carol")
        },
        Attack("a log key that hands over to itself", "did not sign the handover") {
            let thief = try ControlledBook.signer(ControlledBook.origin, 9)
            let text = KeyHandover.text(origin: ControlledBook.origin, to: thief.key)
            let addition = KeyAddition(
                key: thief.key, actor: nil,
                handover: Base64.text(thief.signature(of: text, at: 0).bytes))
            try $0.forge([.keyAddition(addition)], by: "carol")
        },
        Attack("a checkpoint with the key of before the handover", "was not the log key then") {
            let next = try ControlledBook.signer(ControlledBook.origin, 8)
            try RoleWorkflow(book: $0.acting("carol")).add(
                next.key, for: nil, handover: $0.log, dryRun: false)
            try $0.keepCheckpoint(signedBy: $0.log)
        },
        Attack("a checkpoint with a stolen name", "not signed by the log key of the book") {
            try $0.keepCheckpoint(signedBy: ControlledBook.signer(ControlledBook.origin, 9))
        },
        Attack("a key entered by its holder", "'anna' records a key-add") {
            let key = try ControlledBook.signer("anna-2", 4).key
            try $0.forge([.keyAddition(KeyAddition(key: key, actor: "ben"))], by: "anna")
        },
        Attack("the log key revoked", "a log key is not revoked") {
            let revocation = KeyRevocation(key: $0.log.key, reason: "")
            try $0.forge([.keyRevocation(revocation)], by: "carol")
        },
    ]

    static let roles = [
        Attack("a role that its holder granted", "'anna' records a role-grant") {
            try $0.forge([.roleGrant(RoleGrant(actor: "anna", role: .reviewer))], by: "anna")
        },
        Attack("an administrator who prepares", "is administrator and cannot be preparer") {
            try $0.forge([.roleGrant(RoleGrant(actor: "carol", role: .preparer))], by: "carol")
        },
        Attack("an auditor who reviews", "is reviewer and cannot be auditor") {
            try $0.forge([.roleGrant(RoleGrant(actor: "ben", role: .auditor))], by: "carol")
        },
        Attack("a book without an administrator", "is the only administrator") {
            let revocation = RoleRevocation(actor: "carol", role: .administrator, reason: "")
            try $0.forge([.roleRevocation(revocation)], by: "carol")
        },
        Attack("an entry after the role was revoked", "'anna' records a journal") {
            try RoleWorkflow(book: $0.acting("carol")).revoke(
                .preparer, from: "anna", reason: "left", dryRun: false)
            try $0.forge([$0.reversal()], by: "anna")
        },
    ]

    static let states = [
        Attack("a seal on an open period", "is not closed") { sample in
            let period = try #require(ControlledBook.february)
            let head = try sample.store.head()
            guard case .closing(let closing) = try sample.request(.close).record else { return }
            let seal = PeriodSeal(
                period: period, version: 1, state: TreeState(size: head.size, root: head.root),
                entries: 0, totals: [], balances: head.root, factors: head.root,
                preparers: closing.preparers)
            let request = ApprovalRequest(origin: ControlledBook.origin, .seal(seal))
            try sample.forge([request.signed(by: sample.ben).approvedRecord.body], by: "anna")
        },
        Attack("a second seal in the place of the first", "is sealed already") { sample in
            try sample.close()
            let seal = try sample.request(.seal).signed(by: sample.ben).approvedRecord.body
            try sample.forge([seal, seal], by: "anna")
        },
    ]

    @Test("with another log key than the auditor knows is found out")
    func pinned() throws {
        let sample = try ControlledBook()
        #expect(try sample.finding(pins: [sample.log.key]) == nil)
        let other = try ControlledBook.signer(ControlledBook.origin, 9).key
        let finding = try sample.finding(pins: [other])
        #expect(finding?.contains("and nowhere '\(other.reference)'") == true)
    }

    @Test("may have any checkpoint of the log key in force, before and after a handover")
    func handover() throws {
        let sample = try ControlledBook()
        try sample.keepCheckpoint(signedBy: sample.log)
        let next = try ControlledBook.signer(ControlledBook.origin, 8)
        try RoleWorkflow(book: sample.acting("carol")).add(
            next.key, for: nil, handover: sample.log, dryRun: false)
        try sample.keepCheckpoint(signedBy: next)
        #expect(try sample.finding() == nil)
    }

    @Test("with records dated after their cosignature is found out")
    func postdated() throws {
        let sample = try ControlledBook()
        let witness = try ControlledBook.signer("auditor.example/1", 5, .witness)
        try RoleWorkflow(book: sample.acting("carol")).add(
            witness.key, for: "dora", handover: nil, dryRun: false)
        let head = try sample.store.head()
        let signed = SignedCheckpoint(
            Checkpoint(origin: ControlledBook.origin, size: head.size, root: head.root),
            signedBy: sample.log)
        let text = signed.note.text
        func keep(_ time: Int64) throws {
            let cosigned = signed.adding(witness.signature(of: text, at: time))
            try sample.store.keep(
                StoredCheckpoint(size: head.size, note: Array(cosigned.note.written.utf8)),
                after: sample.store.checkpoints().count)
        }
        try keep(1_767_225_600 - 60)
        #expect(try sample.finding() == nil)
        try keep(1_767_225_600 - 86_400)
        let finding = try sample.finding()
        #expect(finding?.contains("had cosigned it") == true)
    }

    @Test("does not take a time before the last record")
    func backdated() throws {
        let sample = try ControlledBook()
        let last = Instant(secondsSinceEpoch: 1_767_225_600)
        #expect(throws: LedgerStoreError.clockWentBack(last: last)) {
            try sample.store.append(
                RecordBatch(
                    actor: "anna", recordedAt: last.adding(seconds: -1),
                    bodies: [sample.reversal()]))
        }
    }
}

extension ControlledBook {
    fileprivate func keepCheckpoint(signedBy signer: NoteSigner) throws {
        let head = try store.head()
        let signed = SignedCheckpoint(
            Checkpoint(origin: Self.origin, size: head.size, root: head.root), signedBy: signer)
        try store.keep(
            StoredCheckpoint(size: head.size, note: Array(signed.note.written.utf8)),
            after: store.checkpoints().count)
    }
}
