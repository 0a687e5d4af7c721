internal import Diagnostics
internal import Documents
internal import Inventory

/// The notations in which invoices state days.
enum InvoiceDay {
    /// Which day of a longer span is meant.
    enum Edge {
        /// A day of its own: a span is no day.
        case day
        case first, last
    }

    struct Fault: Error {
        /// Continues "the issue date "2025-13-01" …".
        let reason: String
        let hint: String
    }

    static func read(
        _ element: XMLElement, _ notation: InvoiceTerms.DayNotation, as edge: Edge
    ) throws(Fault) -> CivilDate {
        switch notation {
        case .xmlSchema: try day(element.text)
        case .formatCode: try coded(element, as: edge)
        }
    }

    /// `YYYY-MM-DD`; the offset that `xs:date` may carry (`Z`, `+01:00`) is left out, for an
    /// invoice means the day that it prints.
    private static func day(_ text: String) throws(Fault) -> CivilDate {
        guard let date = CivilDate(String(text.prefix(10))), isOffset(text.dropFirst(10)) else {
            throw Fault(
                reason: "is not a day of the calendar", hint: "write the day as YYYY-MM-DD")
        }
        return date
    }

    /// A day by a format code of UNTDID 2379.
    ///
    /// EN 16931 uses 102 (CCYYMMDD). 203 and 204 append a time of day, 610 (CCYYMM) means a month,
    /// which is a period and no day. Others are refused: a week (616) begins on different days in
    /// different countries, and digits without a code may be in any order.
    private static func coded(_ element: XMLElement, as edge: Edge) throws(Fault) -> CivilDate {
        let digits = element.text.utf8.allSatisfy { (48...57).contains($0) } ? element.text : ""
        let date: CivilDate?
        switch (element.attributes["format"], digits.count) {
        case ("102", 8), ("203", 12), ("204", 14): date = CivilDate(digits: digits.prefix(8))
        case ("102", _), ("203", _), ("204", _): date = nil
        case ("610", 6):
            let first = CivilDate(digits: digits + "01")
            switch edge {
            case .day:
                throw Fault(reason: "is a month, not a day", hint: "state the day as format 102")
            case .first: date = first
            case .last: date = first?.lastOfMonth
            }
        case ("610", _): date = nil
        case (nil, _):
            // Nothing but ISO 8601 in its long form says by itself what its digits are.
            guard element.text.contains("-") else {
                throw Fault(
                    reason: "states no format, so the order of its digits is not known",
                    hint: "state it as format=\"102\", CCYYMMDD")
            }
            let text = element.text.prefix { $0 != "T" }
            date = CivilDate(String(text))
        case (let code?, _):
            throw Fault(
                reason: "has the format \"\(DiagnosticRenderer.quoted(code))\", which is not read",
                hint: "state it as format=\"102\", CCYYMMDD")
        }
        guard let date else {
            throw Fault(
                reason: "is not a day of the calendar in its format",
                hint: "state it as format=\"102\", CCYYMMDD")
        }
        return date
    }

    private static func isOffset(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        guard let sign = bytes.first else { return true }
        if bytes == [UInt8(ascii: "Z")] { return true }
        guard bytes.count == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":")
        else { return false }
        return [1, 2, 4, 5].allSatisfy { bytes[$0] &- 48 < 10 }
    }
}

extension CivilDate {
    /// Reads `CCYYMMDD`.
    fileprivate init?(digits: some StringProtocol) {
        guard digits.utf8.count == 8, let number = Int(digits) else { return nil }
        self.init(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }

    fileprivate var lastOfMonth: CivilDate? {
        CivilDate(year: year, month: month, day: Self.days(inMonth: month, of: year))
    }
}
