internal import Inventory
internal import LedgerCore
internal import Quantities

/// Source side against object side, to the milligram.
extension StatementBuilder {
    mutating func reconciliationSection() throws(StatementError) -> StatementSection {
        let sides = [["source"], ["object", "transfer"]]
        var keys: Set<Pair> = []
        for line in booked.lines where line.key.commodity.substance != nil {
            if sides.joined().contains(line.key.account.root.rawValue) {
                keys.insert(Pair(commodity: line.key.commodity, basis: line.key.basis))
            }
        }
        var rows: [StatementTable.Row] = []
        var open: [String] = []
        for key in keys.sorted() {
            guard let substance = key.commodity.substance else { continue }
            let name = "REC_\(Figure.name(substance.description))_\(Figure.name("\(key.basis)"))"
            var cells: [StatementTable.Cell] = []
            for (suffix, sign, roots) in [
                ("SOURCE", AccountQuery.Sign.credit, sides[0]), ("OBJECT", .debit, sides[1]),
            ] {
                let query = AccountQuery(
                    sign, of: roots, bases: [key.basis], selection: .commodity(key.commodity))
                let draft = FigureDraft(
                    "\(name)_\(suffix)", "\(substance), \(key.basis), \(roots[0]) side",
                    "The \(roots[0]) side as booked, before any share of ownership.",
                    measure: .ledgerMass(substance), query)
                cells.append(try add(draft))
            }
            let values = ["SOURCE", "OBJECT"].map { figure("\(name)_\($0)").value }
            let difference = try exactly([values[0], values[1].negated])
            let both = AccountQuery(
                .credit, of: sides.flatMap(\.self), bases: [key.basis],
                selection: .commodity(key.commodity))
            let draft = FigureDraft(
                "\(name)_DIFFERENCE", "\(substance), \(key.basis), difference",
                "Source side less object side; zero in a sound book.",
                measure: .ledgerMass(substance), both)
            cells.append(try add(draft, value: difference))
            if !difference.isZero { open.append("\(substance) in basis \(key.basis)") }
            rows.append(.init("\(substance), \(key.basis)", .plain, cells))
        }
        checks.append(
            StatementCheck(
                title: "Source side = object side", passed: open.isEmpty,
                detail: open.first.map { "differs for \($0)" }
                    ?? "to the milligram, for each gas and basis"))
        try checkSums()
        return StatementSection(
            id: "reconciliation", title: "Reconciliation",
            blocks: [
                .paragraph(
                    "Each entry credits where an emission came from and debits what it was spent"
                        + " on. The inventory reads the credits, the life-cycle view the debits."),
                .table(
                    StatementTable(
                        "Source side and object side as booked, mg",
                        [
                            .init("Gas and basis", .text), .init("Source side"),
                            .init("Object side"), .init("Difference"),
                        ], rows)),
                .table(checksTable),
            ])
    }

    private struct Pair: Hashable, Comparable {
        let commodity: Commodity
        let basis: Basis

        static func < (left: Pair, right: Pair) -> Bool {
            (left.commodity, left.basis) < (right.commodity, right.basis)
        }
    }

    private mutating func checkSums() throws(StatementError) {
        for (suffix, words) in [("LB", "location-based"), ("MB", "market-based")] {
            let total = figure("TOT_\(suffix)").value
            let splits: [(String, [Figure])] = [
                ("scopes", ["S1", "S2_\(suffix)", scope3(suffix)].map { figure($0) }),
                (
                    "facilities",
                    facilities.map { figure("FAC_\(Figure.name($0.rawValue))_\(suffix)") }
                ),
                ("gases", figures.filter { $0.isPart("GAS_", suffix) }),
                ("modules", figures.filter { $0.isPart("MOD_", suffix) }),
            ]
            var open: [String] = []
            for (name, parts) in splits where try exactly(parts.map(\.value)) != total {
                open.append(name)
            }
            checks.append(
                StatementCheck(
                    title: "Sum of scopes = facilities = gases = modules = total, \(words)",
                    passed: open.isEmpty,
                    detail: open.isEmpty
                        ? "exact, before rounding" : "the \(open[0]) differ from the total"))
        }
    }

    private var checksTable: StatementTable {
        StatementTable(
            "Checks made when this statement was drawn up",
            [.init("Check", .text), .init("Result", .text), .init("Compared", .text)],
            checks.map { check in
                .init(
                    check.title, .plain,
                    [.text(check.passed ? "✓\u{A0}holds" : "✖\u{A0}fails"), .text(check.detail)])
            })
    }
}

extension Figure {
    /// True for a valued part of a total: a gas or a module in one basis.
    fileprivate func isPart(_ prefix: String, _ suffix: String) -> Bool {
        id.hasPrefix(prefix) && id.hasSuffix("_\(suffix)")
    }
}
