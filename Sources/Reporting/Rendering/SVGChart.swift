internal import Quantities

/// Draws bars as SVG in whole units of a view 520 wide. Colour and pattern tell series apart.
struct SVGChart {
    private let chart: StatementChart
    private static let width = 520

    init(_ chart: StatementChart) { self.chart = chart }

    var node: HTMLNode {
        let drawing =
            switch chart.kind {
            case .stacked(let series): stacked(series)
            case .waterfall: waterfall
            }
        return .element(
            .svg,
            [
                HTMLAttribute(.viewBox, "0 0 \(Self.width) \(drawing.height)"),
                HTMLAttribute(.role, "img"),
                HTMLAttribute(.ariaLabelledBy, "\(chart.id)-title"),
            ],
            [
                .element(
                    .title, [HTMLAttribute(.id, "\(chart.id)-title")],
                    "\(chart.title). \(chart.description)"),
                .element(.defs, [], (0..<3).map(pattern)),
            ] + drawing.nodes)
    }

    private struct Drawing {
        let height: Int
        let nodes: [HTMLNode]
    }

    // MARK: Stacked bars

    private func stacked(_ series: [String]) -> Drawing {
        let scale = Scale(maximum: chart.bars.map(\.total).max() ?? 0, length: Self.width - 20)
        var nodes = legend(series)
        var y = 40
        let top = y
        for bar in chart.bars {
            nodes.append(text(bar.label, x: 0, y: y + 12, style: "label"))
            nodes.append(
                text(bar.value.typesetText, x: Self.width - 20, y: y + 12, style: "value", "end"))
            var x = 0
            var before: Int128 = 0
            for (index, figure) in bar.segments.enumerated() {
                before += max(0, figure.kilograms)
                let end = scale.position(before)
                if end > x {
                    nodes.append(rectangle(x: x, y: y + 18, end - x, 16, index, figure))
                }
                x = end
            }
            y += 46
        }
        return Drawing(height: y + 24, nodes: axis(scale, from: top, to: y) + nodes)
    }

    private func axis(_ scale: Scale, from top: Int, to bottom: Int) -> [HTMLNode] {
        scale.ticks.flatMap { tick -> [HTMLNode] in
            let x = scale.position(tick)
            let anchor = tick == 0 ? "start" : "middle"
            return [
                line(x, top, x, bottom, "grid"),
                text(Self.tonnes(tick), x: x, y: bottom + 14, style: "tick", anchor),
            ]
        }
    }

    private func legend(_ series: [String]) -> [HTMLNode] {
        series.enumerated().flatMap { index, name -> [HTMLNode] in
            let x = index * 96
            return [
                swatch(x: x, index), text(name, x: x + 20, y: 16, style: "label"),
            ]
        } + [text("t CO2e", x: Self.width - 20, y: 16, style: "tick", "end")]
    }

    // MARK: Waterfall

    private var waterfall: Drawing {
        let heights = levels
        let scale = Scale(maximum: heights.map { max($0.low, $0.high) }.max() ?? 0, length: 190)
        let (left, base) = (10, 226)
        let step = (Self.width - 2 * left) / max(1, chart.bars.count)
        var nodes = [line(left, base, Self.width - left, base, "base")]
        for (index, bar) in chart.bars.enumerated() {
            let (low, high) = (heights[index].low, heights[index].high)
            let (x, top) = (left + index * step + 8, base - scale.position(high))
            let height = max(1, scale.position(high) - scale.position(low))
            let kind = bar.role.pattern
            if let figure = bar.segments.first {
                nodes.append(rectangle(x: x, y: top, step - 16, height, kind, figure))
            }
            let middle = x + (step - 16) / 2
            nodes.append(
                text(
                    bar.signedText, x: middle, y: top - 6,
                    style: "value", "middle"))
            nodes.append(text(bar.label, x: middle, y: base + 18, style: "label", "middle"))
            if index + 1 < chart.bars.count {
                let level = base - scale.position(heights[index].after)
                nodes.append(line(x + step - 16, level, x + step, level, "grid"))
            }
        }
        nodes.append(text("t CO2e", x: left, y: 12, style: "tick"))
        return Drawing(height: base + 30, nodes: nodes)
    }

    private var levels: [(low: Int128, high: Int128, after: Int128)] {
        var running: Int128 = 0
        return chart.bars.map { bar in
            let value = bar.value.kilograms
            let before = running
            switch bar.role {
            case .level:
                running = value
                return (0, max(0, value), value)
            case .increase: running += value
            case .decrease: running -= value
            }
            return (max(0, min(before, running)), max(0, before, running), running)
        }
    }
}

/// Shapes and text.
extension SVGChart {
    private func rectangle(
        x: Int, y: Int, _ width: Int, _ height: Int, _ series: Int, _ figure: Figure
    ) -> HTMLNode {
        .element(
            .rect,
            [
                HTMLAttribute(.x, x), HTMLAttribute(.y, y), HTMLAttribute(.width, width),
                HTMLAttribute(.height, height), fill(series),
            ],
            [
                .element(
                    .title, [],
                    "\(figure.label): \(figure.typesetText) \(figure.measure.displaySymbol)")
            ])
    }

    private func swatch(x: Int, _ series: Int) -> HTMLNode {
        .element(
            .rect,
            [
                HTMLAttribute(.x, x), HTMLAttribute(.y, 5), HTMLAttribute(.width, 14),
                HTMLAttribute(.height, 14), fill(series),
            ], [])
    }

    private func fill(_ series: Int) -> HTMLAttribute {
        HTMLAttribute(.fill, "url(#\(chart.id)-\(series % 3))")
    }

    /// Plain, stripes, dots: they stay apart without colour.
    private func pattern(_ series: Int) -> HTMLNode {
        let ground = HTMLNode.element(
            .rect,
            [HTMLAttribute(.width, 8), HTMLAttribute(.height, 8), .style("series\(series)")], [])
        let marks: [HTMLNode] =
            switch series {
            case 1:
                [
                    .element(
                        .path, [HTMLAttribute(.d, "M-2 2L2 -2M0 8L8 0M6 10L10 6"), .style("over")],
                        [])
                ]
            case 2:
                [
                    .element(
                        .circle,
                        [
                            HTMLAttribute(.cx, 4), HTMLAttribute(.cy, 4), HTMLAttribute(.r, 1),
                            .style("dot"),
                        ], [])
                ]
            case _: []
            }
        return .element(
            .pattern,
            [
                HTMLAttribute(.id, "\(chart.id)-\(series)"), HTMLAttribute(.width, 8),
                HTMLAttribute(.height, 8), HTMLAttribute(.patternUnits, "userSpaceOnUse"),
            ], [ground] + marks)
    }

    private func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, _ style: String) -> HTMLNode {
        .element(
            .line,
            [
                HTMLAttribute(.x1, x1), HTMLAttribute(.y1, y1), HTMLAttribute(.x2, x2),
                HTMLAttribute(.y2, y2), .style(style),
            ], [])
    }

    private func text(
        _ words: String, x: Int, y: Int, style: String, _ anchor: String = "start"
    ) -> HTMLNode {
        .element(
            .text,
            [
                HTMLAttribute(.x, x), HTMLAttribute(.y, y), .style(style),
                HTMLAttribute(.textAnchor, anchor),
            ], words)
    }

    private static func tonnes(_ kilograms: Int128) -> String {
        let value = ExactDecimal(mantissa: kilograms, exponent: -3)
        return NumberText.fixed(
            value, decimals: max(0, -value.exponent), grouping: "\u{202F}", minus: "\u{2212}")
    }
}

/// From kilograms to units of the view, with ticks at 1, 2 or 5 times a power of ten.
private struct Scale {
    let maximum: Int128
    let length: Int
    let ticks: [Int128]

    init(maximum: Int128, length: Int) {
        var step: Int128 = 1
        var factors: [Int128] = [2, 5, 10]
        var decade: Int128 = 1
        while maximum / step > 4 {
            step = decade * factors.removeFirst()
            if factors.isEmpty {
                decade *= 10
                factors = [2, 5, 10]
            }
        }
        self.maximum = max(1, maximum)
        self.length = length
        ticks = (0...Int(maximum / step)).map { Int128($0) * step }
    }

    func position(_ kilograms: Int128) -> Int {
        Int(max(0, kilograms) * Int128(length) / maximum)
    }
}

extension StatementChart.Bar {
    fileprivate var total: Int128 { segments.reduce(0) { $0 + max(0, $1.kilograms) } }
}

extension StatementChart.Bar {
    /// The value with the sign of a change: a decrease is negative.
    fileprivate var signedText: String {
        let amount = NumberText.fixed(
            value.displayed.magnitude, decimals: value.measure.decimals, grouping: "\u{202F}")
        if value.displayed.isZero { return amount }
        switch role {
        case .level: return value.typesetText
        case .increase: return (value.displayed.isNegative ? "\u{2212}" : "+") + amount
        case .decrease: return (value.displayed.isNegative ? "+" : "\u{2212}") + amount
        }
    }
}

extension StatementChart.Bar.Role {
    fileprivate var pattern: Int {
        switch self {
        case .level: 0
        case .increase: 1
        case .decrease: 2
        }
    }
}

extension Figure {
    /// The displayed tonnes in kilograms: all a chart can show.
    fileprivate var kilograms: Int128 {
        do {
            return try displayed.mantissa(at: -3)
        } catch {
            preconditionFailure("A displayed tonnage has three decimals: \(error)")
        }
    }
}
