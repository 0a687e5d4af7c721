internal import AuditTrail
package import Inventory
package import LedgerCore
internal import Quantities

/// Something that waits for a decision, as the review lists it.
package struct ReviewItem: Sendable {
    package enum Reason: String, CaseIterable, Sendable {
        case unmatched, conflict, quarantined
        case unknownMeter = "unknown-meter"
        /// An activity that is not posted, because it stands apart from the history of its meter.
        case outlier
    }

    package let number: RecordNumber
    package let reason: Reason
    package let evidence: EvidenceReference
    package let meter: String?
    /// The supplier as the organisation or the document names it.
    package let supplier: String?
    package let facility: String?
    package let period: ReportingPeriod?
    /// The amount and the unit as far as they are known.
    package let amount: String?
    package let unit: String?
    /// The item of an invoice line; else why it waits.
    package let what: String
    package let message: String
    /// No person can decide that a certificate counts twice.
    package let isCertificate: Bool

    /// What to do about it.
    package var remedy: String {
        switch reason {
        case .unmatched: "write a rule in rules.toml, apply it, then 'tonne review apply'"
        case .conflict where isCertificate:
            "'tonne review decide \(number) --keep booked'; if the new document is right, 'tonne "
                + "correct' an entry of the other, then 'tonne review apply'"
        case .conflict: "'tonne review decide \(number) --take new' or '--keep booked'"
        case .quarantined: "ask for a corrected file; reject the row if it carries nothing"
        case .unknownMeter:
            "add the meter to organisation.toml, apply it, then 'tonne review apply'"
        case .outlier: "compare with the document; 'tonne review decide \(number) --accept'"
        }
    }

    /// - Returns: `nil` for a line that waits for nothing.
    init?(_ line: BookState.Numbered<WaitingLine>) {
        guard let reason = Self.reason(line.value.reason) else { return nil }
        let facts = line.value.line
        let activity = line.value.activity
        number = line.number
        self.reason = reason
        evidence = line.value.evidence
        meter = line.value.meter ?? activity?.consumption?.meter
        supplier = activity?.supplier?.rawValue ?? facts?.supplierName
        facility = activity?.facility.rawValue
        period = activity?.period ?? facts?.period
        amount = (activity?.quantity.amount ?? facts?.quantity)?.description
        unit = activity?.quantity.unit.symbol ?? facts?.unitCode
        what = facts?.itemName ?? line.value.message
        message = line.value.message
        isCertificate = activity?.certificate != nil
    }

    init(_ outlier: Outlier) {
        let record = outlier.record
        number = outlier.number
        reason = .outlier
        evidence = record.evidence
        meter = record.consumption?.meter
        supplier = record.supplier?.rawValue
        facility = record.facility.rawValue
        period = record.period
        amount = record.quantity.amount.description
        unit = record.quantity.unit.symbol
        what = outlier.message
        message = outlier.message
        isCertificate = false
    }

    private static func reason(_ reason: WaitingLine.Reason) -> Reason? {
        switch reason {
        case .unmatched: .unmatched
        case .conflict: .conflict
        case .quarantined: .quarantined
        case .unknownMeter: .unknownMeter
        case .linked: nil
        }
    }
}

extension ActivityRecord {
    fileprivate var certificate: Certificate? {
        guard case .certificate(let certificate) = treatment else { return nil }
        return certificate
    }
}

extension BookState {
    /// Everything that waits for a decision, in the order of the records.
    package var reviewItems: [ReviewItem] {
        let held = outliers.filter(\.isHeld).map(ReviewItem.init)
        return (waiting.compactMap(ReviewItem.init) + held).sorted { $0.number < $1.number }
    }
}

/// Which items of the review are meant: all conditions must hold.
package struct ReviewFilter: Sendable {
    package enum Field: String, CaseIterable, Sendable {
        case number, reason, document, meter, supplier, facility
    }

    private let conditions: [(field: Field, text: String)]

    /// Every item.
    package static let all = ReviewFilter(conditions: [])

    private init(conditions: [(field: Field, text: String)]) { self.conditions = conditions }

    package init(number: RecordNumber) {
        self.init(conditions: [(.number, number.description)])
    }

    /// Reads `reason=outlier,meter=M-1`.
    ///
    /// - Returns: `nil` for a word that is no condition.
    package init?(_ text: String) {
        var conditions: [(field: Field, text: String)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides.count == 2, !sides[1].isEmpty, let field = Field(rawValue: String(sides[0]))
            else { return nil }
            if field == .reason, ReviewItem.Reason(rawValue: String(sides[1])) == nil { return nil }
            conditions.append((field, String(sides[1])))
        }
        self.init(conditions: conditions)
    }

    package func selects(_ item: ReviewItem) -> Bool {
        conditions.allSatisfy { field, text in
            switch field {
            case .number: item.number.description == text
            case .reason: item.reason.rawValue == text
            case .document: item.evidence.name == text
            case .meter: item.meter == text
            case .supplier: item.supplier == text
            case .facility: item.facility == text
            }
        }
    }
}
