internal import AuditTrail
internal import Diagnostics
internal import Inventory

/// What may become of a period, and who must have signed for it.
extension ControlLedger {
    /// The state from which a period can be closed, sealed or opened again.
    func checkState(_ record: PeriodRecord) throws(ControlFault) {
        switch record {
        case .closing(let closing):
            let target: PeriodLedger.State = closing.stage == .soft ? .softClosed : .closed
            let state = periods.lowest(in: closing.period)
            guard state < target else {
                throw ControlFault(
                    .periodClosed, "the period \(closing.period) is \(state.words) already",
                    hint: "close a period with days that are not; 'tonne periods' lists them")
            }
        case .seal(let seal): try checkState(seal)
        case .reopening(let reopening):
            try requireRoles("opens a period again")
            guard let highest = periods.states(in: reopening.period).max(), highest >= .closed
            else {
                throw ControlFault(
                    .periodNotClosed, "no day of the period \(reopening.period) is closed",
                    hint: "entries are taken as it is; 'tonne periods' lists what is closed")
            }
        }
    }

    private func checkState(_ seal: PeriodSeal) throws(ControlFault) {
        try requireRoles("seals")
        guard periods.lowest(in: seal.period) >= .closed else {
            throw ControlFault(
                .periodNotClosed, "a day of the period \(seal.period) is not closed",
                hint: "close it first: 'tonne close'; 'tonne periods' lists what is closed")
        }
        if let standing = periods.standingSeal(of: seal.period) {
            throw ControlFault(
                .periodClosed, "the period \(seal.period) is sealed already, by record \(standing)",
                hint: "'tonne reopen' opens it again, with two people and a reason")
        }
        guard seal.version == periods.seals(of: seal.period) + 1 else {
            throw ControlFault(
                .approvalRefused, "version \(seal.version) is not the next one of the seal",
                hint: "make the request again")
        }
    }

    /// A period is closed and sealed once its last day is past, by the day of the record in UTC.
    func checkOver(_ record: PeriodRecord, on day: CivilDate) throws(ControlFault) {
        guard record.isFirm, record.period.end > day else { return }
        throw ControlFault(
            .checklistOpen, "the period \(record.period) is not over",
            hint: "wait for its last day; 'tonne close --soft' closes it with warnings")
    }

    /// Whatever the checklist of a firm record lists has a waiver with a reason.
    func checkWaivers(_ record: PeriodRecord) throws(ControlFault) {
        guard record.isFirm else { return }
        let waived = Set(record.waivers.filter { !$0.reason.isEmpty }.map(\.finding))
        guard let open = record.checklist.first(where: { !waived.contains($0.finding) }) else {
            return
        }
        throw ControlFault(
            .checklistOpen,
            "the checklist has open findings: \(open.finding) (\(open.count))",
            hint: "make the request again, and waive it with a reason: "
                + "--waive '\(open.finding)=REASON'")
    }

    private func requireRoles(_ what: String) throws(ControlFault) {
        guard !hasRoles else { return }
        throw ControlFault(
            .roleMissing, "nobody has a role in this book, so nobody \(what)",
            hint: "'tonne role grant administrator PERSON' begins; sealing takes two people")
    }

    // MARK: Approvals

    func checkApprovals(_ record: PeriodRecord) throws(ControlFault) {
        let request = ApprovalRequest(origin: origin, record)
        let approvers = try signers(record.approvals, of: request)
        guard hasRoles else { return }
        if record.isFirm {
            try checkReviewer(among: approvers, preparers: record.preparers ?? [])
        } else if case .reopening = record {
            try checkTwo(approvers)
        }
    }

    /// The persons who signed, each with a key that is in force.
    private func signers(
        _ approvals: [Approval], of request: ApprovalRequest
    ) throws(ControlFault) -> [String] {
        var actors: [String] = []
        for approval in approvals {
            guard
                let key = keys.last(where: {
                    $0.actor != nil && $0.key.reference.utf8.elementsEqual(approval.key.utf8)
                }), let actor = key.actor
            else {
                throw ControlFault(
                    .approvalRefused, "the key '\(approval.key)' is no person's key of the book",
                    hint: "an administrator enters it: 'tonne key add KEY --for PERSON'")
            }
            if let ended = key.ended {
                throw ControlFault(
                    .approvalRefused, "the key '\(approval.key)' was revoked by record \(ended)",
                    hint: "sign with the key that took its place")
            }
            guard approval.isValid(key.key, for: request) else {
                throw ControlFault(
                    .approvalRefused, "the signature of '\(approval.key)' does not fit the record",
                    hint: "sign the request once more: it must arrive byte for byte")
            }
            actors.append(actor)
        }
        return actors
    }

    private func checkReviewer(
        among approvers: [String], preparers: [String]
    ) throws(ControlFault) {
        if let own = approvers.first(where: preparers.contains) {
            throw ControlFault(
                .roleConflict, "'\(own)' approves a period with entries of their own",
                hint: "a reviewer who posted nothing in the period approves it")
        }
        guard approvers.contains(where: { roles[$0]?.contains(.reviewer) == true }) else {
            throw ControlFault(
                .approvalRefused, "no reviewer has signed",
                hint: "write a --request FILE, have a reviewer 'tonne sign' it, --approval FILE")
        }
    }

    private func checkTwo(_ approvers: [String]) throws(ControlFault) {
        let entitled = Set(approvers).filter { actor in
            roles[actor]?.isDisjoint(with: [.reviewer, .preparer]) == false
        }
        let hasReviewer = entitled.contains { roles[$0]?.contains(.reviewer) == true }
        guard entitled.count >= 2, hasReviewer else {
            throw ControlFault(
                .approvalRefused,
                "a period is opened again by two people, one of them a reviewer",
                hint: "write a --request FILE, let both 'tonne sign' it, then --approval FILE")
        }
    }
}
