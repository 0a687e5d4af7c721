package import Quantities

/// The reading of a cumulative register at the begin and at the end of an activity.
package struct RegisterSpan: Hashable, Sendable, Codable {
    package let opening: ExactDecimal
    package let closing: ExactDecimal

    package init(opening: ExactDecimal, closing: ExactDecimal) {
        self.opening = opening
        self.closing = closing
    }
}

/// When the source last changed the readings from a moment on, such as UpdateDateTime of NEM12.
package struct ReadingRevision: Hashable, Sendable, Codable {
    /// It holds for the readings from here to the start of the next revision.
    package let start: Instant
    /// `nil` where the source of the readings does not say.
    package let updated: Instant?

    package init(start: Instant, updated: Instant?) {
        self.start = start
        self.updated = updated
    }
}

extension [ReadingRevision] {
    /// The update that holds at a moment; `nil` before the first one.
    package func updated(at moment: Instant) -> Instant? {
        last { $0.start <= moment }?.updated
    }
}

/// The invoice line behind an activity, and what its invoice says about earlier ones.
package struct InvoiceReference: Hashable, Sendable, Codable {
    /// The supplier of the organisation, else the name in the document.
    package let party: String
    /// BT-1.
    package let number: String
    /// BT-126.
    package let line: String
    /// BT-25: the invoices it credits or replaces.
    package let corrects: [String]
    /// A corrected invoice (type 384) stands in the place of the ones it names.
    package let isReplacement: Bool
    /// True while a credit note states no period and the invoices it credits have told none.
    package let isUndated: Bool?

    package init(
        party: String, number: String, line: String, corrects: [String] = [],
        isReplacement: Bool = false, isUndated: Bool? = nil
    ) {
        self.isUndated = isUndated
        self.party = party
        self.number = number
        self.line = line
        self.corrects = corrects
        self.isReplacement = isReplacement
    }
}

/// The head of an invoice that was received, whatever became of its lines.
package struct InvoiceHead: Hashable, Sendable, Codable {
    package let party: String
    package let number: String
    package let issued: CivilDate?

    package init(party: String, number: String, issued: CivilDate?) {
        self.party = party
        self.number = number
        self.issued = issued
    }
}

extension ReadingQuality {
    /// A higher one gives way to none below it: E < S < F < A, and an edited value stands for what
    /// somebody wrote over it. `nil` where the source states no quality: it cannot be compared.
    package var rank: Int? {
        switch self {
        case .unstated: nil
        case .estimated: 1
        case .substituted: 2
        case .edited: 3
        case .final: 4
        case .actual: 5
        }
    }
}

extension Carrier {
    /// The carrier whose consumption is the activity.
    package init?(activity: ActivityCode) {
        guard let carrier = Carrier.allCases.first(where: { $0.activity == activity }) else {
            return nil
        }
        self = carrier
    }

    /// Comes in deliveries, each a quantity of its own, rather than through a meter.
    package var isDelivered: Bool {
        switch self {
        case .diesel, .petrol, .liquefiedPetroleumGas, .heatingOil, .dieselB5, .dieselB7,
            .dieselB10, .dieselB20, .dieselB30, .petrolE5, .petrolE10, .petrolE15, .petrolE85,
            .biodiesel, .hydrotreatedVegetableOil, .bioethanol, .refrigerant, .other:
            true
        case .electricity, .gas, .water, .heat, .cooling, .steam, .reactive, .unknown: false
        }
    }
}
