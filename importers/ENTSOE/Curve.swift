internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// Lays the points of a period out over its positions.
enum Curve: String {
    /// Sequential blocks of fixed size: what is absent is missing.
    case fixedBlocks = "A01"
    /// Sequential blocks of variable size: a point holds until the next one.
    case variableBlocks = "A03"

    /// What stands at each position: the index of its point, `nil` where none does.
    ///
    /// - Parameter points: By rising position, each at most once.
    func layout(_ points: [GridPoint], positions: Int) -> [Int?] {
        var layout = [Int?](repeating: nil, count: positions)
        for (index, point) in points.enumerated() {
            guard let position = point.position, position <= positions else { continue }
            switch self {
            case .fixedBlocks: layout[position - 1] = index
            case .variableBlocks:
                let next = index + 1 < points.count ? points[index + 1].position : nil
                for slot in position - 1..<min((next ?? positions + 1) - 1, positions) {
                    layout[slot] = index
                }
            }
        }
        return layout
    }
}

extension GridPeriod {
    /// The points by position, each once.
    ///
    /// - Throws: `xml-structure` for a position that is none of this period.
    func orderedPoints(
        positions: Int, _ findings: inout Findings
    ) throws(Diagnostic) -> [GridPoint] {
        for point in points where !(1...positions).contains(point.position ?? 0) {
            throw findings.refusal(
                .xmlStructure, line: point.line,
                "the position '\(point.position.map(String.init) ?? "")' is none of the "
                    + "\(positions) of the period on line \(line)",
                hint: "the interval and the resolution do not fit the points: ask for it again")
        }
        let sorted = points.sorted { ($0.position ?? 0, $0.line) < ($1.position ?? 0, $1.line) }
        var kept: [GridPoint] = []
        for point in sorted {
            guard let last = kept.last, last.position == point.position else {
                kept.append(point)
                continue
            }
            guard last.quantity == point.quantity else {
                kept[kept.count - 1].quantity = .contested
                findings.conflict(
                    .readingConflict, line: point.line,
                    "position \(point.position ?? 0) has another value on line \(last.line); "
                        + "neither is taken",
                    hint: "ask for the document again")
                continue
            }
            findings.warn(
                .readingDuplicate, line: point.line,
                "position \(point.position ?? 0) stands twice with one value and counts once")
        }
        return kept
    }
}
