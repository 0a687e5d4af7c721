package import Hashing
package import Inventory
package import LedgerCore
package import Quantities

/// The first records of a book: their number and the root of the tree over them.
package struct TreeState: Hashable, Sendable, Codable {
    @DecimalText package private(set) var size: Int
    package let root: SHA256Digest

    package init(size: Int, root: SHA256Digest) {
        self.size = size
        self.root = root
    }
}

/// How many findings of a kind a check of the period had.
package struct ChecklistItem: Hashable, Sendable, Codable {
    package let finding: String
    @DecimalText package private(set) var count: Int

    package init(finding: String, count: Int) {
        self.finding = finding
        self.count = count
    }
}

/// Why findings of a kind do not stand in the way.
package struct Waiver: Hashable, Sendable, Codable {
    package let finding: String
    package let reason: String

    package init(finding: String, reason: String) {
        self.finding = finding
        self.reason = reason
    }
}

/// A person's signature over a record before it was recorded; see `ApprovalRequest`.
package struct Approval: Hashable, Sendable, Codable {
    /// Name and id of the key, `name+id`.
    package let key: String
    /// The signature of 64 bytes in base64.
    package let signature: String

    package init(key: String, signature: String) {
        self.key = key
        self.signature = signature
    }
}

/// A period is closed: softly, so that an entry needs a reason, or firmly, so that an entry is an
/// adjustment.
package struct PeriodClosing: Hashable, Sendable, Codable {
    package enum Stage: String, CaseIterable, Hashable, Sendable, Codable { case soft, closed }

    package let period: ReportingPeriod
    package let stage: Stage
    /// The book that was looked at; no entry of the period came between it and this record.
    package let state: TreeState
    /// Who recorded the entries of the period, in order.
    package let preparers: [String]
    package let checklist: [ChecklistItem]
    package let waivers: [Waiver]
    /// Empty in a book without roles, and for a soft closing.
    package var approvals: [Approval]

    package init(
        period: ReportingPeriod, stage: Stage, state: TreeState, preparers: [String],
        checklist: [ChecklistItem] = [], waivers: [Waiver] = [], approvals: [Approval] = []
    ) {
        self.period = period
        self.stage = stage
        self.state = state
        self.preparers = preparers
        self.checklist = checklist
        self.waivers = waivers
        self.approvals = approvals
    }
}

/// The figures of a closed period, signed: what was reported can be drawn again for ever.
package struct PeriodSeal: Hashable, Sendable, Codable {
    /// What was booked on an account, debit positive, all facilities together.
    package struct Total: Hashable, Sendable, Codable {
        package let account: Account
        package let commodity: Commodity
        package let basis: Basis
        package let amount: ExactDecimal

        package init(
            account: Account, commodity: Commodity, basis: Basis, amount: ExactDecimal
        ) {
            self.account = account
            self.commodity = commodity
            self.basis = basis
            self.amount = amount
        }
    }

    package let period: ReportingPeriod
    /// 1 for the first seal of the period, one more each time it is sealed again.
    @DecimalText package private(set) var version: Int
    /// The book whose figures these are; no entry of the period came between it and this record.
    package let state: TreeState
    /// Entries that take effect in the period, reversals included.
    @DecimalText package private(set) var entries: Int
    /// Of the accounts `source:…`: the inventory.
    package let totals: [Total]
    /// SHA-256 of the trial balance of the period, every account of every facility.
    package let balances: SHA256Digest
    /// SHA-256 of the list of factors that the entries cite.
    package let factors: SHA256Digest
    package let preparers: [String]
    package let checklist: [ChecklistItem]
    package let waivers: [Waiver]
    package var approvals: [Approval]

    package init(
        period: ReportingPeriod, version: Int, state: TreeState, entries: Int, totals: [Total],
        balances: SHA256Digest, factors: SHA256Digest, preparers: [String],
        checklist: [ChecklistItem] = [], waivers: [Waiver] = [], approvals: [Approval] = []
    ) {
        self.period = period
        self.version = version
        self.state = state
        self.entries = entries
        self.totals = totals
        self.balances = balances
        self.factors = factors
        self.preparers = preparers
        self.checklist = checklist
        self.waivers = waivers
        self.approvals = approvals
    }
}

/// A closed or sealed period takes entries again. The seal stays what it was; the next one of the
/// period has the next version.
package struct PeriodReopening: Hashable, Sendable, Codable {
    package let period: ReportingPeriod
    package let state: TreeState
    package let reason: String
    /// Of two people.
    package var approvals: [Approval]

    package init(
        period: ReportingPeriod, state: TreeState, reason: String, approvals: [Approval] = []
    ) {
        self.period = period
        self.state = state
        self.reason = reason
        self.approvals = approvals
    }
}

/// The records right after it are late: entries that take effect in a period that is closed,
/// softly or firmly, and are recorded in the open one.
package struct PeriodAdjustment: Hashable, Sendable, Codable {
    package let reason: String
    /// How many of the records that follow are late entries.
    @DecimalText package private(set) var entries: Int

    package init(reason: String, entries: Int) {
        self.reason = reason
        self.entries = entries
    }
}
