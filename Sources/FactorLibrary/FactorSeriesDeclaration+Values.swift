internal import ImportKit
internal import Inventory
internal import Quantities

extension FactorSeriesDeclaration {
    /// `[value]`, or `[derivation]`, which alone makes an intensity of generation.
    static func values(_ table: StrictTable, _ form: Form) -> Values? {
        if form == .csv, let value = table.nested("value") {
            defer { value.finish() }
            if table.has("derivation") {
                table.fault("derivation", "[value] and [derivation] exclude each other")
            }
            return value.required("column").map { .published(column: $0) }
        }
        return table.section("derivation").flatMap { mix($0, form) }.map {
            .generationWeighted($0)
        }
    }

    private static func mix(_ table: StrictTable, _ form: Form) -> Mix? {
        defer { table.finish() }
        let decimals = table.requiredInteger("decimals")
        let negative = table.word("negative_generation", of: NegativeGeneration.self)
        let ignored: [String]
        var storage: StorageConsumption?
        var absent = AbsentFuel.refuse
        switch form {
        case .csv: ignored = table.strings("ignored_columns") ?? []
        case .entsoe:
            ignored = table.strings("ignored_types") ?? []
            storage = table.word(
                "storage_consumption", of: StorageConsumption.self, required: false)
            absent = table.word("absent_fuel", of: AbsentFuel.self, required: false) ?? absent
        }
        let fuels = table.tables("fuel").compactMap { fuel($0, form) }
        if fuels.isEmpty { table.missing("fuel") }
        if Set(fuels.map(\.column)).count < fuels.count {
            table.fault("fuel", "two fuels are told by the same mark")
            return nil
        }
        if let decimals, !(0...12).contains(decimals) {
            table.fault("decimals", "a value has 0 to 12 decimals")
            return nil
        }
        guard let decimals, let negative else { return nil }
        return Mix(
            fuels: fuels, ignored: ignored, decimals: decimals, negative: negative,
            storage: storage, absent: absent)
    }

    private static func fuel(_ table: StrictTable, _ form: Form) -> FactorSeries.Fuel? {
        defer { table.finish() }
        let mark: String? =
            switch form {
            case .csv: table.required("column")
            case .entsoe:
                table.parsed(
                    "production_type", expected: "write a PSR type of ENTSO-E, B01 to B25",
                    productionType)
            }
        let amount = table.parsed("amount", expected: "write a decimal in quotes") { text in
            (try? ExactDecimal(parsing: text)).flatMap { $0.isNegative ? nil : $0 }
        }
        let source = table.required("source")
        guard let mark, let amount, let source else { return nil }
        return FactorSeries.Fuel(column: mark, amount: amount, source: source)
    }

    /// ENTSO-E code list, PsrType: production types are B01 (biomass) to B20 (other) and B25
    /// (energy storage); B21 to B24 are equipment of the grid.
    private static func productionType(_ text: String) -> String? {
        let known = (1...20).map { "B\($0 < 10 ? "0" : "")\($0)" } + ["B25"]
        return known.contains(text) ? text : nil
    }
}
