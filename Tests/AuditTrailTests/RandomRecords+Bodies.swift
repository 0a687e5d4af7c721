internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Quantities

extension RandomRecords {
    mutating func organisation() -> Organisation {
        var organisation = wholeOrganisation()
        organisation.parts = maybe { DecimalText(wrappedValue: 1 + $0.below(99)) }
        return organisation
    }

    private mutating func wholeOrganisation() -> Organisation {
        Organisation(
            name: text(), legalEntityIdentifier: maybe { $0.text() },
            consolidationApproach: one(of: Organisation.ConsolidationApproach.allCases),
            gwpValueSet: one(of: GWPValueSet.allCases), baseYear: 1990 + below(60),
            facilities: list { $0.site() }, meters: list { $0.meter() },
            suppliers: list { records in
                Supplier(
                    id: records.supplier(), name: records.text(),
                    aliases: records.list { $0.text() })
            },
            factorRules: list { $0.factorRule() },
            exclusions: list {
                Organisation.Exclusion(category: String(1 + $0.below(15)), reason: $0.text())
            })
    }

    mutating func site() -> Facility {
        Facility(
            id: facility(), name: text(), country: one(of: ["NL", "US", "DE"]),
            gridRegion: maybe { $0.text() }, timeZone: "Europe/Amsterdam",
            floorArea: maybe { $0.quantity() }, itPower: maybe { $0.quantity() },
            ownershipShare: decimal())
    }

    mutating func meter() -> Meter {
        Meter(
            number: text(), facility: facility(),
            carrier: one(of: Carrier.allCases.filter { $0 != .unknown }),
            role: one(of: Meter.Role.allCases), validFrom: day(), validUntil: maybe { $0.day() },
            supplier: maybe { $0.supplier() },
            direction: maybe { $0.one(of: FlowDirection.allCases) })
    }

    mutating func factorRule() -> FactorRule {
        FactorRule(
            activity: activityCode(), role: one(of: FactorRole.allCases),
            facility: maybe { $0.facility() }, supplier: maybe { $0.supplier() },
            period: maybe { $0.period() }, factorKey: text(), reason: text())
    }

    mutating func matchingRule() -> MatchingRule {
        let target = MatchingRule.Target(
            activity: activityCode(), facility: facility(), treatment: treatment())
        return MatchingRule(
            name: text(),
            when: MatchingRule.Conditions(
                itemName: maybe { $0.text() }, classification: maybe { $0.text() },
                supplier: maybe { $0.supplier() }, unitCode: maybe { $0.text() }),
            outcome: below(2) == 0 ? .ignore(reason: text()) : .activity(target))
    }

    mutating func treatment() -> ActivityRecord.Treatment {
        switch below(8) {
        case 4...7: statedTreatment()
        case 0:
            .consumption(
                ActivityRecord.Consumption(
                    direction: one(of: FlowDirection.allCases),
                    role: one(of: Meter.Role.allCases), meter: maybe { $0.text() }))
        case 1:
            .capitalGood(
                ActivityRecord.CapitalGood(
                    asset: asset(), component: asset(), module: one(of: LifeCycleModule.allCases),
                    source: one(of: EmissionSource.allCases), serviceLifeMonths: below(800)))
        case 2:
            .expense(
                ActivityRecord.Expense(
                    module: one(of: LifeCycleModule.allCases),
                    source: one(of: EmissionSource.allCases)))
        case _:
            .refrigerantCharge(
                ActivityRecord.RefrigerantCharge(equipment: asset(), refrigerant: text()))
        }
    }

    /// What logs and statements state.
    private mutating func statedTreatment() -> ActivityRecord.Treatment {
        switch below(4) {
        case 0:
            .refrigerantRecovery(
                ActivityRecord.RefrigerantCharge(equipment: asset(), refrigerant: text()))
        case 1:
            .refrigerantLeak(
                ActivityRecord.RefrigerantLeak(
                    equipment: asset(), refrigerant: text(), added: decimal(),
                    recovered: decimal()))
        case 2:
            .certificate(
                ActivityRecord.Certificate(
                    registry: text(), serialFrom: text(), serialTo: text(),
                    technology: one(of: CertificateTechnology.allCases), country: text(),
                    production: period(), beneficiary: maybe { $0.text() },
                    cancelledOn: maybe { $0.day() }, wasHeld: below(2) == 0))
        case _:
            .statedEmission(
                ActivityRecord.StatedEmission(
                    provider: text(), figure: text(), substance: substance(),
                    method: one(of: ActivityRecord.StatedEmission.Method.allCases),
                    source: one(of: EmissionSource.allCases)))
        }
    }

    mutating func gwpTable() -> GWPTable {
        var values: [String: ExactDecimal] = [:]
        for _ in 0..<below(6) { values[gas().name] = decimal() }
        return GWPTable(set: one(of: GWPValueSet.allCases), values: values, source: text())
    }

    mutating func blend() -> RefrigerantBlend {
        RefrigerantBlend(
            name: text(),
            shares: list { RefrigerantBlend.Share(gas: $0.gas(), fraction: $0.decimal()) },
            source: text())
    }

    mutating func factor() -> EmissionFactor {
        EmissionFactor(
            key: text(), version: text(), status: one(of: EmissionFactor.Status.allCases),
            supersedes: list { $0.text() }, name: text(), activity: activityCode(),
            role: one(of: FactorRole.allCases), region: text(), validFrom: day(),
            validUntil: maybe { $0.day() }, dataPeriod: maybe { $0.text() },
            activityUnit: unit(),
            heatingValueBasis: maybe { $0.one(of: EmissionFactor.HeatingValueBasis.allCases) },
            components: list { records in
                EmissionFactor.Component(
                    substance: records.substance(), amount: records.decimal(),
                    unit: records.unit())
            },
            modules: list { $0.one(of: LifeCycleModule.allCases) },
            uncertaintyPercent: maybe { $0.decimal() }, biogenicSeparated: below(2) == 0,
            qualityFlags: list { $0.text() },
            source: EmissionFactor.Source(
                title: text(), publisher: text(), edition: text(), place: text(),
                retrievedFrom: text()),
            licence: EmissionFactor.Licence(
                name: text(), attribution: text(),
                redistribution: one(of: EmissionFactor.Licence.Redistribution.allCases)),
            notes: maybe { $0.text() }, declaration: maybe { $0.evidence() })
    }

    mutating func factorSeries() -> FactorSeries {
        FactorSeries(
            factor: factor(), boundary: one(of: FactorSeries.Boundary.allCases),
            substance: substance(), massUnit: unit(),
            times: FactorSeries.Times(
                start: instant(), end: instant(), step: below(90_000), count: below(9_000)),
            chunk: digest(), documents: list { $0.digest() },
            derivation: maybe { records in
                FactorSeries.Derivation(
                    rule: records.text(), rounding: records.text(),
                    negativeGeneration: records.text(),
                    storageConsumption: records.maybe { $0.text() },
                    absentFuel: records.maybe { $0.text() },
                    fuels: records.list {
                        FactorSeries.Fuel(
                            column: $0.text(), amount: $0.decimal(), source: $0.text())
                    })
            })
    }

    mutating func document() -> ReceivedDocument {
        ReceivedDocument(
            digest: digest(), name: text(), size: below(9_999_999), mediaType: text(),
            format: text(), profile: maybe { $0.text() }, profileHash: maybe { $0.digest() },
            outcome: text(),
            place: maybe { random in
                ReceivedDocument.Place(
                    container: random.digest(), member: random.text(),
                    rendering: random.maybe { $0.text() })
            },
            invoices: maybe { $0.list { $0.invoiceHead() } })
    }

    mutating func invoiceHead() -> InvoiceHead {
        InvoiceHead(party: text(), number: text(), issued: maybe { $0.day() })
    }

    mutating func activity() -> ActivityRecord {
        ActivityRecord(
            activity: activityCode(), facility: facility(), period: period(),
            quantity: quantity(), treatment: treatment(), supplier: maybe { $0.supplier() },
            slot: ClaimSlot(
                subject: text(), series: maybe { $0.text() }, start: maybe { $0.instant() },
                end: maybe { $0.instant() }),
            series: maybe { $0.series() }, quality: maybe { $0.one(of: ReadingQuality.allCases) },
            estimated: maybe { $0.decimal() },
            register: maybe { RegisterSpan(opening: $0.decimal(), closing: $0.decimal()) },
            revisions: maybe {
                $0.list { ReadingRevision(start: $0.instant(), updated: $0.maybe { $0.instant() }) }
            },
            invoice: maybe { $0.invoiceReference() }, evidence: evidence())
    }

    mutating func invoiceReference() -> InvoiceReference {
        InvoiceReference(
            party: text(), number: text(), line: text(), corrects: list { $0.text() },
            isReplacement: below(2) == 0, isUndated: maybe { $0.below(2) == 0 })
    }

    mutating func series() -> SeriesReference {
        SeriesReference(chunk: digest(), count: below(3_000), documents: list { $0.digest() })
    }

    mutating func waitingLine() -> WaitingLine {
        WaitingLine(
            reason: one(of: WaitingLine.Reason.allCases), line: maybe { $0.invoiceLine() },
            activity: maybe { $0.activity() }, meter: maybe { $0.text() }, message: text(),
            evidence: evidence())
    }

    mutating func invoiceLine() -> InvoiceLineFacts {
        InvoiceLineFacts(
            supplierName: text(), supplierIdentifiers: list { $0.text() }, invoiceNumber: text(),
            lineIdentifier: text(), itemName: text(),
            classifications: list { $0.text() }, quantity: decimal(), unitCode: text(),
            period: period(), netAmount: maybe { $0.decimal() },
            currency: maybe { _ in "EUR" },
            corrects: list { $0.text() }, isReplacement: below(2) == 0,
            isUndated: maybe { $0.below(2) == 0 })
    }

    mutating func journalEntry() throws -> JournalEntry {
        let commodity = one(
            of: [
                Commodity.emission(substance()), .physical(unit(), of: nil),
                .physical(unit(), of: "R-410A"),
            ])
        let basis = one(of: [Basis.common, .location, .market, .scenario("what-if")])
        let amount = ExactDecimal(1 + below(1_000_000))
        let counterparty = maybe { $0.text() }
        return try JournalEntry(
            effective: day(), facility: facility(), description: text(),
            postings: [
                .debit(
                    Account(.object, ["ams1", "use", "B6"]), amount, commodity, basis: basis,
                    counterparty: counterparty),
                .credit(
                    .source(one(of: EmissionSource.allCases)), amount, commodity, basis: basis),
            ],
            calculation: maybe { $0.calculation() },
            reversal: maybe {
                JournalEntry.Reversal(entry: $0.number(), reason: $0.text())
            })
    }

    mutating func calculation() -> JournalEntry.Calculation {
        JournalEntry.Calculation(
            rule: text(), activity: number(), period: period(), quantity: quantity(),
            factor: maybe { $0.number() }, factorHash: maybe { $0.digest() },
            role: maybe { $0.one(of: FactorRole.allCases) }, rounding: text())
    }
}
