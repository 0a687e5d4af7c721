/// The number of a cell as a plain decimal, by the rule `shortest-round-trip/1`.
///
/// A workbook keeps a number as binary64 and writes it with up to 17 digits, so that what was
/// typed as 0.1 stands there as 0.10000000000000001. The decimal meant is the shortest one that
/// is the same binary64; up to 15 digits that is the text itself.
enum SheetNumber {
    /// - Returns: Digits with at most one point and one minus; `nil` for a text that is no number,
    ///   has an exponent beyond 30 or leaves the range of binary64.
    static func decimal(_ text: String) -> String? {
        guard let written = Parts(text) else { return nil }
        guard written.digits.count > 15 else { return written.plain }
        // This is the one place where binary floating point belongs: the format is made of it.
        guard let value = Double(text), value.isFinite else { return nil }
        return Parts("\(value)")?.plain
    }

    /// Significant digits, and where the point stands.
    private struct Parts {
        var isNegative = false
        /// Without leading and trailing zeros.
        var digits: [Character] = []
        /// The number is 0.`digits` times ten to this power.
        var exponent = 0

        init?(_ text: String) {
            var rest = text[...]
            if rest.first == "-" || rest.first == "+" { isNegative = rest.removeFirst() == "-" }
            let pieces = rest.split(omittingEmptySubsequences: false) { $0 == "e" || $0 == "E" }
            let mantissa = pieces[0].split(separator: ".", omittingEmptySubsequences: false)
            let isNumber = mantissa.allSatisfy { $0.utf8.allSatisfy { (48...57).contains($0) } }
            guard pieces.count <= 2, mantissa.count <= 2, isNumber, text.utf8.count <= 64,
                !mantissa.allSatisfy(\.isEmpty)
            else { return nil }
            if pieces.count == 2 {
                guard let stated = Int(pieces[1]), abs(stated) <= 30 else { return nil }
                exponent = stated
            }
            let all = Array(mantissa.joined())
            let zeros = all.prefix { $0 == "0" }.count
            exponent += mantissa[0].count - zeros
            digits = all.dropFirst(zeros).reversed().drop { $0 == "0" }.reversed()
        }

        var plain: String {
            guard !digits.isEmpty else { return "0" }
            let sign = isNegative ? "-" : ""
            let text = String(digits)
            if exponent <= 0 {
                return sign + "0." + String(repeating: "0", count: -exponent) + text
            }
            if exponent >= digits.count {
                return sign + text + String(repeating: "0", count: exponent - digits.count)
            }
            return sign + text.prefix(exponent) + "." + text.dropFirst(exponent)
        }
    }
}
