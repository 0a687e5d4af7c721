package import Documents
package import Inventory
package import Quantities

/// An invoice or credit note in the view of EN 16931, whatever its syntax.
package struct Invoice: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable {
        case invoice
        case creditNote = "credit-note"
        /// Lines of a purchase ledger or a bill of quantities: their signs and amounts are as the
        /// source writes them, and amounts may be absent.
        case purchaseRecord = "purchase-record"
    }

    package var kind: Kind
    /// BT-1.
    package var number: String
    /// BT-3.
    package var typeCode: String?
    /// BT-2.
    package var issueDate: CivilDate?
    /// BT-5.
    package var currency: String?
    /// BT-27, the legal name, else BT-28, the trading name.
    package var supplier: String?
    /// BT-31, BT-29, BT-30: VAT and other identifiers of the seller; BT-28 where it is not
    /// `supplier`.
    package var supplierIdentifiers: [String]
    /// BG-14 as written, both ends included.
    package var period: DatePair?
    /// Whether the document states periods that differ; `period` is `nil` then.
    package var hasSeveralPeriods = false
    /// BT-106, BT-109, BT-115 as written.
    package var lineTotal: ExactDecimal?
    package var taxExclusive: ExactDecimal?
    package var payable: ExactDecimal?
    /// What leads from the lines to the amount due.
    package var totals = Totals()
    /// BT-25.
    package var precedingInvoices: [String]
    package var lines: [Line]
    /// 1-based line of the root element.
    package var line: Int

    /// First and last day, both included; either may be absent.
    package struct DatePair: Hashable, Sendable {
        package var start: CivilDate?
        package var end: CivilDate?

        package init(start: CivilDate?, end: CivilDate?) {
            self.start = start
            self.end = end
        }
    }

    /// The other amounts of BG-22, in the currency of the invoice, and what they are made of.
    package struct Totals: Hashable, Sendable {
        /// BT-107 and each BT-92.
        package var allowances: ExactDecimal?
        package var allowanceAmounts: [ExactDecimal] = []
        /// BT-108 and each BT-99.
        package var charges: ExactDecimal?
        package var chargeAmounts: [ExactDecimal] = []
        /// BT-110. The same tax in the accounting currency (BT-111) is not taken for it.
        package var tax: ExactDecimal?
        /// BT-112.
        package var taxInclusive: ExactDecimal?
        /// BT-113.
        package var prepaid: ExactDecimal?
        /// BT-114.
        package var rounding: ExactDecimal?

        package init() {}
    }

    package struct Line: Hashable, Sendable {
        package var identifier: String
        package var name: String?
        /// BT-158, each as `code`, and as `scheme:code` where the scheme (BT-158-1) is stated.
        package var classifications: [String]
        package var quantity: ExactDecimal?
        package var unitCode: String?
        package var netAmount: ExactDecimal?
        /// BT-146: the price of `priceBase` (BT-149) units, as written.
        package var price: ExactDecimal?
        package var priceBase: ExactDecimal?
        /// BT-150, where it is stated.
        package var priceBaseUnit: String?
        /// BT-141 as positive, BT-136 as negative amounts.
        package var allowanceCharges: [ExactDecimal] = []
        package var period: DatePair?
        /// The quantity, with the sign turned on a credit note; see `Kind.ledgerQuantity`.
        package var ledgerQuantity: ExactDecimal?
        /// 1-based line in the document.
        package var line: Int
        /// The element that holds the quantity.
        package var place: ElementPlace?

        package init(
            identifier: String, name: String?, classifications: [String] = [],
            quantity: ExactDecimal?, unitCode: String?, netAmount: ExactDecimal?,
            price: ExactDecimal? = nil, priceBase: ExactDecimal? = nil,
            period: DatePair?, ledgerQuantity: ExactDecimal?, line: Int
        ) {
            self.identifier = identifier
            self.name = name
            self.classifications = classifications
            self.quantity = quantity
            self.unitCode = unitCode
            self.netAmount = netAmount
            self.price = price
            self.priceBase = priceBase
            self.period = period
            self.ledgerQuantity = ledgerQuantity
            self.line = line
        }
    }

    package init(
        kind: Kind, number: String, typeCode: String?, issueDate: CivilDate?, currency: String?,
        supplier: String?, supplierIdentifiers: [String] = [], period: DatePair?,
        lineTotal: ExactDecimal?, taxExclusive: ExactDecimal?, payable: ExactDecimal?,
        precedingInvoices: [String] = [], lines: [Line], line: Int
    ) {
        self.kind = kind
        self.number = number
        self.typeCode = typeCode
        self.issueDate = issueDate
        self.currency = currency
        self.supplier = supplier
        self.supplierIdentifiers = supplierIdentifiers
        self.period = period
        self.lineTotal = lineTotal
        self.taxExclusive = taxExclusive
        self.payable = payable
        self.precedingInvoices = precedingInvoices
        self.lines = lines
        self.line = line
    }
}
