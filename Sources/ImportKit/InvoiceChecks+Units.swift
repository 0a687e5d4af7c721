internal import Diagnostics
internal import Documents
internal import Quantities

extension InvoiceChecks {
    /// One finding for each unit code that is not known, at its first line.
    static func unitCodes(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        var seen: Set<String> = []
        return invoice.lines.compactMap { line in
            guard let code = line.unitCode, !isKnown(unitCode: code), seen.insert(code).inserted
            else { return nil }
            return Diagnostic(
                .unitUnknown, severity: .warning,
                at: .init(file: file, line: line.place?.line ?? line.line),
                "the unit code \"\(DiagnosticRenderer.quoted(code))\" is no code of UN/CEFACT "
                    + "Recommendation 20 or 21 that is known here",
                hint: unitHint(code))
        }
    }

    /// What to do about a unit code from which no quantity can be booked. Nothing is taken for what
    /// it resembles: `KW` on an energy bill may be power or energy.
    package static func unitHint(_ code: String) -> String {
        let meant = lookalikes[code.uppercased()]
        return (meant.map { "\($0); " } ?? "")
            + "ask the supplier which unit is meant, its quantity is not booked; a rule can ignore "
            + "the line"
    }

    /// Texts that are met in place of a code, in upper case, and the codes they may stand for.
    private static let lookalikes: [String: String] = [
        "KW": "the kilowatt is KWT, the kilowatt-hour KWH",
        "MW": "the megawatt is MAW, the megawatt-hour MWH",
        "KWH": "the kilowatt-hour is KWH", "MWH": "the megawatt-hour is MWH",
        "WH": "the watt-hour is WHR", "GJ": "the gigajoule is GV", "MJ": "the megajoule is 3B",
        "TJ": "the terajoule is D30", "KVARH": "the kilovar-hour is K3",
        "M3": "the cubic metre is MTQ", "NM3": "the cubic metre is MTQ",
        "CBM": "the cubic metre is MTQ",
        "M2": "the square metre is MTK", "M": "the metre is MTR", "L": "the litre is LTR",
        "LT": "the litre is LTR", "KG": "the kilogram is KGM", "G": "the gram is GRM",
        "T": "the tonne is TNE", "TO": "the tonne is TNE", "NAR": "the piece is H87",
        "ST": "the piece is H87", "STK": "the piece is H87", "PCE": "the piece is H87",
        "PCS": "the piece is H87", "PC": "the piece is H87",
    ]

    /// Codes of Recommendation 20 that count, time or price a service and measure no matter.
    private static let serviceCodes: Set<String> = [
        "ACT", "ANN", "AS", "DPC", "DZN", "E27", "E48", "E49", "E51", "HAR", "HC", "IE", "KT", "LH",
        "LS", "MON", "NPR", "P1", "PF", "PR", "QAN", "SET", "WEE", "ZZ",
    ]

    /// Units of the catalogue, services, and the packages of Recommendation 21 (`XPP`).
    private static func isKnown(unitCode code: String) -> Bool {
        if UnitCatalog.unit(rec20: code) != nil || serviceCodes.contains(code) { return true }
        let bytes = Array(code.utf8)
        return bytes.count == 3 && bytes[0] == UInt8(ascii: "X")
            && bytes.dropFirst().allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte)
            }
    }

    static func placeholderQuantities(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        placeholders(in: invoice).sorted().map { placeholder(invoice.lines[$0], invoice, file) }
    }

    /// The lines that state a quantity of one only because their format asks for a number.
    ///
    /// The rule: quantities of one, in units of energy or in units of volume, on lines that
    /// together make up more than half of the bill. Such quantities must not be booked before
    /// somebody has looked.
    ///
    /// - Returns: Positions in `lines`.
    static func placeholders(in invoice: Invoice) -> Set<Int> {
        let total = invoice.lineTotal ?? added(invoice.lines.compactMap(\.netAmount))
        guard let total else { return [] }
        let candidates = Dictionary(grouping: invoice.lines.indices) { index in
            let line = invoice.lines[index]
            let isOne = line.quantity?.magnitude == .one && line.netAmount != nil
            return isOne ? line.unitCode.flatMap(UnitCatalog.unit(rec20:))?.dimension : nil
        }
        var found: Set<Int> = []
        for dimension in [Dimension.energy, .volume] {
            let group = candidates[dimension] ?? []
            let share = added(group.compactMap { invoice.lines[$0].netAmount?.magnitude })
            if isMoreThanHalf(share, of: total.magnitude) { found.formUnion(group) }
        }
        return found
    }

    static func placeholder(
        _ line: Invoice.Line, _ invoice: Invoice, _ file: String
    ) -> Diagnostic {
        let quantity = line.quantity.map { "\($0) \(line.unitCode ?? "")" } ?? ""
        let (net, total) = (line.netAmount ?? .zero, invoice.lineTotal ?? .zero)
        return Diagnostic(
            .invoiceQuantityImplausible,
            at: .init(file: file, line: line.place?.line ?? line.line),
            "the quantity \"\(DiagnosticRenderer.quoted(quantity))\" at \"\(net)\" of "
                + "\"\(total)\" looks like a placeholder",
            hint: "take the quantity from the printed bill; this one is not booked")
    }

    private static func added(_ amounts: [ExactDecimal]) -> ExactDecimal? {
        do throws(QuantityError) { return try ExactDecimal.sum(amounts) } catch { return nil }
    }

    /// An amount that is too large to be computed is more than half of anything.
    private static func isMoreThanHalf(_ part: ExactDecimal?, of whole: ExactDecimal) -> Bool {
        guard let part else { return true }
        do throws(QuantityError) {
            return try part.adding(part) > whole
        } catch {
            return true
        }
    }
}
