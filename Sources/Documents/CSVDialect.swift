/// How a delimited text is written.
package struct CSVDialect: Hashable, Sendable {
    /// One ASCII character between cells.
    package let delimiter: UInt8
    /// One ASCII character around cells that hold delimiters, quotes or line breaks, or `nil`.
    package let quote: UInt8?

    /// RFC 4180: comma and double quote.
    package static let standard = CSVDialect(
        delimiter: UInt8(ascii: ","), quote: UInt8(ascii: "\""))

    package init(delimiter: UInt8, quote: UInt8?) {
        self.delimiter = delimiter
        self.quote = quote
    }
}

/// Bounds on what a reader takes from one document, so that a hostile file ends early.
package struct CSVLimits: Hashable, Sendable {
    package let fieldBytes: Int
    /// A row is looked at once for each dialect that a profile may mean.
    package let rowBytes: Int
    package let columns: Int
    package let rows: Int
    /// Rows of which each becomes a record of its own.
    package let records: Int

    package static let standard = CSVLimits()

    package init(
        fieldBytes: Int = 1 << 20, rowBytes: Int = 4 << 20, columns: Int = 4_096,
        rows: Int = 20_000_000, records: Int = 2_000_000
    ) {
        self.fieldBytes = fieldBytes
        self.rowBytes = rowBytes
        self.columns = columns
        self.rows = rows
        self.records = records
    }
}
