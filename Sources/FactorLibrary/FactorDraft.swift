internal import Diagnostics
internal import Inventory
internal import Quantities

/// What the first row of a factor says about the factor, before its components are known.
struct FactorDraft {
    private let text: Text
    private let question: Question
    private let status: EmissionFactor.Status
    private let modules: [LifeCycleModule]
    private let uncertaintyPercent: ExactDecimal?
    private let biogenicSeparated: Bool
    private let licence: EmissionFactor.Licence

    private struct Text {
        let key, version, name: String
        let supersedes, qualityFlags: [String]
        let dataPeriod, notes: String?
        let source: EmissionFactor.Source
    }

    /// What the factor answers.
    private struct Question {
        let activity: ActivityCode
        let role: FactorRole
        let region: String
        let validFrom: CivilDate
        let validUntil: CivilDate?
        let activityUnit: Unit
        let heatingValueBasis: EmissionFactor.HeatingValueBasis?
    }

    /// - Returns: `nil` if a value is missing or wrong; the row then holds the problems.
    init?(_ row: inout FactorPackRow) {
        text = Self.text(&row)
        let question = Self.question(&row)
        let status = row.choice(.status, of: EmissionFactor.Status.self, isRequired: true)
        modules = row.modules()
        uncertaintyPercent = row.decimal(.uncertaintyPercent, isRequired: false)
        biogenicSeparated = row.truth(.biogenicSeparated)
        let licence = Self.licence(&row)
        guard let question, let status, let licence, row.problems.isEmpty else { return nil }
        self.question = question
        self.status = status
        self.licence = licence
    }

    func factor(_ components: [EmissionFactor.Component]) -> EmissionFactor {
        EmissionFactor(
            key: text.key, version: text.version, status: status, supersedes: text.supersedes,
            name: text.name, activity: question.activity, role: question.role,
            region: question.region, validFrom: question.validFrom,
            validUntil: question.validUntil, dataPeriod: text.dataPeriod,
            activityUnit: question.activityUnit, heatingValueBasis: question.heatingValueBasis,
            components: components, modules: modules, uncertaintyPercent: uncertaintyPercent,
            biogenicSeparated: biogenicSeparated, qualityFlags: text.qualityFlags,
            source: text.source, licence: licence, notes: text.notes)
    }

    private static func text(_ row: inout FactorPackRow) -> Text {
        let source = EmissionFactor.Source(
            title: row.required(.sourceTitle), publisher: row.required(.publisher),
            edition: row.required(.edition), place: row.required(.place),
            retrievedFrom: row.required(.retrievedFrom))
        return Text(
            key: row.required(.key), version: row.required(.version), name: row.required(.name),
            supersedes: row.list(.supersedes), qualityFlags: row.list(.qualityFlags),
            dataPeriod: row.optional(.dataPeriod), notes: row.optional(.notes), source: source)
    }

    private static func question(_ row: inout FactorPackRow) -> Question? {
        let activity = row.activity()
        let role = row.choice(.role, of: FactorRole.self, isRequired: true)
        let region = row.required(.region)
        let validFrom = row.date(.validFrom, isRequired: true)
        let validUntil = row.date(.validUntil, isRequired: false)
        let unit = row.unit(.activityUnit)
        let basis = row.choice(
            .heatingValueBasis, of: EmissionFactor.HeatingValueBasis.self, isRequired: false)
        guard let activity, let role, let validFrom, let unit else { return nil }
        if let validUntil, validUntil <= validFrom {
            row.refuse(
                .periodReversed, .validUntil,
                "the factor ends on '\(validUntil)', not after its beginning '\(validFrom)'",
                hint: "valid_until is the first day on which the factor is no longer taken")
            return nil
        }
        return Question(
            activity: activity, role: role, region: region, validFrom: validFrom,
            validUntil: validUntil, activityUnit: unit, heatingValueBasis: basis)
    }

    private static func licence(_ row: inout FactorPackRow) -> EmissionFactor.Licence? {
        let name = row.required(.licence)
        let redistribution = row.choice(
            .redistribution, of: EmissionFactor.Licence.Redistribution.self, isRequired: true)
        let attribution = row.text(.attribution)
        let asksForAttribution = name.hasPrefix("Open Government") || name.hasPrefix("CC BY")
        if asksForAttribution, attribution.isEmpty {
            row.refuse(
                .valueMissing, .attribution,
                "the licence '\(DiagnosticRenderer.quoted(name))' asks for an attribution",
                hint: "write the sentence that the publisher asks to be shown")
        }
        guard let redistribution else { return nil }
        return EmissionFactor.Licence(
            name: name, attribution: attribution, redistribution: redistribution)
    }
}
