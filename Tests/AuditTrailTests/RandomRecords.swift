internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import TestSupport

/// Records of every kind, with every optional part now there and now absent.
struct RandomRecords {
    var random: SplitMix64

    init(seed: Int) { random = SplitMix64(seed: seed) }

    mutating func record(_ kind: RecordBody.Kind) throws -> LedgerRecord {
        LedgerRecord(
            number: number(), recordedAt: instant(), actor: text(), body: try body(kind))
    }

    mutating func body(_ kind: RecordBody.Kind) throws -> RecordBody {
        switch kind {
        case .genesis: .genesis(Genesis(origin: text(), program: text(), rounding: text()))
        case .organisation: .organisation(organisation())
        case .organisationPart: .organisationPart(OrganisationPart(listsOf: organisation()))
        case .matchingRules: .matchingRules(list { $0.matchingRule() })
        case .matchingRulesPart: .matchingRulesPart(list { $0.matchingRule() })
        case .gwpTable: .gwpTable(gwpTable())
        case .refrigerantBlend: .refrigerantBlend(blend())
        case .factor: .factor(factor())
        case .factorSeries: .factorSeries(factorSeries())
        case .document: .document(document())
        case .documentPart:
            .documentPart(DocumentPart(document: digest(), invoices: list { $0.invoiceHead() }))
        case .activity: .activity(activity())
        case .waitingLine: .waitingLine(waitingLine())
        case .decision:
            .decision(
                Decision(
                    subject: number(), outcome: one(of: Decision.Outcome.allCases),
                    reason: text(), by: maybe { $0.number() }))
        case .journal: .journal(try journalEntry())
        case .periodClosing: .periodClosing(periodClosing())
        case .periodSeal: .periodSeal(periodSeal())
        case .periodReopening:
            .periodReopening(
                PeriodReopening(
                    period: period(), state: treeState(), reason: text(), approvals: approvals()))
        case .periodAdjustment:
            .periodAdjustment(PeriodAdjustment(reason: text(), entries: 1 + below(99)))
        case .keyAddition:
            .keyAddition(
                KeyAddition(
                    key: try noteKey(), actor: maybe { $0.text() }, handover: maybe { $0.text() }))
        case .keyRevocation: .keyRevocation(KeyRevocation(key: try noteKey(), reason: text()))
        case .roleGrant: .roleGrant(RoleGrant(actor: text(), role: one(of: Role.allCases)))
        case .roleRevocation:
            .roleRevocation(
                RoleRevocation(actor: text(), role: one(of: Role.allCases), reason: text()))
        case .erasure: .erasure(Erasure(document: digest(), basis: text(), reason: text()))
        }
    }

    // MARK: Simple values

    mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }

    mutating func maybe<Value>(_ make: (inout RandomRecords) -> Value) -> Value? {
        below(2) == 0 ? nil : make(&self)
    }

    mutating func list<Value>(_ make: (inout RandomRecords) -> Value) -> [Value] {
        (0..<below(4)).map { _ in make(&self) }
    }

    mutating func text() -> String {
        let parts = ["", "a", "Ü", "漢", "😀", "\"", "\\", "/", " ", "0", "-", "\u{2028}", "<&>"]
        return (0..<below(9)).map { _ in one(of: parts) }.joined()
    }

    mutating func slug() -> String { one(of: ["ams1", "a", "x-1", "vattenfall-nl", "0"]) }

    mutating func facility() -> FacilityID { FacilityID(unchecked: slug()) }
    mutating func supplier() -> SupplierID { SupplierID(unchecked: slug()) }
    mutating func activityCode() -> ActivityCode { ActivityCode(unchecked: slug()) }
    mutating func asset() -> AssetID { AssetID(unchecked: slug()) }
    mutating func number() -> RecordNumber { RecordNumber(below(1_000_000)) }
    mutating func digest() -> SHA256Digest { SHA256Digest(hashing: random.bytes(4)) }

    mutating func decimal() -> ExactDecimal {
        ExactDecimal(mantissa: Int128(below(2_000_001) - 1_000_000), exponent: below(12) - 8)
    }

    mutating func day() -> CivilDate { CivilDate(daysSinceEpoch: below(40_000)) }

    mutating func instant() -> Instant {
        Instant(secondsSinceEpoch: Int64(below(4_000_000_000)))
    }

    mutating func period() -> ReportingPeriod {
        let start = day()
        return ReportingPeriod(start: start, end: start.adding(days: 1 + below(400)))
            ?? start.calendarMonth.period
    }

    mutating func unit() -> Unit {
        let symbols = ["kWh", "MWh", "kg", "t", "m3", "m2", "EUR", "kW"]
        let units = symbols.compactMap(UnitCatalog.unit(symbol:))
        precondition(units.count == symbols.count, "The catalogue has the usual units.")
        return one(of: units)
    }

    mutating func quantity() -> Quantity { Quantity(decimal(), unit()) }

    mutating func gas() -> Gas {
        one(
            of: [.carbonDioxide, .methane, .biogenicCarbonDioxide]
                + ["HFC-134a", "PFC-14", "HFC-43-10mee"].compactMap { Gas($0) })
    }

    mutating func substance() -> Substance {
        below(3) == 0
            ? .carbonDioxideEquivalent(one(of: GWPValueSet.allCases)) : .gas(gas())
    }

    mutating func evidence() -> EvidenceReference {
        EvidenceReference(
            document: digest(), name: text(), line: maybe { $0.below(9_999) },
            place: maybe { $0.text() }, excerpt: maybe { $0.digest() })
    }
}
