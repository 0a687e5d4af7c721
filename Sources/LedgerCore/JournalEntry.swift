package import Hashing
package import Inventory
package import Quantities

/// Why an entry cannot be made.
package enum JournalEntryError: Error, Hashable, Sendable {
    case tooFewPostings(count: Int)
    /// Debits and credits of one commodity and basis differ by this much.
    case unbalanced(commodity: Commodity, basis: Basis, residual: ExactDecimal)
    /// An emission that is not whole milligrams within ±`Int64.max`, so that it can be reversed.
    case notWholeMilligrams(ExactDecimal)
    /// A commodity or basis whose text form could not be read again.
    case unreadable(String)
    case overflow
}

/// The number of a record in the book, from 0: its leaf in the tree.
package struct RecordNumber: Hashable, Sendable, Comparable {
    package let value: Int

    package init(_ value: Int) { self.value = value }

    package static func < (left: RecordNumber, right: RecordNumber) -> Bool {
        left.value < right.value
    }
}

extension RecordNumber: TextCodable {
    package init?(_ text: String) {
        guard let value = Int(text), value >= 0, String(value) == text else { return nil }
        self.init(value)
    }

    package var description: String { String(value) }
}

/// A balanced set of postings: per commodity and per basis the amounts sum to zero.
///
/// An unbalanced entry cannot be constructed, nor decoded. A reference to what it says, as an
/// activity is.
package struct JournalEntry: Sendable {
    private struct Facts: Hashable, Sendable, Encodable {
        var effective: CivilDate
        var facility: FacilityID
        var description: String
        var postings: [Posting]
        var calculation: Calculation?
        var reversal: Reversal?
    }

    private final class Held: Sendable {
        let facts: Facts

        init(_ facts: Facts) { self.facts = facts }
    }

    private let held: Held

    /// The day on which it takes effect, in local time of the facility.
    package var effective: CivilDate { held.facts.effective }
    package var facility: FacilityID { held.facts.facility }
    package var description: String { held.facts.description }
    package var postings: [Posting] { held.facts.postings }
    /// From what the amounts were computed; `nil` only for a reversal.
    package var calculation: Calculation? { held.facts.calculation }
    package var reversal: Reversal? { held.facts.reversal }

    /// What is needed to compute the postings again.
    package struct Calculation: Hashable, Sendable, Codable {
        /// The named rule, such as `energy-use/1`.
        package let rule: String
        /// The activity record.
        package let activity: RecordNumber
        /// The part of the activity's period this entry covers.
        package let period: ReportingPeriod
        /// The part of the activity's quantity this entry covers.
        package let quantity: Quantity
        /// The factor record, where a factor was used.
        package let factor: RecordNumber?
        /// SHA-256 of the factor's canonical body.
        package let factorHash: SHA256Digest?
        /// The role the factor plays, or why none was found.
        package let role: FactorRole?
        /// The rounding, such as `half-even at the milligram`.
        package let rounding: String

        package init(
            rule: String, activity: RecordNumber, period: ReportingPeriod, quantity: Quantity,
            factor: RecordNumber? = nil, factorHash: SHA256Digest? = nil, role: FactorRole? = nil,
            rounding: String
        ) {
            self.rule = rule
            self.activity = activity
            self.period = period
            self.quantity = quantity
            self.factor = factor
            self.factorHash = factorHash
            self.role = role
            self.rounding = rounding
        }
    }

    package struct Reversal: Hashable, Sendable, Codable {
        package let entry: RecordNumber
        package let reason: String

        package init(entry: RecordNumber, reason: String) {
            self.entry = entry
            self.reason = reason
        }
    }

    /// - Throws: a `JournalEntryError` unless the postings balance.
    package init(
        effective: CivilDate, facility: FacilityID, description: String, postings: [Posting],
        calculation: Calculation? = nil, reversal: Reversal? = nil
    ) throws(JournalEntryError) {
        try Self.check(postings)
        held = Held(
            Facts(
                effective: effective, facility: facility, description: description,
                postings: postings, calculation: calculation, reversal: reversal))
    }

    /// The entry that undoes this one.
    ///
    /// - Parameters:
    ///   - number: The record number of this entry.
    ///   - effective: The day on which the reversal takes effect; by default the same day.
    package func reversed(
        _ number: RecordNumber, effective: CivilDate? = nil, reason: String
    ) -> JournalEntry {
        JournalEntry(
            unchecked: effective ?? self.effective, facility: facility,
            description: "Reversal of \(number): \(description)",
            postings: postings.map(\.reversed),
            reversal: Reversal(entry: number, reason: reason))
    }

    private init(
        unchecked effective: CivilDate, facility: FacilityID, description: String,
        postings: [Posting], reversal: Reversal
    ) {
        held = Held(
            Facts(
                effective: effective, facility: facility, description: description,
                postings: postings, reversal: reversal))
    }

    /// The sum of one commodity and basis.
    private struct Residual {
        let commodity: Commodity
        let basis: Basis
        var amount: ExactDecimal
    }

    private static func check(_ postings: [Posting]) throws(JournalEntryError) {
        guard postings.count >= 2 else { throw .tooFewPostings(count: postings.count) }
        // An entry has few commodities: to look through a list costs less than to hash them.
        var residuals: [Residual] = []
        for posting in postings {
            if case .emission = posting.commodity {
                guard let whole = posting.amount.integer, whole.magnitude <= Int64.max.magnitude
                else {
                    throw .notWholeMilligrams(posting.amount)
                }
            }
            guard posting.commodity.isReadable else {
                throw .unreadable(posting.commodity.description)
            }
            guard posting.basis.isReadable else { throw .unreadable(posting.basis.description) }
            let place = residuals.firstIndex {
                $0.basis == posting.basis && $0.commodity == posting.commodity
            }
            guard let place else {
                residuals.append(
                    Residual(
                        commodity: posting.commodity, basis: posting.basis, amount: posting.amount))
                continue
            }
            do {
                residuals[place].amount = try residuals[place].amount.adding(posting.amount)
            } catch {
                throw .overflow
            }
        }
        guard let rest = residuals.first(where: { !$0.amount.isZero }) else { return }
        throw .unbalanced(commodity: rest.commodity, basis: rest.basis, residual: rest.amount)
    }
}

extension JournalEntry: Hashable {
    package static func == (left: JournalEntry, right: JournalEntry) -> Bool {
        left.held === right.held || left.held.facts == right.held.facts
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(held.facts) }
}

extension JournalEntry: Codable {
    private enum CodingKeys: String, CodingKey {
        case effective, facility, description, postings, calculation, reversal
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            effective: container.decode(CivilDate.self, forKey: .effective),
            facility: container.decode(FacilityID.self, forKey: .facility),
            description: container.decode(String.self, forKey: .description),
            postings: container.decode([Posting].self, forKey: .postings),
            calculation: container.decodeIfPresent(Calculation.self, forKey: .calculation),
            reversal: container.decodeIfPresent(Reversal.self, forKey: .reversal))
    }

    package func encode(to encoder: any Encoder) throws { try held.facts.encode(to: encoder) }
}
