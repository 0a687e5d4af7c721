internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification

/// Makes the records that a posting appends, one after the other: first the reversals of what was
/// replaced, then what each activity calls for, then what certificates cover, last what comes late
/// into closed periods. It holds the activities and entries of one block, never those of the book.
struct PostingSource {
    /// What the book states apart from its activities, as far as postings depend on it.
    private static let kinds: Set<RecordBody.Kind> = [
        .organisation, .organisationPart, .refrigerantBlend, .factor, .factorSeries, .decision,
        .periodClosing, .periodSeal, .periodReopening,
    ]

    private enum Stage {
        case replaced, coverage, late, end
        /// The number of the first record of the next block.
        case activities(from: Int)
    }

    private let book: Book
    /// Records whose activities are posted together.
    private let block: Int
    private let state: BookState
    /// Why entries of closed periods come late; `nil` leaves them where they are, to be refused.
    private let lateReason: String?
    private let survey: ActivitySurvey
    private var run: PostRun
    private var electricity = MarketElectricity()
    private var stage = Stage.replaced
    /// Records that are made and not handed on.
    private var ready: ArraySlice<RecordBody> = []
    private var late: [JournalEntry] = []

    /// The number of records that the book had.
    var size: Int { state.head.size }
    /// What was done, when all records are made.
    var report: PostReport { run.report }

    /// - Parameter book: To read from, while the records are appended elsewhere.
    init(
        _ book: Book, through lastMonth: CalendarMonth, lateReason: String?, block: Int
    ) throws(Refusal) {
        state = try book.state(Self.kinds)
        guard let organisation = state.organisation else {
            throw Refusal(
                Diagnostic(
                    .organisationInvalid, at: SourceLocation(file: book.path),
                    "the book has no organisation yet",
                    hint: "run 'tonne apply organisation.toml' first"))
        }
        self.book = book
        self.block = block
        self.lateReason = lateReason
        survey = try ActivitySurvey(book, state, organisation, block: block)
        run = PostRun(
            planner: PostingPlanner(organisation: organisation, catalog: state.catalog),
            lastMonth: lastMonth, shelf: SeriesShelf(book))
    }

    /// The next record to append; `nil` behind the last.
    ///
    /// - Throws: a `Refusal` if an activity cannot be posted.
    mutating func next() throws(Refusal) -> RecordBody? {
        while true {
            while let body = ready.popFirst() {
                guard case .journal(let entry) = body, isLate(entry) else { return body }
                late.append(entry)
            }
            switch stage {
            case .replaced:
                ready = try replaced()[...]
                stage = .activities(from: 0)
            case .activities(let first) where first < size:
                try post(first..<min(first + block, size))
                stage = .activities(from: first + block)
            case .activities:
                stage = .coverage
            case .coverage:
                ready = try covered()[...]
                stage = .late
            case .late:
                // What is announced is not put aside again.
                stage = .end
                guard let lateReason, !late.isEmpty else { continue }
                let adjustment = PeriodAdjustment(reason: lateReason, entries: late.count)
                ready = [.periodAdjustment(adjustment)] + late.map(RecordBody.journal)
            case .end:
                return nil
            }
        }
    }

    private func isLate(_ entry: JournalEntry) -> Bool {
        if case .end = stage { return false }
        return lateReason != nil && state.periods.state(of: entry.effective) > .open
    }

    // MARK: Stages

    /// What replaced activities left in the journal is taken back, with the reason why.
    private mutating func replaced() throws(Refusal) -> [RecordBody] {
        var orphans: [(entry: BookedEntry, reason: String)] = []
        for activity in survey.replaced {
            let live = EntrySelection(activity: activity, isLive: true)
            let reason = state.decision(on: activity)?.reason ?? "the activity is withdrawn"
            orphans += try book.entries(live).filter {
                PostedEntries.purpose(of: $0.entry) != nil
            }.map { ($0, reason) }
        }
        orphans.sort { $0.entry.number < $1.entry.number }
        run.report.reversed = orphans.count
        return orphans.map { orphan in
            .journal(orphan.entry.entry.reversed(orphan.entry.number, reason: orphan.reason))
        }
    }

    /// What the activities among some records call for and the journal lacks.
    private mutating func post(_ numbers: Range<Int>) throws(Refusal) {
        let activities = try book.activities(numbers, standingIn: state)
        guard !activities.isEmpty else { return }
        let live = try book.entries(EntrySelection(activities: numbers, isLive: true))
        let posted = PostedEntries(live)
        run.posted = posted
        for activity in activities {
            // What was posted before its history made it an outlier stays posted.
            if survey.held.contains(activity.number), !posted.activities.contains(activity.number) {
                run.report.held += 1
            } else {
                try run.post(activity)
            }
        }
        if !survey.certificates.isEmpty || live.contains(where: \.entry.isCoverage) {
            electricity.add(live, run.bodies, activities)
        }
        ready = run.bodies[...]
        run.bodies = []
    }

    /// What certificates cover, when all the electricity is known.
    private mutating func covered() throws(Refusal) -> [RecordBody] {
        do throws(PostingError) {
            let coverage = try CoverageWorkflow(factors: state.factors)
                .run(survey.certificates, over: electricity)
            run.report.count(coverage)
            return (coverage.reversals + coverage.entries).map(RecordBody.journal)
        } catch {
            throw Refusal(
                Diagnostic(
                    .numberOutOfRange, at: SourceLocation(file: book.path),
                    "what certificates cover cannot be posted: \(error)"))
        }
    }
}
