internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities

/// Posts what cancelled certificates cover in the market basis, and takes back what they no longer
/// do because the electricity changed.
struct CoverageWorkflow {
    let state: BookState
    let organisation: Organisation

    /// What is to be booked.
    struct Result {
        var entries: [JournalEntry] = []
        var reversals: [JournalEntry] = []
        /// Certificates that conform to the criteria and cover less than they stand for.
        /// What is covered of each activity in each period, in the unit of the activity.
        var covered: [Place: ExactDecimal] = [:]
        var idle: [(certificate: RecordNumber, record: ActivityRecord, covered: ExactDecimal)] = []
    }

    struct Place: Hashable {
        let activity: RecordNumber
        let period: ReportingPeriod
    }

    /// - Parameters:
    ///   - booked: The entries of the book.
    ///   - new: Entries about to be booked, and the numbers of those they reverse.
    func run(
        _ booked: [BookedEntry], new: [JournalEntry], reversing gone: Set<RecordNumber>
    ) throws(PostingError) -> Result {
        let live = Self.live(booked).filter { !gone.contains($0.number) }
        let certificates = state.activities.filter {
            CertificateCriteria.mayCover($0.value, organisation)
        }.map { CertificateCoverage.Certificate(number: $0.number, record: $0.value) }
        let standing = live.filter { $0.entry.isCoverage }
        guard !certificates.isEmpty || !standing.isEmpty else { return Result() }
        let electricity = live.map(\.entry).filter { !$0.isCoverage } + new
        do {
            let plans = try CertificateCoverage.plans(
                of: certificates, over: consumption(electricity))
            return try difference(plans, certificates, standing)
        } catch let error as QuantityError {
            throw .quantity(error)
        } catch let error as PostingError {
            throw error
        } catch {
            preconditionFailure("Coverage fails only by quantity or posting errors.")
        }
    }

    private static func live(_ booked: [BookedEntry]) -> [BookedEntry] {
        let reversed = Set(booked.compactMap { $0.entry.reversal?.entry })
        return booked.filter { !reversed.contains($0.number) && $0.entry.calculation != nil }
    }

    /// Market entries of bought electricity: with a factor, or waiting for one.
    private func consumption(_ entries: [JournalEntry]) -> [CertificateCoverage.Consumption] {
        let factors = Dictionary(
            state.factors.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let bought = Set(state.activities.filter(\.value.isPurchasedElectricity).map(\.number))
        return entries.compactMap { entry in
            guard let calculation = entry.calculation, calculation.role == .market,
                bought.contains(calculation.activity)
            else { return nil }
            return CertificateCoverage.Consumption(
                activity: calculation.activity, facility: entry.facility,
                period: calculation.period,
                quantity: calculation.quantity,
                factor: calculation.factor.flatMap { factors[$0] })
        }
    }

    /// Plans that stand already stay; what stands and is planned no more is reversed.
    private func difference(
        _ plans: [CertificateCoverage.Covered], _ certificates: [CertificateCoverage.Certificate],
        _ standing: [BookedEntry]
    ) throws -> Result {
        var result = Result()
        let records = Dictionary(
            certificates.map { ($0.number, $0.record) }, uniquingKeysWith: { first, _ in first })
        var rest = Dictionary(grouping: standing, by: \.entry)
        var covered: [RecordNumber: ExactDecimal] = [:]
        for plan in plans {
            guard let record = records[plan.certificate] else { continue }
            let energy = try plan.plan.part.quantity.converted(to: .megawattHour).amount
            let place = Place(activity: plan.activity, period: plan.plan.part.period)
            result.covered[place] = try (result.covered[place] ?? .zero)
                .adding(plan.plan.part.quantity.amount)
            covered[plan.certificate] = try (covered[plan.certificate] ?? .zero).adding(energy)
            let entry = try EntryMaker(number: plan.certificate, record: record).entry(plan.plan)
            if rest[entry]?.popLast() == nil { result.entries.append(entry) }
        }
        result.reversals = rest.values.joined().sorted { $0.number < $1.number }.map {
            $0.entry.reversed($0.number, reason: "what it covered has changed")
        }
        for certificate in certificates {
            let energy = try certificate.record.quantity.converted(to: .megawattHour).amount
            let used = covered[certificate.number] ?? .zero
            if used < energy { result.idle.append((certificate.number, certificate.record, used)) }
        }
        return result
    }
}

extension JournalEntry {
    var isCoverage: Bool { calculation?.rule == PostingRule.certificateCoverage.rawValue }

    /// Whether a coverage is of electricity that this entry brings into the market basis.
    func isCovered(by coverage: JournalEntry) -> Bool {
        guard let calculation, calculation.role == .market, !isCoverage else { return false }
        return facility == coverage.facility
            && calculation.period == coverage.calculation?.period
            && calculation.factor == coverage.calculation?.factor
    }
}
