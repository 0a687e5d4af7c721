internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities

/// What the columns of a file of factor values mean: the TOML of `Schemas/factor-series.md`.
struct FactorSeriesDeclaration {
    /// What the time of a row names.
    enum Label: String, CaseIterable { case start, end }

    enum NegativeGeneration: String, CaseIterable {
        case refuse
        case countAsZero = "count-as-zero"
    }

    struct Time {
        let column: String
        let format: LocalTimeFormat
        let label: Label
        /// False where each time states its offset.
        let isUTC: Bool
        let step: Int
    }

    struct Zone {
        let column: String
        /// From the zones of the file to regions; other zones are left out. `nil` takes all.
        let regions: [String: String]?
    }

    enum Values {
        case published(column: String)
        case generationWeighted(Mix)
    }

    struct Mix {
        let fuels: [FactorSeries.Fuel]
        let ignored: [String]
        /// Decimals of a value.
        let decimals: Int
        let negative: NegativeGeneration
    }

    struct Identity {
        let key: String
        let version: String
        /// The version below the same key that this one replaces.
        let supersedes: String?
        let name: String
        let activity: ActivityCode
        let role: FactorRole
        let boundary: FactorSeries.Boundary
        let substance: Substance
        let massUnit: Unit
        let activityUnit: Unit
        let region: String?
        let source: EmissionFactor.Source
        let licence: EmissionFactor.Licence
    }

    let identity: Identity
    let dialect: CSVDialect
    let notation: DecimalNotation
    let time: Time
    let zone: Zone?
    let values: Values

    /// The columns the declaration speaks of.
    var columns: [String] {
        let others: [String] =
            switch values {
            case .published(let column): [column]
            case .generationWeighted(let mix): mix.fuels.map(\.column)
            }
        return [time.column] + (zone.map { [$0.column] } ?? []) + others
    }

    /// - Throws: every fault of the text, as `factor-invalid`.
    static func read(
        _ document: Document
    ) throws(FactorSeriesFaults) -> FactorSeriesDeclaration {
        let table: StrictTable
        do throws(Diagnostic) {
            table = try StrictTable(
                toml: String(decoding: document.bytes, as: UTF8.self), file: document.name,
                code: .factorInvalid)
        } catch {
            throw FactorSeriesFaults(diagnostics: [error])
        }
        let declaration = declaration(table)
        guard table.diagnostics.isEmpty, let declaration else {
            throw FactorSeriesFaults(diagnostics: table.diagnostics)
        }
        return declaration
    }

    private static func declaration(_ table: StrictTable) -> FactorSeriesDeclaration? {
        _ = table.parsed("kind", expected: "write \"factor-series\"") {
            $0 == "factor-series" ? $0 : nil
        }
        let identity = identity(table)
        let read = table.section("read")
        let delimiter = read?.parsed("delimiter", expected: "write one of , ; or a tab") { text in
            text.utf8.count == 1 ? text.utf8.first : nil
        }
        let mark = read?.parsed(
            "decimal", expected: "write \".\" or \",\"", DecimalNotation.Mark.init(rawValue:))
        read?.finish()
        let time = table.section("time").flatMap(time)
        let zone = table.nested("zone").flatMap(zone)
        let values = values(table)
        if table.has("region") == table.has("zone") {
            table.fault(
                nil, "either 'region' or [zone] says where the values hold",
                hint: "write region = \"NL\", or [zone] with the column that names the zone")
        }
        table.finish()
        guard let identity, let delimiter, let mark, let time, let values else { return nil }
        return FactorSeriesDeclaration(
            identity: identity, dialect: CSVDialect(delimiter: delimiter, quote: 0x22),
            notation: DecimalNotation(mark: mark, grouping: nil), time: time, zone: zone,
            values: values)
    }

    private static func identity(_ table: StrictTable) -> Identity? {
        let key = table.required("key")
        let version = table.required("version")
        let supersedes = table.string("supersedes")
        let name = table.required("name")
        let activity = table.parsed("activity", expected: "write electricity", ActivityCode.init)
        let role = table.word("role", of: FactorRole.self)
        let boundary = table.word("boundary", of: FactorSeries.Boundary.self)
        let substance = table.parsed(
            "substance", expected: "write CO2, or CO2e@AR5 where the source gives CO2e",
            Substance.init)
        let mass = table.parsed("mass_unit", expected: "write g, kg or lb") { unit($0, of: .mass) }
        let per = table.parsed("activity_unit", expected: "write kWh or MWh") {
            unit($0, of: .energy)
        }
        let region = table.string("region")
        let source = table.section("source").flatMap(source)
        let licence = table.section("licence").flatMap(licence)
        guard let key, let version, let name, let activity, let role, let boundary, let substance,
            let mass, let per, let source, let licence
        else { return nil }
        return Identity(
            key: key, version: version, supersedes: supersedes, name: name, activity: activity,
            role: role, boundary: boundary, substance: substance, massUnit: mass,
            activityUnit: per, region: region, source: source, licence: licence)
    }

    private static func unit(_ symbol: String, of dimension: Dimension) -> Unit? {
        UnitCatalog.unit(symbol: symbol).flatMap { $0.dimension == dimension ? $0 : nil }
    }

    private static func source(_ table: StrictTable) -> EmissionFactor.Source? {
        defer { table.finish() }
        let texts = ["title", "publisher", "edition", "place", "retrieved_from"].map {
            table.required($0)
        }.compactMap(\.self)
        guard texts.count == 5 else { return nil }
        return EmissionFactor.Source(
            title: texts[0], publisher: texts[1], edition: texts[2], place: texts[3],
            retrievedFrom: texts[4])
    }

    private static func licence(_ table: StrictTable) -> EmissionFactor.Licence? {
        defer { table.finish() }
        let name = table.required("name")
        let attribution = table.string("attribution") ?? ""
        let redistribution = table.word(
            "redistribution", of: EmissionFactor.Licence.Redistribution.self)
        guard let name, let redistribution else { return nil }
        return EmissionFactor.Licence(
            name: name, attribution: attribution, redistribution: redistribution)
    }

    private static func time(_ table: StrictTable) -> Time? {
        defer { table.finish() }
        let column = table.required("column")
        let format = table.parsed(
            "format", expected: "write 'iso-8601', or fields such as 'dd-MM-yyyy HH:mm'",
            { LocalTimeFormat($0) })
        let label = table.word("label", of: Label.self)
        let step = table.requiredInteger("step_seconds")
        let zone = table.parsed("zone", required: false, expected: "write \"UTC\"") {
            $0 == "UTC" ? $0 : nil
        }
        if format?.hasOffset == false, zone == nil { table.missing("zone") }
        if format?.hasTime == false { table.fault("format", "the format holds no time of day") }
        if let step, !(60...86_400).contains(step) {
            table.fault("step_seconds", "a step lasts 60 to 86400 seconds")
            return nil
        }
        guard let column, let format, let label, let step else { return nil }
        return Time(
            column: column, format: format, label: label, isUTC: zone != nil, step: step)
    }

    private static func zone(_ table: StrictTable) -> Zone? {
        defer { table.finish() }
        let column = table.required("column")
        let regions = table.dictionary("regions")?.mapValues { $0.joined() }
        return column.map { Zone(column: $0, regions: regions) }
    }

    private static func values(_ table: StrictTable) -> Values? {
        if let value = table.nested("value") {
            defer { value.finish() }
            if table.has("derivation") {
                table.fault("derivation", "[value] and [derivation] exclude each other")
            }
            return value.required("column").map { .published(column: $0) }
        }
        return table.section("derivation").flatMap(mix).map { .generationWeighted($0) }
    }

    private static func mix(_ table: StrictTable) -> Mix? {
        defer { table.finish() }
        let decimals = table.requiredInteger("decimals")
        let negative = table.word("negative_generation", of: NegativeGeneration.self)
        let ignored = table.strings("ignored_columns") ?? []
        let fuels = table.tables("fuel").map { fuel -> FactorSeries.Fuel? in
            defer { fuel.finish() }
            let column = fuel.required("column")
            let amount = fuel.parsed("amount", expected: "write a decimal in quotes") { text in
                (try? ExactDecimal(parsing: text)).flatMap { $0.isNegative ? nil : $0 }
            }
            let source = fuel.required("source")
            guard let column, let amount, let source else { return nil }
            return FactorSeries.Fuel(column: column, amount: amount, source: source)
        }.compactMap(\.self)
        if fuels.isEmpty { table.missing("fuel") }
        if let decimals, !(0...12).contains(decimals) {
            table.fault("decimals", "a value has 0 to 12 decimals")
            return nil
        }
        guard let decimals, let negative else { return nil }
        return Mix(fuels: fuels, ignored: ignored, decimals: decimals, negative: negative)
    }
}

/// What is wrong with a declaration or with its data.
struct FactorSeriesFaults: Error { let diagnostics: [Diagnostic] }
