package import Inventory

/// A record about a period, which people approve.
package enum PeriodRecord: Hashable, Sendable {
    case closing(PeriodClosing)
    case seal(PeriodSeal)
    case reopening(PeriodReopening)

    package var body: RecordBody {
        switch self {
        case .closing(let closing): .periodClosing(closing)
        case .seal(let seal): .periodSeal(seal)
        case .reopening(let reopening): .periodReopening(reopening)
        }
    }

    package var period: ReportingPeriod {
        switch self {
        case .closing(let closing): closing.period
        case .seal(let seal): seal.period
        case .reopening(let reopening): reopening.period
        }
    }

    /// The book that it was made from.
    package var state: TreeState {
        switch self {
        case .closing(let closing): closing.state
        case .seal(let seal): seal.state
        case .reopening(let reopening): reopening.state
        }
    }

    /// Who recorded the entries of the period; `nil` where that does not matter.
    package var preparers: [String]? {
        switch self {
        case .closing(let closing): closing.preparers
        case .seal(let seal): seal.preparers
        case .reopening: nil
        }
    }

    /// What was found when it was made.
    package var checklist: [ChecklistItem] {
        switch self {
        case .closing(let closing): closing.checklist
        case .seal(let seal): seal.checklist
        case .reopening: []
        }
    }

    package var waivers: [Waiver] {
        switch self {
        case .closing(let closing): closing.waivers
        case .seal(let seal): seal.waivers
        case .reopening: []
        }
    }

    /// True where the checklist must be clean and a reviewer must have signed.
    package var isFirm: Bool {
        switch self {
        case .closing(let closing): closing.stage == .closed
        case .seal: true
        case .reopening: false
        }
    }

    package var approvals: [Approval] {
        get {
            switch self {
            case .closing(let closing): closing.approvals
            case .seal(let seal): seal.approvals
            case .reopening(let reopening): reopening.approvals
            }
        }
        set {
            switch self {
            case .closing(var closing):
                closing.approvals = newValue
                self = .closing(closing)
            case .seal(var seal):
                seal.approvals = newValue
                self = .seal(seal)
            case .reopening(var reopening):
                reopening.approvals = newValue
                self = .reopening(reopening)
            }
        }
    }

    package func approved(by approvals: [Approval]) -> PeriodRecord {
        var record = self
        record.approvals = approvals
        return record
    }
}

extension RecordBody {
    /// What the record says about a period; `nil` for any other.
    package var periodRecord: PeriodRecord? {
        switch self {
        case .periodClosing(let closing): .closing(closing)
        case .periodSeal(let seal): .seal(seal)
        case .periodReopening(let reopening): .reopening(reopening)
        case .genesis, .organisation, .organisationPart, .matchingRules, .matchingRulesPart,
            .gwpTable,
            .refrigerantBlend, .factor, .factorSeries, .document, .documentPart, .activity,
            .waitingLine, .decision, .journal, .keyAddition, .keyRevocation, .roleGrant,
            .roleRevocation, .periodAdjustment, .erasure:
            nil
        }
    }
}
