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
        /// `nil` where the document names its zones by itself.
        let column: String?
        /// From the zones of the file to regions; other zones are left out. `nil` takes all.
        let regions: [String: String]?
    }

    /// What the file is.
    enum Form: String, CaseIterable { case csv, entsoe }

    /// How a table is written.
    struct Table {
        let dialect: CSVDialect
        let notation: DecimalNotation
        let time: Time
    }

    enum Layout {
        case table(Table)
        /// Generation by production type of ENTSO-E, which states its times and its units.
        case marketDocument
    }

    enum Values {
        case published(column: String)
        case generationWeighted(Mix)
    }

    /// What becomes of the power that storage takes from the grid.
    enum StorageConsumption: String, CaseIterable {
        case ignore
        /// From the generation of its own production type.
        case subtract
    }

    /// What a declared fuel of which the document holds nothing at all means.
    enum AbsentFuel: String, CaseIterable {
        case refuse
        case countAsZero = "count-as-zero"
    }

    struct Mix {
        let fuels: [FactorSeries.Fuel]
        let ignored: [String]
        /// Decimals of a value.
        let decimals: Int
        let negative: NegativeGeneration
        /// `nil` where nothing is declared: then none may be there.
        let storage: StorageConsumption?
        let absent: AbsentFuel
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
    let layout: Layout
    /// Seconds of a value.
    let step: Int
    let zone: Zone?
    let values: Values

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
        let form = table.word("document", of: Form.self, required: false) ?? .csv
        let layout: Layout?
        let step: Int?
        switch form {
        case .csv:
            let rows = rows(table)
            layout = rows.map { .table($0) }
            step = rows?.time.step
        case .entsoe:
            layout = .marketDocument
            let time = table.section("time")
            step = time.flatMap(Self.step)
            time?.finish()
        }
        let zone = table.nested("zone").flatMap { Self.zone($0, form) }
        let values = values(table, form)
        if table.has("region") == table.has("zone") {
            table.fault(
                nil, "either 'region' or [zone] says where the values hold",
                hint: "write region = \"NL\", or [zone] with the column that names the zone")
        }
        table.finish()
        guard let identity, let layout, let step, let values else { return nil }
        return FactorSeriesDeclaration(
            identity: identity, layout: layout, step: step, zone: zone, values: values)
    }

    private static func rows(_ table: StrictTable) -> Table? {
        let read = table.section("read")
        let delimiter = read?.parsed("delimiter", expected: "write one of , ; or a tab") { text in
            text.utf8.count == 1 ? text.utf8.first : nil
        }
        let mark = read?.parsed(
            "decimal", expected: "write \".\" or \",\"", DecimalNotation.Mark.init(rawValue:))
        read?.finish()
        let time = table.section("time").flatMap(time)
        guard let delimiter, let mark, let time else { return nil }
        return Table(
            dialect: CSVDialect(delimiter: delimiter, quote: 0x22),
            notation: DecimalNotation(mark: mark, grouping: nil), time: time)
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
        let step = step(table)
        let zone = table.parsed("zone", required: false, expected: "write \"UTC\"") {
            $0 == "UTC" ? $0 : nil
        }
        if format?.hasOffset == false, zone == nil { table.missing("zone") }
        if format?.hasTime == false { table.fault("format", "the format holds no time of day") }
        guard let column, let format, let label, let step else { return nil }
        return Time(
            column: column, format: format, label: label, isUTC: zone != nil, step: step)
    }

    private static func step(_ table: StrictTable) -> Int? {
        guard let step = table.requiredInteger("step_seconds") else { return nil }
        guard (60...86_400).contains(step) else {
            table.fault("step_seconds", "a step lasts 60 to 86400 seconds")
            return nil
        }
        return step
    }

    private static func zone(_ table: StrictTable, _ form: Form) -> Zone? {
        defer { table.finish() }
        let regions = table.dictionary("regions")?.mapValues { $0.joined() }
        switch form {
        case .csv: return table.required("column").map { Zone(column: $0, regions: regions) }
        case .entsoe: return Zone(column: nil, regions: regions)
        }
    }
}

/// What is wrong with a declaration or with its data.
struct FactorSeriesFaults: Error { let diagnostics: [Diagnostic] }
