internal import Documents
package import Hashing
internal import Inventory
internal import Quantities

/// How one flat CSV layout is read: what its columns mean, and the samples that prove it.
///
/// Written as TOML, see `importers/profiles/README.md`. A profile has no expressions: each key
/// states one fact about the layout.
package struct Profile: Hashable, Sendable {
    /// What the rows are.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// Quantities of short intervals, or the state of a register.
        case interval
        /// Quantities of billing periods.
        case bill
        /// Deliveries into a tank: several on one day are told apart by their number.
        case fuel
    }

    /// Dotted lower-case words: `generic.bill`.
    package let id: String
    package let version: Int
    package let kind: Kind
    /// SHA-256 of the text of the profile; stored with every record it produced.
    package let hash: SHA256Digest
    package let tests: [Test]
    let identification: Identification
    let layout: Layout
    let time: TimeRule
    /// The columns that name the meter, account or tank; the first that is not empty counts.
    let meter: [String]
    let series: [SeriesRule]
    let quality: QualityRule?
    let reference: ReferenceRule
    /// The share of rows set aside above which the document is not to be booked.
    let quarantineLimit: ExactDecimal

    /// A sample and its answer.
    package struct Test: Hashable, Sendable {
        /// Relative to the folder of the profile.
        package let file: String
        package let readings: Int
        package let missing: Int
        package let quarantined: Int
        /// One sum for each unit: `18.192 kWh`.
        package let totals: [String]
        /// An instant, or a day where the zone is that of the facility.
        package let start: String
        package let end: String
    }

    /// The header by which a document is known.
    struct Identification: Hashable, Sendable {
        let header: [String]
        let optional: [String]
        /// Whether columns that the profile does not name may stand beside them.
        let allowsOthers: Bool
        /// A pattern for the name of the file in which `*` stands for any text.
        let filename: String?
    }

    struct Layout: Hashable, Sendable {
        let encoding: TextEncoding
        let dialect: CSVDialect
        let notation: DecimalNotation
        /// Texts that mean "no value".
        let missing: Set<String>
        /// Whether other lines may stand before the header.
        let skipsUntilHeader: Bool
    }

    struct TimeRule: Hashable, Sendable {
        let span: Span
        let format: LocalTimeFormat
        let zone: Zone
        /// Whether the file runs backwards, so that the second of two equal labels comes first.
        let isNewestFirst: Bool

        enum Span: Hashable, Sendable {
            /// Both ends are written; `isInclusive` where the last day belongs to the period.
            case ends(start: [String], end: [String], isInclusive: Bool)
            case label(at: [String], Label, Step)
            /// The moment at which a register was read.
            case moment(at: [String])
        }

        enum Label: String, CaseIterable, Hashable, Sendable { case start, end }

        enum Step: Hashable, Sendable { case seconds(Int64), days(Int) }

        enum Zone: Hashable, Sendable {
            /// Each time states its offset.
            case written
            case place(LocalTimeZone)
            /// Days in the zone of the facility, which only the book knows.
            case facility
        }
    }

    /// A property of a series: fixed, or a word of a column.
    struct ValueRule<Value: Hashable & Sendable>: Hashable, Sendable {
        /// Holds where there is no column, or its cell is empty.
        let fixed: Value?
        let column: String?
        /// Words of the column; `nil` where the words are ours.
        let map: [String: Value]?
    }

    struct SeriesRule: Hashable, Sendable {
        /// The rows that belong to the series: a column and the words it may hold.
        let filter: [String: Set<String>]
        let quantity: String
        let unit: ValueRule<Unit>
        let carrier: ValueRule<Carrier>
        let direction: ValueRule<FlowDirection>
        let channel: ValueRule<String>
        let behaviour: ReadingBehaviour
        /// Whether a delta below zero is meant.
        let allowsNegative: Bool
    }

    struct QualityRule: Hashable, Sendable {
        let column: String
        let map: [String: StatedQuality]
    }

    enum StatedQuality: Hashable, Sendable {
        case present(ReadingQuality)
        /// The word says that there is no value, whatever the quantity cell holds.
        case missing
    }

    struct ReferenceRule: Hashable, Sendable {
        /// The column with the bill or delivery note number.
        let number: String?
        let supplier: String?
    }
}
