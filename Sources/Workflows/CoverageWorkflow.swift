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
    /// All of the book.
    let factors: [BookedFactor]

    /// What is to be booked.
    struct Result {
        var entries: [JournalEntry] = []
        var reversals: [JournalEntry] = []
        /// What is covered of each activity in each period, in the unit of the activity.
        var covered: [Place: ExactDecimal] = [:]
        /// Certificates that conform to the criteria and cover less than they stand for.
        var idle: [(certificate: RecordNumber, record: ActivityRecord, covered: ExactDecimal)] = []
    }

    struct Place: Hashable {
        let activity: RecordNumber
        let period: ReportingPeriod
    }

    /// - Parameter certificates: Those that may cover electricity, in order.
    func run(
        _ certificates: [CertificateCoverage.Certificate], over electricity: MarketElectricity
    ) throws(PostingError) -> Result {
        let standing = electricity.standingCoverage
        guard !certificates.isEmpty || !standing.isEmpty else { return Result() }
        do {
            let plans = try CertificateCoverage.plans(
                of: certificates, over: electricity.consumption(factors))
            return try difference(plans, certificates, standing)
        } catch let error as QuantityError {
            throw .quantity(error)
        } catch let error as PostingError {
            throw error
        } catch {
            preconditionFailure("Coverage fails only by quantity or posting errors.")
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
