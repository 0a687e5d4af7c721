internal import AuditTrail
internal import Diagnostics
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantities

/// What the entries of a period say, as a closing or a seal repeats it.
struct PeriodFacts: Hashable, Sendable {
    let entries: Int
    /// Who recorded them, in order.
    let preparers: [String]
    let totals: [PeriodSeal.Total]
    let balances: SHA256Digest
    let factors: SHA256Digest
    /// Some activity waits for a factor.
    let hasUnresolved: Bool

    /// - Parameter records: May hold other records than entries; they are passed over.
    /// - Throws: `overflow` where a balance exceeds the range of exact decimals.
    init(
        _ records: some Sequence<LedgerRecord>, of period: ReportingPeriod
    ) throws(QuantityError) {
        var balance = TrialBalance()
        var actors: Set<String> = []
        var factors: [RecordNumber: SHA256Digest] = [:]
        var count = 0
        for record in records {
            guard case .journal(let entry) = record.body, period.contains(entry.effective) else {
                continue
            }
            count += 1
            actors.insert(record.actor)
            try balance.add(entry)
            if let factor = entry.calculation?.factor {
                factors[factor] = entry.calculation?.factorHash
            }
        }
        entries = count
        preparers = actors.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        totals = try Self.totals(of: balance)
        balances = Self.digest(Self.lines(of: balance))
        self.factors = Self.digest(
            factors.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
        hasUnresolved = balance.balances.keys.contains {
            $0.account.isWithin("control:unresolved-factor")
        }
    }

    /// The sources, all facilities together.
    private static func totals(
        of balance: TrialBalance
    ) throws(QuantityError) -> [PeriodSeal.Total] {
        struct Key: Hashable {
            let account: Account
            let commodity: Commodity
            let basis: Basis
        }
        var sums: [Key: ExactDecimal] = [:]
        for (key, amount) in balance.balances where key.account.root == .source {
            let total = Key(account: key.account, commodity: key.commodity, basis: key.basis)
            sums[total] = try (sums[total] ?? .zero).adding(amount)
        }
        return sums.filter { !$0.value.isZero }.map { key, amount in
            PeriodSeal.Total(
                account: key.account, commodity: key.commodity, basis: key.basis, amount: amount)
        }.sorted {
            ($0.account, $0.commodity, $0.basis) < ($1.account, $1.commodity, $1.basis)
        }
    }

    /// One line a balance: facility, account, commodity, basis, amount, with tabs between them, in
    /// the order of their bytes.
    private static func lines(of balance: TrialBalance) -> [String] {
        balance.balances.map { key, amount in
            "\(key.facility)\t\(key.account)\t\(key.commodity)\t\(key.basis)\t\(amount)"
        }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private static func digest(_ lines: [String]) -> SHA256Digest {
        SHA256Digest(hashing: Array(lines.map { $0 + "\n" }.joined().utf8))
    }
}

extension PeriodFacts {
    /// Compares what a record says about a period with the entries in front of it.
    ///
    /// - Parameters:
    ///   - records: All in front of the record, or the entries alone.
    ///   - root: The root over the first records of the book; `nil` for more than there are.
    /// - Returns: `nil` where all of it is so.
    static func fault(
        of record: PeriodRecord, at number: RecordNumber, after records: [LedgerRecord],
        root: (Int) -> SHA256Digest?
    ) -> ControlFault? {
        let size = record.state.size
        guard size <= number.value, root(size) == record.state.root else {
            return ControlFault(
                .approvalRefused, "it was made for another book than the one before it",
                hint: "make the request again")
        }
        guard let preparers = record.preparers else { return nil }
        let isChanged = records.contains { later in
            guard later.number.value >= size, case .journal(let entry) = later.body else {
                return false
            }
            return record.period.contains(entry.effective)
        }
        guard !isChanged else {
            return ControlFault(
                .approvalRefused, "the period got entries after the request was made",
                hint: "make the request again")
        }
        guard let facts = try? PeriodFacts(records, of: record.period) else {
            return ControlFault(
                .numberOutOfRange, "a total of the period is out of range",
                hint: "look for an amount that cannot be")
        }
        guard case .seal(let seal) = record else {
            return facts.fault(preparers == facts.preparers ? [] : ["preparers"])
        }
        return facts.fault(of: seal)
    }

    private func fault(of seal: PeriodSeal) -> ControlFault? {
        guard !hasUnresolved else {
            return ControlFault(
                .factorMissing, "an activity of the period waits for a factor",
                hint: "load a factor or add a [[factor_rule]], then 'tonne post'; no waiver seals "
                    + "a period without it")
        }
        let comparisons = [
            ("preparers", seal.preparers == preparers), ("number", seal.entries == entries),
            ("totals", seal.totals == totals), ("balances", seal.balances == balances),
            ("factors", seal.factors == factors),
        ]
        return fault(comparisons.filter { !$0.1 }.map { $0.0 })
    }

    private func fault(_ wrong: [String]) -> ControlFault? {
        guard !wrong.isEmpty else { return nil }
        return ControlFault(
            .approvalRefused,
            "not as the entries of the period say: \(wrong.joined(separator: ", "))",
            hint: "make the request again")
    }
}
