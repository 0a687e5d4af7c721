internal import Documents
internal import ImportKit
internal import TestSupport

/// What an invoice says, before it is written in a syntax. Amounts and days are texts, so that a
/// test may write what no type would hold.
struct InvoiceModel {
    struct Line {
        var identifier = "1"
        var name = "Energy"
        var quantity = "500"
        var unit = "KWH"
        var net = "100.00"
        var price = "0.20"
        var priceBase = ""
        var priceBaseUnit = ""
        var period = ("", "")
        var allowanceCharges: [(isCharge: Bool, amount: String)] = []
        var classifications: [(scheme: String, code: String)] = []
    }

    var isCreditNoteDocument = false
    var number = "R1"
    var issued = "2025-02-05"
    var typeCode = "380"
    var currency = "EUR"
    var legalName = "Seller B.V."
    var tradingName = "Seller"
    var vatIdentifier = "NL860000004B01"
    var sellerIdentifier = "S-7"
    var registration = "70000004"
    var period = ("", "")
    var precedingInvoices: [String] = []
    var allowanceCharges: [(isCharge: Bool, amount: String)] = []
    var lineTotal = "100.00"
    var allowanceTotal = ""
    var chargeTotal = ""
    var taxExclusive = "100.00"
    var taxes = [(currency: "EUR", amount: "21.00")]
    var taxInclusive = "121.00"
    var prepaid = ""
    var rounding = ""
    var payable = "121.00"
    var lines = [Line()]

    /// Cents as an amount with two decimals.
    static func amount(_ cents: Int) -> String {
        let digits = String(abs(cents))
        let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return (cents < 0 ? "-" : "") + padded.dropLast(2) + "." + padded.suffix(2)
    }

    /// An invoice that holds the rules of its standard.
    static func random(_ generator: inout SplitMix64) -> InvoiceModel {
        var model = InvoiceModel()
        model.number = "R\(Int.random(in: 1...9_999, using: &generator))"
        model.isCreditNoteDocument = Bool.random(using: &generator)
        let codes = ["380", "384", "389", "326", "875", "876", "877"]
        model.typeCode =
            model.isCreditNoteDocument ? "381" : codes.randomElement(using: &generator) ?? "380"
        if Bool.random(using: &generator) { model.period = ("2025-01-01", "2025-01-31") }
        if Bool.random(using: &generator) { model.tradingName = "" }
        if Bool.random(using: &generator) { model.precedingInvoices = ["P-1", "P-2"] }
        let count = Int.random(in: 1...8, using: &generator)
        var total = 0
        model.lines = (1...count).map { number in
            let (line, cents) = randomLine(number, &generator)
            total += cents
            return line
        }
        model.lineTotal = amount(total)
        let allowance = Int.random(in: 1...900, using: &generator)
        let charge = Int.random(in: 1...900, using: &generator)
        model.allowanceCharges = [(false, amount(allowance)), (true, amount(charge))]
        model.allowanceTotal = amount(allowance)
        model.chargeTotal = amount(charge)
        let net = total - allowance + charge
        let tax = Int.random(in: 0...5_000, using: &generator)
        let paid = Int.random(in: 0...200_000, using: &generator)
        model.taxExclusive = amount(net)
        model.taxes = [("SEK", amount(tax * 11)), ("EUR", amount(tax))].shuffled(using: &generator)
        model.taxInclusive = amount(net + tax)
        model.prepaid = amount(paid)
        model.payable = amount(net + tax - paid)
        return model
    }

    private static func randomLine(
        _ number: Int, _ generator: inout SplitMix64
    ) -> (line: Line, cents: Int) {
        // Quantity in whole units, price in cents a unit: the product is exact.
        let quantity = Int.random(in: -500...5_000, using: &generator)
        let price = Int.random(in: 1...900, using: &generator)
        let allowance = Int.random(in: 0...99, using: &generator)
        let cents = quantity * price - allowance
        var line = Line()
        line.identifier = "\(number)"
        line.name = ["Electricity", "Transport & levy", "Steel <B500B>"][number % 3]
        line.unit =
            ["KWH", "MWH", "TNE", "H87", "XPP", "MON"].randomElement(using: &generator) ?? ""
        line.quantity = "\(quantity)" + ["", ".", ".0", ".000"][number % 4]
        line.price = amount(price * 100)
        line.priceBase = "100"
        if Bool.random(using: &generator) { line.priceBaseUnit = line.unit }
        line.net = amount(cents)
        line.allowanceCharges = [(false, amount(allowance))]
        if Bool.random(using: &generator) { line.period = ("2025-01-03", "2025-01-04") }
        if Bool.random(using: &generator) { line.classifications = [("TST", "301"), ("", "7")] }
        return (line, cents)
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
