internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities
internal import Testing

/// A decimal literal of a test.
func number(_ text: String) throws -> ExactDecimal { try ExactDecimal(parsing: text) }

func unit(_ symbol: String) throws -> Unit { try #require(UnitCatalog.unit(symbol: symbol)) }

func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

func period(_ text: String) throws -> ReportingPeriod { try #require(ReportingPeriod(text)) }

func month(_ text: String) throws -> CalendarMonth { try #require(CalendarMonth(text)) }

func activity(_ text: String) throws -> ActivityCode { try #require(ActivityCode(text)) }

/// A component of a factor as it is published, such as `53.06 kg CO2`.
func component(_ text: String) throws -> EmissionFactor.Component {
    let words = text.split(separator: " ").map(String.init)
    return EmissionFactor.Component(
        substance: try #require(Substance(words[2])), amount: try number(words[0]),
        unit: try unit(words[1]))
}

/// What tests say about a factor; everything else is the same for all.
struct FactorSample {
    var key = "test.factor"
    var version = "1"
    var status = EmissionFactor.Status.active
    var supersedes: [String] = []
    var activity = "electricity"
    var role = FactorRole.location
    var region = "NL"
    var validFrom = "2024-01-01"
    var validUntil: String? = "2025-01-01"
    var per = "kWh"
    var heatingValue: EmissionFactor.HeatingValueBasis?
    var components = ["0.3 kg CO2"]
    var isDeclared = false

    func factor() throws -> EmissionFactor {
        EmissionFactor(
            key: key, version: version, status: status, supersedes: supersedes, name: "Test",
            activity: try #require(ActivityCode(activity)), role: role, region: region,
            validFrom: try day(validFrom), validUntil: try validUntil.map(day),
            activityUnit: try unit(per), heatingValueBasis: heatingValue,
            components: try components.map(component),
            source: EmissionFactor.Source(
                title: "Test", publisher: "Test", edition: "1", place: "1", retrievedFrom: "test"),
            licence: EmissionFactor.Licence(name: "CC0", attribution: "", redistribution: .yes),
            declaration: isDeclared
                ? EvidenceReference(document: SHA256Digest(hashing: [1]), name: "epd.xml") : nil)
    }

    /// The factor as record `number` of a book.
    func booked(_ number: Int = 1) throws -> BookedFactor {
        let factor = try factor()
        return BookedFactor(
            number: RecordNumber(number),
            hash: SHA256Digest(hashing: Array(factor.identity.utf8)), factor: factor)
    }
}

/// What tests say about an activity; by default a month of electricity of `ams1`.
struct ActivitySample {
    var activity = "electricity"
    var period = "2024-01"
    var quantity = "1000"
    var unit = "kWh"
    var treatment: ActivityRecord.Treatment = .consumption(
        .init(direction: .import, role: .whole, meter: "M-1"))
    var supplier: String?

    func record() throws -> ActivityRecord {
        ActivityRecord(
            activity: try #require(ActivityCode(activity)), facility: try Self.facility().id,
            period: try QuantificationTests.period(period),
            quantity: Quantity(try number(quantity), try QuantificationTests.unit(unit)),
            treatment: treatment,
            supplier: try supplier.map { try #require(SupplierID($0)) },
            slot: ClaimSlot(subject: "test"),
            evidence: EvidenceReference(
                document: SHA256Digest(hashing: [1, 2, 3]), name: "bill.csv", line: 2))
    }

    static func facility(gridRegion: String? = nil) throws -> Facility {
        Facility(
            id: try #require(FacilityID("ams1")), name: "Amsterdam 1", country: "NL",
            gridRegion: gridRegion, timeZone: "Europe/Amsterdam")
    }

    static func organisation(rules: [FactorRule] = []) throws -> Organisation {
        Organisation(
            name: "Test", consolidationApproach: .operationalControl, gwpValueSet: .ar6,
            baseYear: 2024, facilities: [try facility()], factorRules: rules)
    }

    static func steel(
        months: Int = 3, source: EmissionSource = .capitalGoods
    ) throws -> ActivityRecord.Treatment {
        .capitalGood(
            .init(
                asset: try #require(AssetID("hall-a")), component: try #require(AssetID("steel")),
                module: .a1ToA3, source: source, serviceLifeMonths: months))
    }

    static func refrigerant() throws -> ActivityRecord.Treatment {
        .refrigerantCharge(
            .init(equipment: try #require(AssetID("chiller-1")), refrigerant: "R-410A"))
    }
}

extension JournalEntry {
    /// `account amount` for each posting, for comparison with expected lists.
    var lines: [String] {
        postings.map { posting in
            let basis = posting.basis == .common ? "" : " [\(posting.basis)]"
            return "\(posting.account) \(posting.amount) \(posting.commodity)\(basis)"
        }
    }
}
