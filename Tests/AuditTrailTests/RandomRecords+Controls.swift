internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import TestSupport
internal import Testing

extension RandomRecords {
    mutating func periodClosing() -> PeriodClosing {
        PeriodClosing(
            period: period(), stage: one(of: PeriodClosing.Stage.allCases), state: treeState(),
            preparers: list { $0.text() }, checklist: checklist(), waivers: waivers(),
            approvals: approvals())
    }

    mutating func periodSeal() -> PeriodSeal {
        PeriodSeal(
            period: period(), version: 1 + below(9), state: treeState(), entries: below(999),
            totals: list { $0.total() }, balances: digest(), factors: digest(),
            preparers: list { $0.text() }, checklist: checklist(), waivers: waivers(),
            approvals: approvals())
    }

    private mutating func total() -> PeriodSeal.Total {
        PeriodSeal.Total(
            account: Account(.source, [slug(), slug()]), commodity: .emission(substance()),
            basis: one(of: [.common, .location, .market]), amount: decimal())
    }

    mutating func treeState() -> TreeState { TreeState(size: below(9_999), root: digest()) }

    private mutating func checklist() -> [ChecklistItem] {
        list { ChecklistItem(finding: $0.text(), count: $0.below(99)) }
    }

    private mutating func waivers() -> [Waiver] {
        list { Waiver(finding: $0.text(), reason: $0.text()) }
    }

    mutating func approvals() -> [Approval] {
        list { Approval(key: $0.text(), signature: $0.text()) }
    }

    mutating func noteKey() throws -> NoteKey { try signer("key-\(below(99))").key }

    mutating func signer(_ name: String) throws -> NoteSigner {
        let kind: NoteKey.Kind = one(of: [.log, .witness])
        let seed = random.bytes(32)
        return try #require(NoteSigner(name: name, kind: kind, seed: seed))
    }
}
