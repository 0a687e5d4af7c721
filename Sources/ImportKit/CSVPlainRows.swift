internal import Documents
internal import Inventory
internal import Quantities

/// Reads the rows that are like nearly all rows: no quotes, as many cells as the header, a meter
/// seen before, times that mean one instant, a number. What it takes of a row is what `CSVRows`
/// takes; any other row, and every message, is left to that.
struct CSVPlainRows {
    private let marks: CSVMarks
    private let delimiter: UInt8
    private let width: Int
    private let keyColumns: [Int]
    private let quantity: Int
    private let qualityColumn: Int?
    private let numbers: CSVNumberReader
    private let isMeanPower: Bool

    private var clock: CSVPlainClock
    /// The series of each combination of key cells, as it is written.
    private var series = ByteTable()
    private var qualities = ByteTable()
    /// The cells of the row.
    private var cells: [Range<Int>]
    /// Key cells with a zero byte behind each, where there are several.
    private var key: [UInt8] = []

    /// - Returns: `nil` for a layout whose rows need to be looked at in another way.
    init?(_ profile: Profile, table: CSVTable, columns: CSVColumns, key: [Int]) {
        let layout = profile.layout
        guard profile.sections == nil, layout.stop == nil, layout.ignored.isEmpty,
            !layout.unwrapsExcelText, profile.series.count == 1,
            columns.index(profile.reference.number) == nil,
            columns.index(profile.reference.supplier) == nil,
            let clock = CSVPlainClock(profile.time, columns: columns)
        else { return nil }
        let rule = profile.series[0]
        let quantities = columns.all(rule.quantity)
        let words = columns.indexes(profile.quality?.columns ?? [])
        guard rule.quantity.count == 1, quantities.count == 1, quantities[0] >= 0,
            columns.index(rule.factor) == nil, columns.index(rule.deltas) == nil,
            words.count <= 1, words.allSatisfy({ $0 >= 0 })
        else { return nil }
        marks = CSVMarks(table.reader.dialect)
        delimiter = table.reader.dialect.delimiter
        width = columns.count
        // What stands above the table is the same for all rows.
        keyColumns = key.filter { $0 >= 0 }
        quantity = quantities[0]
        qualityColumn = words.first
        numbers = CSVNumberReader(notation: layout.notation)
        isMeanPower = rule.behaviour == .meanPower
        self.clock = clock
        cells = [Range<Int>](repeating: 0..<0, count: columns.count)
    }

    /// Remembers what the words of a row meant.
    mutating func learn(_ row: CSVRow, series number: Int, quality: ReadingQuality) {
        guard row.reader.count == width else { return }
        var key: [UInt8] = []
        for column in keyColumns {
            row.reader.withCell(column) { bytes in
                for offset in bytes.indices { key.append(bytes[offset]) }
            }
            if keyColumns.count > 1 { key.append(0) }
        }
        series.insert(key, number: number)
        guard let qualityColumn, let code = ReadingQuality.allCases.firstIndex(of: quality)
        else { return }
        row.reader.withCell(qualityColumn) { bytes in
            qualities.insert(bytes.indices.map { bytes[$0] }, number: code)
        }
    }

    /// Reads rows as long as they are plain.
    ///
    /// - Parameters:
    ///   - unread: Begins with a row.
    ///   - line: That of the first row.
    /// - Returns: How many bytes and rows were read.
    mutating func read(
        _ unread: ArraySlice<UInt8>, line: Int, limit: Int,
        into builders: inout [CSVSeriesBuilder]
    ) -> (bytes: Int, rows: Int) {
        let bytes = unread.span
        var position = 0
        var rows = 0
        while rows < limit, let next = split(bytes, from: position),
            take(bytes, line: line + rows, into: &builders)
        {
            position = next
            rows += 1
        }
        return (position, rows)
    }

    /// Finds the cells of a row.
    ///
    /// - Returns: Where the next row begins; `nil` for a row that is not plain or not whole.
    private mutating func split(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var cell = start
        for column in 0..<width {
            let mark = marks.next(in: bytes, from: cell)
            guard mark < bytes.count else { return nil }
            cells[column] = cell..<mark
            cell = mark + 1
            if column + 1 < width {
                guard bytes[mark] == delimiter else { return nil }
            } else if bytes[mark] == UInt8(ascii: "\r") {
                guard cell < bytes.count, bytes[cell] == UInt8(ascii: "\n") else { return nil }
                cell += 1
            } else if bytes[mark] != UInt8(ascii: "\n") {
                return nil
            }
        }
        return cell
    }

    private mutating func take(
        _ bytes: Span<UInt8>, line: Int, into builders: inout [CSVSeriesBuilder]
    ) -> Bool {
        guard let number = number(bytes),
            let (start, end) = clock.span(
                bytes, cells[clock.first], cells[clock.second ?? clock.first]),
            var (mantissa, exponent) = numbers.plain(bytes, cells[quantity]),
            // A sign needs a look: the value may be refused, or be no value.
            bytes[cells[quantity].lowerBound] != UInt8(ascii: "-"),
            let quality = quality(bytes)
        else { return false }
        if isMeanPower, end > start {
            let (energy, overflow) = mantissa.multipliedReportingOverflow(by: end - start)
            guard !overflow else { return false }
            let value = ExactDecimal(mantissa: Int128(energy), exponent: exponent)
            (mantissa, exponent) = (Int64(truncatingIfNeeded: value.mantissa), value.exponent)
        }
        builders[number].readings.append(
            from: start, to: end, mantissa: mantissa,
            exponent: Int8(truncatingIfNeeded: exponent), line: line,
            mark: Reading.Mark(quality: quality, identifier: nil, supplier: nil))
        return true
    }

    private mutating func number(_ bytes: Span<UInt8>) -> Int? {
        if keyColumns.count == 1 {
            let cell = cells[keyColumns[0]]
            return series.number(of: bytes, cell)
        }
        // Taken out, so that it is not lent while the table is changed.
        var key: [UInt8] = []
        swap(&key, &self.key)
        key.removeAll(keepingCapacity: true)
        for column in keyColumns {
            for index in cells[column] { key.append(bytes[index]) }
            key.append(0)
        }
        let number = series.number(of: key.span, 0..<key.count)
        swap(&key, &self.key)
        return number
    }

    private mutating func quality(_ bytes: Span<UInt8>) -> ReadingQuality? {
        guard let qualityColumn else { return .unstated }
        let cell = cells[qualityColumn]
        return qualities.number(of: bytes, cell).map { ReadingQuality.allCases[$0] }
    }
}
