package import Inventory

/// Something that a complete book would not show.
package struct CheckFinding: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// A meter that is valid in the period and for which nothing came.
        case missingDocument = "missing-document"
        case missingMonth = "missing-month"
        /// Time of a meter that no document covers.
        case gap
        case overlap
        /// A register does not go on where it ended.
        case registerBreak = "register-break"
        case zeroQuantity = "zero-quantity"
        case outlier
        /// Two documents state the same energy and differ by more than a hundredth.
        case controlDifference = "control-difference"
        case invoiceNumberGap = "invoice-number-gap"
        /// A supplier that writes regularly has not written.
        case missingInvoice = "missing-invoice"
        /// Estimated, and the actual reading has not come.
        case openAccrual = "open-accrual"
        case waiting
        case notPosted = "not-posted"
        case unresolvedFactor = "unresolved-factor"

        /// What to do about it.
        package var remedy: String {
            switch self {
            case .missingDocument, .missingMonth, .gap:
                "ask the supplier or the grid company for it, or correct the validity of the meter"
            case .overlap: "see 'tonne trace' of both; withdraw one with 'tonne correct'"
            case .registerBreak:
                "ask for the days between; tell an exchange by two meters with validity dates"
            case .zeroQuantity: "compare with the document; a missing value is not zero"
            case .outlier: "compare with the document; withdraw it with 'tonne correct' if wrong"
            case .controlDifference: "ask the supplier; 'tonne review linked' shows both"
            case .invoiceNumberGap, .missingInvoice: "ask the supplier for it"
            case .openAccrual: "import the actual reading when it comes"
            case .waiting: "'tonne review' lists and decides"
            case .notPosted: "run 'tonne post'"
            case .unresolvedFactor: "load a factor or add a [[factor_rule]], then 'tonne post'"
            }
        }
    }

    package let kind: Kind
    /// The meter, the supplier, the document or the account.
    package let subject: String
    package let facility: FacilityID?
    package let period: ReportingPeriod?
    package let message: String

    init(
        _ kind: Kind, _ subject: String, facility: FacilityID? = nil,
        period: ReportingPeriod? = nil, _ message: String
    ) {
        self.kind = kind
        self.subject = subject
        self.facility = facility
        self.period = period
        self.message = message
    }
}
