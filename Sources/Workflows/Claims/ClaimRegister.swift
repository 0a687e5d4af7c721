internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Series

/// Sees to it that a slot is booked once. A second claim on it repeats what is booked, corrects
/// it because its source says so, controls it in another form, or waits for a decision.
///
/// It keeps the records that its verdicts call for, numbered, in the order they must be appended.
struct ClaimRegister {
    /// Who decides where the sources do not.
    enum Ruling {
        case bySources
        /// A person: the claim replaces what contradicts it.
        case takeNew
        /// A person: what is booked stands; only what nothing contradicts is added.
        case keepBooked
    }

    enum Verdict: Equatable {
        case booked
        /// Booked in the place of earlier activities.
        case corrected
        /// It says what is booked.
        case duplicate
        /// It states what is booked in another form, or says less well what is known better.
        case linked
        case waits(String)
    }

    /// Bills are read an hour early or late, and around changes of the clock.
    static let tolerance: Int64 = 3_600

    struct Claim {
        let number: RecordNumber
        let record: ActivityRecord
    }

    /// What a person decided and why, where one did.
    var reviewReason = "decided in the review"
    private var lastActivity: RecordNumber?
    private var lastLink: RecordNumber?
    /// The activity that the last verdict booked or linked to.
    private(set) var lastCited: RecordNumber?
    /// Claims that wait since the register was made.
    private(set) var added = 0
    /// The records to append, in order; the first has the number given at the start.
    private(set) var bodies: [RecordBody] = []
    /// The chunks of all claims; it takes those of the claims that are cut or joined.
    var shelf: SeriesShelf
    private var first: RecordNumber
    private let closings: [ReportingPeriod]
    var index: ClaimIndex
    private var certificates: CertificateClaims
    private var invoicePeriods: InvoicePeriods
    /// Conflicts nobody has decided on yet.
    private(set) var waiting: [(number: RecordNumber, record: ActivityRecord)] = []

    /// - Parameter first: The number of the first record the register adds.
    init(_ state: BookState, first: RecordNumber, shelf: SeriesShelf) {
        self.first = first
        self.shelf = shelf
        closings = state.closings
        certificates = CertificateClaims(state.activities.map(\.value))
        invoicePeriods = InvoicePeriods(state)
        index = ClaimIndex(state.activities.map { Claim(number: $0.number, record: $0.value) })
        waiting = state.waiting.compactMap { line in
            guard line.value.reason == .conflict, let record = line.value.activity else {
                return nil
            }
            return (line.number, record)
        }
    }

    /// Begins the records of another document: its first one has this number.
    mutating func start(at number: RecordNumber) {
        first = number
        bodies = []
        added = 0
    }

    /// Judges a claim and records what follows; a claim that must wait is recorded as waiting.
    mutating func claim(
        _ record: ActivityRecord, ruling: Ruling = .bySources
    ) throws(Refusal) -> Verdict {
        invoicePeriods.add(record)
        let outcome = try judge(record, ruling)
        if case .waits(let claim, let why) = outcome {
            let number = append(
                .waitingLine(
                    WaitingLine(
                        reason: .conflict, activity: claim, message: why,
                        evidence: claim.evidence)))
            waiting.append((number, claim))
            added += 1
        }
        return outcome.verdict
    }

    /// A person decides on a line that waits: it takes no part any more.
    mutating func withdraw(_ number: RecordNumber) {
        waiting.removeAll { $0.number == number }
    }

    /// Judges again what waits: a later claim may have settled it.
    ///
    /// - Returns: The number of lines that no longer wait.
    mutating func settle() throws(Refusal) -> Int {
        var settled = 0
        var isDone = false
        while !isDone {
            isDone = true
            for line in waiting {
                let before = bodies.count
                waiting.removeAll { $0.number == line.number }
                switch try judge(line.record, .bySources) {
                case .waits(let rest, _) where before == bodies.count:
                    waiting.append((line.number, rest))
                    continue
                case .waits(let rest, let why):
                    decide(line.number, .accepted, "a part is free now", by: lastActivity)
                    let number = append(
                        .waitingLine(
                            WaitingLine(
                                reason: .conflict, activity: rest, message: why,
                                evidence: rest.evidence)))
                    waiting.append((number, rest))
                case .done(.booked), .done(.corrected):
                    decide(
                        line.number, .accepted, "what contradicted it no longer stands",
                        by: lastActivity)
                    settled += 1
                case .done:
                    decide(
                        line.number, .linked, "what is booked says the same or is better",
                        by: lastLink ?? lastActivity)
                    settled += 1
                }
                isDone = false
            }
        }
        return settled
    }

    // MARK: Judgement

    enum Outcome {
        case done(Verdict)
        case waits(ActivityRecord, String)

        var verdict: Verdict {
            switch self {
            case .done(let verdict): verdict
            case .waits(_, let why): .waits(why)
            }
        }
    }

    mutating func judge(
        _ record: ActivityRecord, _ ruling: Ruling
    ) throws(Refusal) -> Outcome {
        if case .certificate(let certificate) = record.treatment {
            return judge(record, certificate)
        }
        if record.invoice?.isUndated == true {
            let own = ruling == .takeNew ? record.dated(record.period, record.slot) : nil
            guard let dated = own ?? invoicePeriods.dating(record) else {
                return .waits(record, Self.undated)
            }
            return try judge(dated, ruling)
        }
        if let outcome = try judgeInvoice(record, ruling) { return outcome }
        let rivals = index.rivals(of: record)
        let finer = rivals.filter { relation(record, $0).map { !$0 } ?? false }
        if !finer.isEmpty { return try control(record, finer, ruling) }
        let coarser = rivals.filter { relation(record, $0) ?? false }
        if !coarser.isEmpty { return try replaceControls(record, coarser, ruling) }
        let same = rivals.filter { ClaimRelation(record, $0.record) == .same }
        return record.isInterval
            ? try mergeIntervals(record, same, ruling) : try mergeWhole(record, same, ruling)
    }

    /// A serial range is held once and cancelled once; no person can decide otherwise.
    private mutating func judge(
        _ record: ActivityRecord, _ certificate: ActivityRecord.Certificate
    ) -> Outcome {
        switch certificates.claim(record, certificate) {
        case .new(let accepted):
            book(accepted)
            return .done(.booked)
        case .duplicate:
            if let earlier = index.sameLine(as: record) {
                link(record, to: earlier.number, "it repeats the range")
            }
            return .done(.duplicate)
        case .conflict(let rival):
            return .waits(
                record,
                "certificates of \(certificate.serialFrom) to \(certificate.serialTo) are booked "
                    + "from '\(rival)'")
        }
    }

    /// Whether the record is the finer of two alternatives; `nil` if they are none.
    func relation(_ record: ActivityRecord, _ claim: Claim) -> Bool? {
        guard case .alternative(let isFiner, _) = ClaimRelation(record, claim.record) else {
            return nil
        }
        return isFiner
    }

    /// What the numbers of invoices decide: the same line once more, and corrected invoices.
    private mutating func judgeInvoice(
        _ record: ActivityRecord, _ ruling: Ruling
    ) throws(Refusal) -> Outcome? {
        guard record.consumption == nil || record.invoice != nil else { return nil }
        if let earlier = index.sameLine(as: record) {
            if earlier.record.quantity == record.quantity,
                earlier.record.period == record.period,
                earlier.record.activity == record.activity
            {
                link(record, to: earlier.number, "it repeats the line")
                return .done(.duplicate)
            }
            guard ruling == .takeNew else {
                return .waits(record, Self.contradiction([earlier]))
            }
            return replace([earlier], with: [record], reviewReason)
        }
        guard let invoice = record.invoice else {
            book(record)
            return .done(.booked)
        }
        if let replacement = index.replacement(of: invoice) {
            link(record, to: replacement, "a corrected invoice takes its place")
            return .done(.linked)
        }
        let replaced = index.replaced(by: record)
        if !replaced.isEmpty {
            return replace(replaced, with: [record], "invoice \(invoice.number) corrects it")
        }
        guard record.isCredit || record.span == nil else { return nil }
        let isAwaited = waiting.contains { line in
            line.record.invoice.map { invoice.corrects.contains($0.number) } ?? false
        }
        if !isAwaited, let other = index.otherSource(of: record) {
            link(record, to: other, "it takes back an invoice that is not booked")
            return .done(.linked)
        }
        book(record)
        return .done(.booked)
    }

    // MARK: Records

    @discardableResult
    mutating func append(_ body: RecordBody) -> RecordNumber {
        bodies.append(body)
        return RecordNumber(first.value + bodies.count - 1)
    }

    mutating func book(_ record: ActivityRecord) {
        let number = append(.activity(record))
        lastActivity = number
        lastCited = number
        index.add(Claim(number: number, record: record))
    }

    /// Books records in the place of claims, unless one of these is in a closed period.
    mutating func replace(
        _ claims: [Claim], with records: [ActivityRecord], _ reason: String
    ) -> Outcome {
        guard !isClosed(claims) else { return .waits(records[0], Self.closed) }
        for claim in claims { index.remove(claim) }
        for record in records { book(record) }
        for claim in claims { supersede(claim, reason) }
        return .done(.corrected)
    }

    mutating func supersede(_ claim: Claim, _ reason: String) {
        index.remove(claim)
        decide(claim.number, .superseded, reason, by: lastActivity)
    }

    mutating func link(
        _ record: ActivityRecord, to number: RecordNumber, _ message: String
    ) {
        lastLink = number
        lastCited = number
        let line = append(
            .waitingLine(
                WaitingLine(
                    reason: .linked, activity: record.withoutReadings, message: message,
                    evidence: record.evidence)))
        decide(line, .linked, message, by: number)
    }

    mutating func decide(
        _ subject: RecordNumber, _ outcome: Decision.Outcome, _ reason: String,
        by number: RecordNumber?
    ) {
        append(
            .decision(Decision(subject: subject, outcome: outcome, reason: reason, by: number)))
    }

    func isClosed(_ claims: [Claim]) -> Bool {
        claims.contains { claim in closings.contains { $0.overlaps(claim.record.period) } }
    }

    /// A claim with some of its readings.
    mutating func restricted(
        _ record: ActivityRecord, to readings: [SeriesReading]
    ) throws(Refusal) -> ActivityRecord {
        try record.stating(
            readings, from: record.documents, period: record.period,
            updates: ReadingUpdates.map(of: record, readings), on: &shelf)
    }

    /// What claims hold outside a span, as claims of their own.
    mutating func rest(
        of claims: [Claim], outside span: TimeSpan
    ) throws(Refusal) -> [ActivityRecord] {
        var rest: [ActivityRecord] = []
        for claim in claims where claim.record.isInterval {
            let outside = try claim.record.claimedReadings(on: shelf).filter {
                TimeSpan(start: $0.start, end: $0.end).overlap(span) <= 0
            }
            if !outside.isEmpty { rest.append(try restricted(claim.record, to: outside)) }
        }
        return rest
    }

    static let undated =
        "it states no period, and the invoice that it credits is not known or has several"

    static let closed =
        "it corrects what stands in a closed period; that is a restatement, not an import"

    static func contradiction(_ claims: [Claim]) -> String {
        "it says otherwise than what is booked" + source(of: claims)
    }

    static func source(of claims: [Claim]) -> String {
        " from '\(claims.map(\.record.evidence.name).min() ?? "")'"
    }
}
