package import Documents

/// Where the terms of EN 16931 stand in one document: all that a syntax has to say.
///
/// A syntax reads no number, day or sign; `InvoiceMapper` does, in one way for all of them.
package struct InvoiceTerms {
    /// Every element in which a term stands. The standard lets most terms stand once; a document
    /// that states one of them twice, and differently, cannot be relied on.
    package typealias Term = [XMLElement]

    /// How a syntax writes days.
    package enum DayNotation: Sendable {
        /// `xs:date`.
        case xmlSchema
        /// By a format code of UNTDID 2379.
        case formatCode
    }

    package struct Period {
        package var start: Term = []
        package var end: Term = []

        package init(start: Term, end: Term) {
            self.start = start
            self.end = end
        }
    }

    /// BG-20, BG-21, BG-27 or BG-28.
    package struct AllowanceCharge {
        /// `true` for a charge.
        package var isCharge: Term
        package var amount: Term

        package init(isCharge: Term, amount: Term) {
            self.isCharge = isCharge
            self.amount = amount
        }
    }

    /// BG-22.
    package struct Totals {
        package var lines: Term = []  // BT-106
        package var allowances: Term = []  // BT-107
        package var charges: Term = []  // BT-108
        package var taxExclusive: Term = []  // BT-109
        package var tax: Term = []  // BT-110 and BT-111
        package var taxInclusive: Term = []  // BT-112
        package var prepaid: Term = []  // BT-113
        package var rounding: Term = []  // BT-114
        package var payable: Term = []  // BT-115

        package init() {}
    }

    /// BG-25.
    package struct Line {
        package var element: XMLElement
        package var identifier: Term = []  // BT-126
        package var quantity: Term = []  // BT-129, its attribute `unitCode` BT-130
        /// The path of the element of BT-129.
        package var quantityPath = ""
        package var netAmount: Term = []  // BT-131
        package var period = Period(start: [], end: [])  // BG-26
        package var allowanceCharges: [AllowanceCharge] = []  // BG-27, BG-28
        package var price: Term = []  // BT-146
        package var priceBase: Term = []  // BT-149, its attribute `unitCode` BT-150
        package var name: Term = []  // BT-153
        package var classifications: Term = []  // BT-158, their attribute `listID` BT-158-1

        package init(_ element: XMLElement) { self.element = element }
    }

    package var root: XMLElement
    package var days: DayNotation
    /// Whether the root element says that this is a credit note.
    package var isCreditNoteDocument = false
    package var number: Term = []  // BT-1
    package var issueDate: Term = []  // BT-2
    package var typeCode: Term = []  // BT-3
    package var currency: Term = []  // BT-5
    package var period = Period(start: [], end: [])  // BG-14
    package var precedingInvoices: Term = []  // BT-25
    package var legalName: Term = []  // BT-27
    package var tradingName: Term = []  // BT-28
    package var sellerIdentifiers: Term = []  // BT-29
    package var legalRegistration: Term = []  // BT-30
    package var vatIdentifier: Term = []  // BT-31
    package var allowanceCharges: [AllowanceCharge] = []  // BG-20, BG-21
    /// Charges of a group of their own, which are in BT-108.
    package var otherCharges: Term = []
    package var totals = Totals()
    package var lines: [Line] = []
    /// Lines that are parts of another line, or are for information only; not in `lines`.
    package var subordinateLines: [XMLElement] = []

    package init(root: XMLElement, days: DayNotation) {
        self.root = root
        self.days = days
    }
}
