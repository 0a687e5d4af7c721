/// The columns of a factor pack, in the order in which we write them (Schemas/factor-pack.md).
enum FactorPackColumn: String, CaseIterable {
    case key, version, status, supersedes, name, activity, role, region
    case validFrom = "valid_from", validUntil = "valid_until", dataPeriod = "data_period"
    case activityUnit = "activity_unit", heatingValueBasis = "heating_value_basis"
    case substance, amount, amountUnit = "amount_unit"
    case modules, uncertaintyPercent = "uncertainty_percent"
    case biogenicSeparated = "biogenic_separated", qualityFlags = "quality_flags"
    case sourceTitle = "source_title", publisher, edition, place
    case retrievedFrom = "retrieved_from", licence, attribution, redistribution, notes

    /// Whether the column says something about the component of the row only. The others are the
    /// same in all rows of a factor.
    var belongsToComponent: Bool {
        switch self {
        case .substance, .amount, .amountUnit: true
        case .key, .version, .status, .supersedes, .name, .activity, .role, .region, .validFrom,
            .validUntil, .dataPeriod, .activityUnit, .heatingValueBasis, .modules,
            .uncertaintyPercent, .biogenicSeparated, .qualityFlags, .sourceTitle, .publisher,
            .edition, .place, .retrievedFrom, .licence, .attribution, .redistribution, .notes:
            false
        }
    }
}
