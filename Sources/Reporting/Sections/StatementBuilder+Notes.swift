internal import Inventory
internal import LedgerCore
internal import Quantities

/// Factors, decisions, methods and evidence.
extension StatementBuilder {
    mutating func factorsSection() throws(StatementError) -> StatementSection {
        var rows: [StatementTable.Row] = []
        let used = input.disclosures.factorsUsed.sorted { $0.record < $1.record }
        for use in used {
            var values: [ExactDecimal] = []
            for (substance, milligrams) in use.carried {
                values.append(try valuation.exactValue(substance, milligrams))
            }
            let sources = use.factor.role.sources.map { Account.source($0).name }
            let query = AccountQuery(
                .credit, of: sources.isEmpty ? ["source"] : sources,
                bases: [.common, .location, .market])
            let draft = FigureDraft(
                "FACTOR_\(use.record)", "Carried by \(use.factor.identity)",
                "What the entries citing factor record \(use.record) carry, as booked, before any"
                    + " share of ownership.", query, isAsBooked: true)
            let cell = try add(draft, value: exactly(values))
            rows.append(
                .init(
                    use.factor.name, .plain,
                    [
                        .text(use.factor.identity), .text(use.factor.region),
                        .text("\(use.factor.source.publisher), \(use.factor.source.edition)"),
                        .text(use.factor.licence.name), .text("\(use.record)"),
                        .text("\(use.entries)"), cell,
                    ]))
        }
        let table = StatementTable(
            "Emission factors used",
            [
                .init("Factor", .text), .init("Version", .code), .init("Region", .text),
                .init("Publisher, edition", .text), .init("Licence", .text),
                .init("Record", .text), .init("Entries", .text), .init("t CO2e"),
            ], rows)
        var blocks: [StatementBlock] = rows.isEmpty ? [.paragraph("No factor was used.")] : []
        if !rows.isEmpty { blocks += [.table(table), .facts(factorSources(used))] }
        let attributions = Set(used.map(\.factor.licence.attribution)).filter { !$0.isEmpty }
        if !attributions.isEmpty { blocks.append(.list(attributions.sorted())) }
        if let rules = rulesTable { blocks.append(.table(rules)) }
        return StatementSection(id: "factors", title: "Emission factors", blocks: blocks)
    }

    private func factorSources(_ used: [FactorUse]) -> [StatementFact] {
        used.map { use in
            let source = use.factor.source
            var text = "\(source.title), \(source.place)"
            if let reason = use.ruleReason { text += "; chosen by rule: \(reason)" }
            if !use.factor.qualityFlags.isEmpty {
                text += "; flags: \(use.factor.qualityFlags.joined(separator: ", "))"
            }
            if let declaration = use.factor.declaration {
                text += "; declared in \(declaration.name), SHA-256 \(declaration.document)"
                if let end = use.factor.validUntil {
                    text += ", valid until \(end.adding(days: -1))"
                }
            }
            return StatementFact(use.factor.identity, "\(text); SHA-256 \(use.hash)")
        }
    }

    private var rulesTable: StatementTable? {
        let rules = input.organisation.factorRules
        guard !rules.isEmpty else { return nil }
        return StatementTable(
            "Factor rules: decisions of the organisation",
            [
                .init("Activity", .text), .init("Role", .text), .init("Where", .text),
                .init("Factor", .code), .init("Reason", .text),
            ],
            rules.map { rule in
                let limits = [
                    rule.facility?.rawValue, rule.supplier?.rawValue, rule.period?.description,
                ].compactMap(\.self)
                return .init(
                    rule.activity.rawValue, .plain,
                    [
                        .text(rule.role.rawValue),
                        .text(limits.isEmpty ? "everywhere" : limits.joined(separator: ", ")),
                        .text(rule.factorKey), .text(rule.reason),
                    ])
            })
    }

    func basisOfPreparation() -> StatementSection {
        let organisation = input.organisation
        let table = input.gwpTable
        let approach =
            switch organisation.consolidationApproach {
            case .operationalControl: "operational control: facilities in full"
            case .financialControl: "financial control: facilities in full"
            case .equityShare: "equity share: facilities by share of ownership, exact products"
            }
        return StatementSection(
            id: "basis", title: "Basis of preparation",
            blocks: [
                .facts([
                    StatementFact("Consolidation", approach),
                    StatementFact(
                        "Facilities",
                        facilities.map { "\(facilityName($0)) (\($0))" }.joined(separator: "; ")),
                    StatementFact(
                        "Period",
                        "\(input.period.start) to \(input.period.lastDay), both included"),
                    StatementFact("Base year", "\(organisation.baseYear)"),
                    StatementFact(
                        "Global warming potentials",
                        "\(table.set.rawValue), 100 years; \(table.source)"),
                    StatementFact(
                        "Scope 2",
                        "location-based and market-based side by side; the two are never added"),
                    StatementFact(
                        "Capital goods",
                        "cradle to gate in the period of acquisition; amortisation is a memo"),
                    StatementFact(
                        "Biogenic CO2", "outside the scopes, stated apart in tonnes of the gas"),
                    StatementFact(
                        "Removals, credits, avoided emissions", "in no figure; nothing is netted"),
                    StatementFact(
                        "Factors",
                        "one version by written rule; without one the activity is left out and"
                            + " named on the first page"),
                    StatementFact(
                        "Rounding",
                        "postings half-even at the milligram; this statement half-even at the"
                            + " kilogram of CO2e and at the gram of a gas, each number on its own"),
                ])
            ])
    }

    func evidence() -> StatementSection {
        let provenance = input.provenance
        var blocks: [StatementBlock] = [
            .facts([
                StatementFact("Book", provenance.origin),
                StatementFact("Records", "\(provenance.bookSize)"),
                StatementFact("Root of the tree (SHA-256)", provenance.root),
                StatementFact("Program", provenance.program),
                StatementFact("Drawn up", "\(provenance.drawnUp)"),
            ])
        ]
        if !input.disclosures.documents.isEmpty {
            let rows = input.disclosures.documents.map { document in
                StatementTable.Row(
                    document.name, .plain, [.text(document.outcome), .text(document.digest)])
            }
            blocks.append(
                .table(
                    StatementTable(
                        "Documents",
                        [
                            .init("Document", .text), .init("Outcome", .text),
                            .init("SHA-256", .code),
                        ], rows)))
        }
        return StatementSection(id: "evidence", title: "Evidence", blocks: blocks)
    }
}

extension ReportingPeriod {
    /// The last day that belongs to the period.
    var lastDay: CivilDate { end.adding(days: -1) }
}
