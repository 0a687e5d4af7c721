internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// Reads `gwp.csv`: one row a gas and set.
enum GWPTableReader {
    static func read(_ document: Document) throws(FactorLibraryError) -> [GWPTable] {
        do throws(Diagnostic) {
            return try tables(document)
        } catch {
            throw .packRefused(document.name, [error])
        }
    }

    private static func tables(_ document: Document) throws(Diagnostic) -> [GWPTable] {
        var table = try ColumnTable(
            document, columns: ["set", "gas", "published_name", "value", "source"])
        var values: [GWPValueSet: [String: ExactDecimal]] = [:]
        var sources: [GWPValueSet: String] = [:]
        while try table.advance() {
            guard let set = GWPValueSet(rawValue: table.text("set")),
                let gas = Gas(table.text("gas"))
            else { throw refusal(table, "no gas of a known set") }
            let value = try table.decimal("value")
            guard values[set, default: [:]].updateValue(value, forKey: gas.name) == nil else {
                throw refusal(table, "the gas '\(gas)' stands in the set twice")
            }
            sources[set] = table.text("source")
        }
        return GWPValueSet.allCases.compactMap { set in
            guard let potentials = values[set], let source = sources[set] else { return nil }
            return GWPTable(set: set, values: potentials, source: source)
        }
    }

    private static func refusal(_ table: ColumnTable, _ message: String) -> Diagnostic {
        Diagnostic(.factorInvalid, at: table.line, message)
    }
}

/// Reads `refrigerant-blends.csv`: one row a species of a blend.
enum RefrigerantBlendReader {
    static func read(_ document: Document) throws(FactorLibraryError) -> [RefrigerantBlend] {
        do throws(Diagnostic) {
            return try blends(document)
        } catch {
            throw .packRefused(document.name, [error])
        }
    }

    private static func blends(_ document: Document) throws(Diagnostic) -> [RefrigerantBlend] {
        var table = try ColumnTable(document, columns: ["blend", "gas", "share", "source"])
        var names: [String] = []
        var shares: [String: [RefrigerantBlend.Share]] = [:]
        var sources: [String: String] = [:]
        while try table.advance() {
            let name = table.text("blend")
            guard let gas = Gas(table.text("gas")) else {
                throw Diagnostic(.factorInvalid, at: table.line, "no name of a gas")
            }
            if shares[name] == nil { names.append(name) }
            let fraction = try table.decimal("share")
            shares[name, default: []].append(.init(gas: gas, fraction: fraction))
            sources[name] = table.text("source")
        }
        var blends: [RefrigerantBlend] = []
        for name in names {
            let parts = shares[name, default: []]
            guard isWhole(parts) else {
                throw Diagnostic(
                    .factorInvalid, at: SourceLocation(file: document.name),
                    "the shares of '\(name)' do not sum to 1")
            }
            blends.append(
                RefrigerantBlend(name: name, shares: parts, source: sources[name] ?? ""))
        }
        return blends
    }

    private static func isWhole(_ shares: [RefrigerantBlend.Share]) -> Bool {
        do throws(QuantityError) {
            return try ExactDecimal.sum(shares.map(\.fraction)) == .one
        } catch {
            return false
        }
    }
}

extension ColumnTable {
    /// - Throws: `number-invalid`.
    func decimal(_ column: String) throws(Diagnostic) -> ExactDecimal {
        do throws(QuantityError) {
            return try ExactDecimal(parsing: text(column))
        } catch {
            throw Diagnostic(
                .numberInvalid, at: location(column),
                "'\(DiagnosticRenderer.quoted(text(column)))' is not a decimal number")
        }
    }
}
