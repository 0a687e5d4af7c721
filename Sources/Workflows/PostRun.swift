internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification

/// One pass over activities: what each calls for and the journal lacks.
struct PostRun {
    let planner: PostingPlanner
    /// The live entries of the activities that are posted next.
    var posted = PostedEntries([])
    let lastMonth: CalendarMonth
    var shelf: SeriesShelf
    var report = PostReport()
    var bodies: [RecordBody] = []

    init(planner: PostingPlanner, lastMonth: CalendarMonth, shelf: SeriesShelf) {
        self.planner = planner
        self.lastMonth = lastMonth
        self.shelf = shelf
    }

    mutating func post(_ activity: BookState.Numbered<ActivityRecord>) throws(Refusal) {
        do {
            let plan = try planner.plan(activity.value, through: lastMonth)
            for entryPlan in plan.entries { try post(entryPlan, of: activity) }
            for role in plan.unresolved { wait(activity, role) }
        } catch let error as PostingError {
            throw Refusal(Self.diagnostic(error, activity))
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            preconditionFailure("A posting fails with a posting error or a refusal.")
        }
    }

    private mutating func post(
        _ plan: EntryPlan, of activity: BookState.Numbered<ActivityRecord>
    ) throws {
        let maker = EntryMaker(number: activity.number, record: activity.value)
        let calculation = maker.calculation(plan)
        guard let purpose = PostedEntries.purpose(of: calculation) else { return }
        let live = posted.live(purpose)
        // The same rule over the same facts gives the same entry: it need not be made again.
        if let live, live.entry.calculation == calculation { return }
        let entry = try entry(plan, maker, activity)
        if let live {
            guard Self.waits(live.entry), !Self.waits(entry) else {
                if live.entry.postings != entry.postings { report.superseded += 1 }
                return
            }
            bodies.append(.journal(live.entry.reversed(live.number, reason: "a factor fits now")))
            report.resolved += 1
        }
        bodies.append(.journal(entry))
        report.entries += 1
    }

    /// The entry of a plan. Where a factor series lacks an hour, the activity waits, as without
    /// a factor.
    private mutating func entry(
        _ plan: EntryPlan, _ maker: EntryMaker, _ activity: BookState.Numbered<ActivityRecord>
    ) throws -> JournalEntry {
        guard let series = plan.series, let role = plan.role else { return try maker.entry(plan) }
        let pair = try shelf.pair(activity.value, series.booked.series)
        do {
            return try maker.entry(plan, with: pair)
        } catch .series(let objection) {
            guard let rule = series.rule else { throw PostingError.series(objection) }
            wait(
                activity,
                UnresolvedRole(
                    role: role.role, period: plan.part.period,
                    resolution: .seriesUnusable(rule, objection)))
            return try maker.entry(
                EntryPlan(rule: .unresolvedFactor, part: plan.part, role: role))
        }
    }

    private mutating func wait(
        _ activity: BookState.Numbered<ActivityRecord>, _ role: UnresolvedRole
    ) {
        report.unresolved.append(
            PostReport.Unresolved(activity: activity.number, record: activity.value, role: role))
    }

    private static func waits(_ entry: JournalEntry) -> Bool {
        entry.calculation?.rule == PostingRule.unresolvedFactor.rawValue
    }

    private static func diagnostic(
        _ error: PostingError, _ activity: BookState.Numbered<ActivityRecord>
    ) -> Diagnostic {
        let evidence = activity.value.evidence
        let place = SourceLocation(file: evidence.name, line: evidence.line.flatMap { Int($0) })
        switch error {
        case .facilityUnknown(let facility):
            return Diagnostic(
                .organisationInvalid, at: place,
                "activity \(activity.number) belongs to facility '\(facility)', which the "
                    + "organisation does not list",
                hint: "add the facility to organisation.toml and apply it")
        case .serviceLifeInvalid(let life):
            return Diagnostic(
                .ruleInvalid, at: place, "a service life of '\(life)' months is not possible",
                hint: "state 1 to 100 years in rules.toml")
        case .quantity, .entry, .calculationUnknown, .series:
            return Diagnostic(
                .numberOutOfRange, at: place,
                "activity \(activity.number) of \(activity.value.quantity) cannot be posted: "
                    + "\(error)")
        }
    }
}
