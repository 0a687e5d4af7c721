internal import Documents
package import Hashing
internal import Inventory
internal import Quantities

/// How a flat CSV layout is read whose rows are no meter data: purchases, services of equipment,
/// certificates, statements of a provider.
///
/// It shares `[identify]` and `[read]` with `Profile`; instead of series it names, field by field,
/// the column that states it. See `importers/profiles/README.md`.
package struct RecordProfile: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case procurement, refrigerant, certificate, cloud
    }

    package let id: String
    package let version: Int
    package let kind: Kind
    /// SHA-256 of the text of the profile; stored with every record it produced.
    package let hash: SHA256Digest
    package let tests: [Test]
    let identification: Profile.Identification
    let layout: Profile.Layout
    /// How the file writes days.
    let dateFormat: LocalTimeFormat
    /// The column of each field; a field may also stand in `fixed`, for rows whose cell is empty.
    let columns: [RecordField: String]
    let fixed: [RecordField: String]
    /// Words of a column that are not ours, and what they mean.
    let words: [RecordField: [String: String]]
    /// What stands between the first and the last serial number where one cell holds both.
    let serialSeparator: String?
    let quarantineLimit: ExactDecimal

    /// A sample and its answer.
    package struct Test: Hashable, Sendable {
        /// Relative to the folder of the profile.
        package let file: String
        /// Rows that were read.
        package let records: Int
        package let quarantined: Int
        /// One sum for each unit: `7.5 kg`.
        package let totals: [String]
        /// The first day that a row states, and the one after the last.
        package let start: String
        package let end: String
    }
}

/// What a row can state.
package enum RecordField: String, CaseIterable, Hashable, Sendable {
    case date, facility, reference, quantity, unit
    // Purchases
    case supplier, number, line, item, classification, currency
    case netAmount = "net_amount"
    case lastDay = "last_day"
    // Services
    case equipment, refrigerant, reason, added, recovered, charge, technician, certificate
    // Certificates
    case registry, serials, technology, country, beneficiary, cancelled
    case serialFrom = "serial_from"
    case serialTo = "serial_to"
    case productionStart = "production_start"
    case productionEnd = "production_end"
    case useStart = "use_start"
    case useEnd = "use_end"
    // Statements of a provider
    case month, provider, service, region, account, scope1, scope3
    case scope2Location = "scope2_location"
    case scope2Market = "scope2_market"
    case gwpValueSet = "gwp"
}

extension RecordProfile.Kind {
    /// Fields without which a row says nothing.
    package var required: [RecordField] {
        switch self {
        case .procurement: [.supplier, .number, .line, .item, .quantity, .unit, .date]
        case .refrigerant: [.date, .facility, .equipment, .refrigerant, .reason, .unit]
        case .certificate:
            [
                .registry, .quantity, .unit, .technology, .country, .productionStart,
                .productionEnd, .facility,
            ]
        case .cloud: [.month, .provider, .facility, .service, .unit, .gwpValueSet]
        }
    }

    package var optional: [RecordField] {
        switch self {
        case .procurement: [.classification, .netAmount, .currency, .lastDay]
        case .refrigerant: [.added, .recovered, .charge, .technician, .certificate, .reference]
        case .certificate:
            [
                .serialFrom, .serialTo, .serials, .beneficiary, .cancelled, .useStart, .useEnd,
            ]
        case .cloud: [.region, .account, .scope1, .scope2Location, .scope2Market, .scope3]
        }
    }
}
