package import Diagnostics
internal import Inventory
internal import Quantities

extension InvoiceChecks {
    /// By what the sum of the lines, or a line and its price, may differ: suppliers round lines.
    static let tolerancePerLine = ExactDecimal(mantissa: 1, exponent: -2)

    /// BR-CO-10: the net amounts of the lines, added and rounded half-up to two decimals, against
    /// BT-106, with a tolerance of 0.01 for each line.
    static func lineTotal(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        let amounts = invoice.lines.compactMap(\.netAmount)
        guard let stated = invoice.lineTotal, amounts.count == invoice.lines.count,
            !amounts.isEmpty
        else { return [] }
        let place = SourceLocation(file: file, line: invoice.line)
        do throws(QuantityError) {
            let sum = try ExactDecimal.sum(amounts).rounded(toDecimals: 2, .halfUp)
            let tolerance = try tolerancePerLine.multiplied(by: ExactDecimal(amounts.count))
            guard try sum.subtracting(stated).magnitude > tolerance else { return [] }
            return [
                Diagnostic(
                    .invoiceTotalDiffers, at: place,
                    "the lines add up to \"\(sum)\", the document states \"\(stated)\" (BT-106)",
                    hint: "compare with the printed invoice; a line may be missing")
            ]
        } catch {
            return [
                Diagnostic(
                    .numberOutOfRange, severity: .warning, at: place,
                    "the line net amounts are too large to be added")
            ]
        }
    }

    /// Quantity × price ÷ price base against the net amount. Allowances and gross prices make
    /// honest lines differ, so that this is no more than information.
    static func prices(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        invoice.lines.compactMap { line in
            guard let quantity = line.quantity, let price = line.price, let net = line.netAmount,
                let expected = amount(of: quantity, price: price, base: line.priceBase ?? .one),
                differs(expected, from: net)
            else { return nil }
            return Diagnostic(
                .invoiceTotalDiffers, severity: .info, at: .init(file: file, line: line.line),
                "quantity times price is \"\(expected)\", the line net amount is \"\(net)\"",
                hint: "an allowance, a gross price or a missing price base explains most of these")
        }
    }

    /// - Returns: `nil` where the price has no base or the product does not fit.
    private static func amount(
        of quantity: ExactDecimal, price: ExactDecimal, base: ExactDecimal
    ) -> ExactDecimal? {
        do throws(QuantityError) {
            return try Ratio(quantity).multiplied(by: price).divided(by: Ratio(base))
                .rounded(toDecimals: 2, .halfUp)
        } catch {
            return nil
        }
    }

    private static func differs(_ amount: ExactDecimal, from net: ExactDecimal) -> Bool {
        do throws(QuantityError) {
            return try amount.subtracting(net).magnitude > tolerancePerLine
        } catch {
            return true
        }
    }

    /// One finding for each unit code that is not known, at its first line.
    static func unitCodes(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        var seen: Set<String> = []
        return invoice.lines.compactMap { line in
            guard let code = line.unitCode, !isKnown(unitCode: code), seen.insert(code).inserted
            else { return nil }
            return Diagnostic(
                .unitUnknown, severity: .warning, at: .init(file: file, line: line.line),
                "the unit code \"\(DiagnosticRenderer.quoted(code))\" is no code of UN/CEFACT "
                    + "Recommendation 20 or 21 that can be converted",
                hint: "a rule can set the line aside; its quantity cannot be booked")
        }
    }

    /// Codes of Recommendation 20 that count, time or price a service and measure no matter.
    private static let serviceCodes: Set<String> = [
        "ACT", "ANN", "DPC", "DZN", "E48", "E49", "HAR", "HC", "LS", "MON", "P1", "PF", "PR", "SET",
        "WEE",
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
        invoice.lines.compactMap { placeholder($0, of: invoice, file: file) }
    }

    /// Whether a line states a quantity of one only because its format asks for a number.
    ///
    /// The rule: a quantity of one, in a unit of energy or volume, on a line that makes up more
    /// than half of the bill. Such a quantity must not be booked before somebody has looked.
    package static func placeholder(
        _ line: Invoice.Line, of invoice: Invoice, file: String
    ) -> Diagnostic? {
        guard let quantity = line.quantity, quantity.magnitude == .one,
            let code = line.unitCode, let unit = UnitCatalog.unit(rec20: code),
            unit.dimension == .energy || unit.dimension == .volume,
            let net = line.netAmount, let total = invoice.lineTotal,
            isMoreThanHalf(net.magnitude, of: total.magnitude)
        else { return nil }
        return Diagnostic(
            .invoiceQuantityImplausible, at: .init(file: file, line: line.line),
            "the quantity \"\(quantity) \(unit)\" at \"\(net)\" of \"\(total)\" looks like a "
                + "placeholder",
            hint: "take the quantity from the printed bill; this one is not booked")
    }

    private static func isMoreThanHalf(_ part: ExactDecimal, of whole: ExactDecimal) -> Bool {
        do throws(QuantityError) {
            return try part.adding(part) > whole
        } catch {
            return true
        }
    }
}
