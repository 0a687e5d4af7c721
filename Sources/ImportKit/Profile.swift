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
        /// Quantities of short intervals, or the state of registers.
        case interval
        /// The state of registers that only rise.
        case register
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
    /// The profile that it extends, and whose files it reads in that one's place where it has no
    /// fingerprint of its own.
    let base: Base?
    let identification: Identification
    let preamble: Preamble?
    let sections: Sections?
    let layout: Layout
    let time: TimeRule
    /// The columns that name the meter, account or tank; the first that is not empty counts.
    let meter: [String]
    let series: [SeriesRule]
    let quality: QualityRule?
    let reference: ReferenceRule
    let check: CheckRule
    /// The unit that is kept where the same energy comes in several.
    let preferredUnit: Unit?

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

    struct Base: Hashable, Sendable {
        let id: String
        /// Whether the files of the base are to be read by this profile.
        let isReplaced: Bool
    }

    /// The fingerprint by which a document is known.
    struct Identification: Hashable, Sendable {
        let header: Header
        /// Names of the columns by position; empty where the header names them.
        let names: [String]
        /// Rows of which the header consists; the names in one column are joined by a space.
        let headerRows: Int
        /// A pattern for the name of the file.
        let filename: TextPattern?
        /// What lines above the table must say.
        let labels: [String: TextPattern]
        /// What the cells of the first row below the header must look like.
        let cells: [String: TextPattern]

        enum Header: Hashable, Sendable {
            /// Columns in any order; others beside them are refused or ignored.
            case columns(required: [String], optional: [String], allowsOthers: Bool)
            /// Cells in this order, repeated and unnamed ones included.
            case row([TextPattern])
            /// No header: only the number of cells, dates and numbers in their places, and `cells`.
            case none
        }
    }

    /// Labels and their values above the table; a rule reads them as columns named `@label`.
    struct Preamble: Hashable, Sendable {
        enum Form: String, CaseIterable, Hashable, Sendable {
            /// `Account Number,123`: the label and its value are the first two cells.
            case pairs
            /// `Account Number: 123`, in one cell.
            case colon
            /// A row of labels above a row of values.
            case table
        }

        let form: Form
        let labels: [String]
        let optional: [String]
    }

    /// Tables one below the other, each with its header. What one says is never added to another.
    struct Sections: Hashable, Sendable {
        /// The first cell of the row with which a section begins.
        let start: TextPattern
        /// Whether the sections are parts of one table.
        let isContinued: Bool
    }

    struct Layout: Hashable, Sendable {
        let encoding: TextEncoding
        let dialect: CSVDialect
        let notation: DecimalNotation
        /// Texts that mean "no value".
        let missing: Set<String>
        /// Whether other lines may stand before the header.
        let skipsUntilHeader: Bool
        let ragged: Set<Ragged>
        /// Whether `="123"` is the text 123.
        let unwrapsExcelText: Bool
        /// A row whose first cell fits ends the table.
        let stop: TextPattern?
        /// Rows that are not data, by the words of a column.
        let ignored: [String: WordTable<Bool>]

        /// How a row may differ from the header.
        enum Ragged: String, CaseIterable, Hashable, Sendable {
            /// It may lack cells at its end: they are empty.
            case short
            /// It may have empty cells too many at its end.
            case padded
        }
    }

    struct TimeRule: Hashable, Sendable {
        let span: Span
        /// The first that reads a text holds.
        let formats: [LocalTimeFormat]
        let zone: Zone
        /// How the columns of a day meet a change of the clock; `nil` where a row is one time.
        let days: Days?
        /// Whether a time that the clock skipped is kept as if the clock had run on, and flagged.
        let keepsGaps: Bool
        /// What stands between both ends where one cell holds them.
        let separator: String?
        /// Seconds to add to what is written.
        let shift: Int64
        /// Whether the file runs backwards, so that the second of two equal labels comes first.
        let isNewestFirst: Bool

        enum Span: Hashable, Sendable {
            /// Both ends are written; `isInclusive` where the last day belongs to the period.
            case ends(start: [String], end: [String], isInclusive: Bool)
            case label(at: [String], Label, Step)
            /// The last day of a bill, which begins after that of the bill before.
            case previous(at: [String])
            /// The moment at which a register was read.
            case moment(at: [String])
        }

        /// How many columns a day of 23 or 25 hours fills.
        enum Days: String, CaseIterable, Hashable, Sendable {
            /// As many as there are steps: 46 or 50 half-hours.
            case elapsed
            /// Always the same: each is a time on the clock.
            case labels
        }

        enum Label: String, CaseIterable, Hashable, Sendable { case start, end }

        enum Step: Hashable, Sendable {
            case seconds(Int64), days(Int)
            /// Minutes, or a duration such as `PT30M`, in a column.
            case column(String)
            /// The distance of the times; refused where it is not the same throughout.
            case fromTimes
        }

        enum Zone: Hashable, Sendable {
            /// Each time states its offset.
            case written
            /// A name that `LocalTimeZone` knows; its table is made when a document is read.
            case place(String)
            /// Days or times in the zone of the facility, which only the book knows.
            case facility
        }
    }

    /// A property of a series: fixed, or a word of a column.
    struct ValueRule<Value: Hashable & Sendable>: Hashable, Sendable {
        /// Holds where there is no column, or its cell is empty.
        let fixed: Value?
        let column: String?
        /// Words of the column; `nil` where the words are ours.
        let map: WordTable<Value>?
    }

    struct SeriesRule: Hashable, Sendable {
        /// The rows that belong to the series: a column and the words it may hold.
        let filter: [String: WordTable<Bool>]
        /// One column, or those of the slots of a day.
        let quantity: [String]
        let unit: ValueRule<Unit>
        let carrier: ValueRule<Carrier>
        let direction: ValueRule<FlowDirection>
        let channel: ValueRule<String>
        let behaviour: ReadingBehaviour
        /// Whether a delta below zero is meant.
        let allowsNegative: Bool
        /// A column by which the value is multiplied: the ratio of the transformers.
        let factor: String?
        /// A column with the differences of a register, which must come to the same.
        let deltas: String?
        /// Whether a word that is not in a map stops the document with a question.
        let asks: Bool
        /// Whether a document may lack the columns, or leave them empty throughout.
        let isOptional: Bool
    }

    struct QualityRule: Hashable, Sendable {
        /// One column, or one for each slot of a day.
        let columns: [String]
        let map: WordTable<StatedQuality>
        /// Whether another word stops the document with a question.
        let asks: Bool
    }

    struct CheckRule: Hashable, Sendable {
        /// The share of rows set aside above which the document is not to be booked.
        let quarantineLimit: ExactDecimal
        /// A column with the sum of the day.
        let totalColumn: String?
        let rowsPerDay: RowsPerDay?

        enum RowsPerDay: Hashable, Sendable {
            /// As many as the local day has steps.
            case byClock
            case fixed(Int)
        }
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
