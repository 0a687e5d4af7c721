internal import Diagnostics
internal import Inventory
internal import Quantities

extension InvoiceChecks {
    /// What rounding explains: half a cent up or down at each amount that was rounded half-up to
    /// two decimals, counted as 0.01 for each.
    static let tolerancePerAmount = ExactDecimal(mantissa: 1, exponent: -2)

    /// BR-CO-10: the net amounts of the lines against BT-106.
    static func lineTotal(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        let amounts = invoice.lines.compactMap(\.netAmount)
        guard invoice.lineTotal != nil, amounts.count == invoice.lines.count, !amounts.isEmpty
        else { return [] }
        return sum(
            amounts, is: invoice.lineTotal,
            "the lines add up to", "BT-106", "a line may be missing", invoice, file)
    }

    /// BR-CO-11 and BR-CO-12: the allowances and charges of the document against BT-107 and BT-108.
    static func allowancesAndCharges(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        let totals = invoice.totals
        return sum(
            totals.allowanceAmounts, is: totals.allowances,
            "the allowances of the document add up to", "BT-107",
            "an allowance may be missing", invoice, file)
            + sum(
                totals.chargeAmounts, is: totals.charges,
                "the charges of the document add up to", "BT-108",
                "a charge may be missing", invoice, file)
    }

    /// BR-CO-13, BR-CO-15 and BR-CO-16: from the lines to the amount due.
    static func totals(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        let totals = invoice.totals
        var findings: [Diagnostic] = []
        if let lines = invoice.lineTotal, let stated = invoice.taxExclusive {
            let parts = [lines, totals.allowances?.negated, totals.charges].compactMap(\.self)
            findings += sum(
                parts, is: stated, "lines, allowances and charges come to", "BT-109",
                "an allowance or charge may be missing", invoice, file)
        }
        if let net = invoice.taxExclusive, let tax = totals.tax, let stated = totals.taxInclusive {
            findings += sum(
                [net, tax], is: stated, "the net total and its VAT come to", "BT-112",
                "compare with the printed invoice", invoice, file)
        }
        if let gross = totals.taxInclusive, let stated = invoice.payable {
            let parts = [gross, totals.prepaid?.negated, totals.rounding].compactMap(\.self)
            findings += sum(
                parts, is: stated, "what was not paid before comes to", "BT-115",
                "the amount due decides nothing here", invoice, file
            ).filter { _ in totals.rounding != nil || !isRoundedToWhole(stated, parts) }
        }
        return findings
    }

    /// Some suppliers round the amount due to whole units and do not say so (BT-114).
    private static func isRoundedToWhole(_ due: ExactDecimal, _ parts: [ExactDecimal]) -> Bool {
        do throws(QuantityError) {
            let difference = try ExactDecimal.sum(parts).subtracting(due).magnitude
            return due.isInteger && difference < .one
        } catch {
            return false
        }
    }

    private static func sum(
        _ amounts: [ExactDecimal], is stated: ExactDecimal?, _ what: String, _ term: String,
        _ hint: String, _ invoice: Invoice, _ file: String
    ) -> [Diagnostic] {
        // A total that is stated without its parts has nothing to be compared with.
        guard !amounts.isEmpty else { return [] }
        let place = SourceLocation(file: file, line: invoice.line)
        do throws(QuantityError) {
            let sum = try ExactDecimal.sum(amounts).rounded(toDecimals: 2, .halfUp)
            let tolerance = try tolerancePerAmount.multiplied(by: ExactDecimal(amounts.count))
            if try sum.subtracting(stated ?? .zero).magnitude <= tolerance { return [] }
            return [
                Diagnostic(
                    .invoiceTotalDiffers, at: place,
                    "\(what) \"\(sum)\", the document states "
                        + (stated.map { "\"\($0)\"" } ?? "nothing") + " (\(term))",
                    hint: "compare with the printed invoice; \(hint)")
            ]
        } catch {
            return [
                Diagnostic(
                    .numberOutOfRange, severity: .warning, at: place,
                    "the amounts of \(term) are too large to be added")
            ]
        }
    }

    /// Quantity × price ÷ price base, and the allowances and charges of the line, against its net
    /// amount. Gross prices and missing bases make honest lines differ, so that this is no more
    /// than information, and once for the invoice.
    static func prices(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        let differing = invoice.lines.compactMap { line in
            guard let net = line.netAmount, let expected = expectedNet(of: line),
                differs(expected, from: net)
            else { return nil as (line: Int, expected: ExactDecimal, net: ExactDecimal)? }
            return (line.line, expected, net)
        }
        guard let first = differing.first else { return [] }
        let others = differing.count > 1 ? ", and \(differing.count - 1) lines more differ" : ""
        return [
            Diagnostic(
                .invoiceTotalDiffers, severity: .info, at: .init(file: file, line: first.line),
                "quantity, price and allowances come to \"\(first.expected)\", the line net amount "
                    + "is \"\(first.net)\"\(others)",
                hint: "a gross price or a missing price base explains most of these")
        ]
    }

    /// - Returns: `nil` where price or quantity are absent, the price is for a unit into which the
    ///   quantity does not convert, or the product does not fit.
    private static func expectedNet(of line: Invoice.Line) -> ExactDecimal? {
        guard let quantity = line.quantity, let price = line.price else { return nil }
        do throws(QuantityError) {
            var measure = Ratio(1)
            if let code = line.unitCode, let base = line.priceBaseUnit, code != base {
                guard let unit = UnitCatalog.unit(rec20: code),
                    let target = UnitCatalog.unit(rec20: base)
                else { return nil }
                measure = try Quantity(quantity, unit).ratio(in: target)
            } else {
                measure = try Ratio(quantity)
            }
            let amount = try measure.multiplied(by: price)
                .divided(by: Ratio(line.priceBase ?? .one)).rounded(toDecimals: 2, .halfUp)
            return try ExactDecimal.sum([amount] + line.allowanceCharges)
        } catch {
            return nil
        }
    }

    private static func differs(_ amount: ExactDecimal, from net: ExactDecimal) -> Bool {
        do throws(QuantityError) {
            return try amount.subtracting(net).magnitude > tolerancePerAmount
        } catch {
            return true
        }
    }
}
