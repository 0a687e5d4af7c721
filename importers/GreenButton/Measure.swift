internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// How the numbers of a reading type become a quantity.
struct Measure: Hashable {
    var carrier: Carrier
    var direction: FlowDirection
    var behaviour: ReadingBehaviour
    /// The unit of the file, and the one of the series.
    var source: Unit
    var unit: Unit
    var powerOfTen: Int
    var intervalLength: Int64?
    var defaultQuality: Int?
    var registers: RegisterCodes
    /// The type says how its values accumulate; else the lengths of the readings must agree.
    var statesBehaviour: Bool

    /// Values of a type that is no amount, such as power, are left out for the reason given.
    enum Reading { case measure(Measure), leftOut(String) }
}

/// Turns the codes of a reading type and a service into a `Measure`.
struct MeasureReader {
    let type: ReadingType
    let service: CodeText?
    let findings: Findings

    /// - Throws: `unit-unknown`, `number-invalid`, `number-out-of-range`.
    func read() throws(Diagnostic) -> Measure.Reading {
        let powerOfTen = try powerOfTen()
        let unit = try unitOfMeasure()
        let commodity = try number(type.commodity, "commodity")
        guard case .amount(let source, let series) = unit else {
            if case .notAnAmount(let name) = unit { return .leftOut("it measures '\(name)'") }
            return .leftOut("it measures no amount")
        }
        let kind = try serviceKind(commodity)
        if let kind, !kind.fits(series) {
            throw findings.refusal(
                .unitUnknown, line: type.unit?.line ?? type.line,
                "'\(kind)' is not measured in '\(source.symbol)'",
                hint: "ask the sender which of service kind and unit is right")
        }
        let carrier =
            series.dimension == .reactiveEnergy
            ? .reactive : kind?.carrier(commodity: commodity) ?? .other
        guard let behaviour = try behaviour() else {
            return .leftOut(
                "its accumulation '\(type.accumulation?.text ?? "")' is no quantity over time")
        }
        let length = try number(type.intervalLength, "intervalLength")
        return .measure(
            Measure(
                carrier: carrier, direction: try direction(), behaviour: behaviour,
                source: source, unit: series, powerOfTen: powerOfTen,
                intervalLength: length.flatMap { $0 > 0 ? Int64($0) : nil },
                defaultQuality: try number(type.defaultQuality, "defaultQuality"),
                registers: type.registers, statesBehaviour: type.accumulation?.number ?? 0 != 0))
    }

    private func powerOfTen() throws(Diagnostic) -> Int {
        let power = try number(type.powerOfTen, "powerOfTenMultiplier") ?? 0
        // The codes of UnitMultiplierKind go from pico to tera.
        guard (-12...12).contains(power) else {
            throw findings.refusal(
                .numberOutOfRange, line: type.powerOfTen?.line,
                "the powerOfTenMultiplier '\(power)' is not within -12 to 12")
        }
        return power
    }

    private func unitOfMeasure() throws(Diagnostic) -> UnitOfMeasure {
        guard let code = try number(type.unit, "uom"), let unit = UnitOfMeasure(code: code) else {
            throw findings.refusal(
                .unitUnknown, line: type.unit?.line ?? type.line,
                type.unit.map { "no unit has the uom code '\(DiagnosticRenderer.quoted($0.text))'" }
                    ?? "the reading type states no unit",
                hint: "the codes of energy are 72 Wh, 169 therm, 31 J and 132 Btu")
        }
        return unit
    }

    private func serviceKind(_ commodity: Int?) throws(Diagnostic) -> ServiceKind? {
        guard let service, !service.text.isEmpty else {
            return commodity.flatMap(ServiceKind.init(commodity:))
        }
        guard let kind = service.number.flatMap(ServiceKind.init(rawValue:)) else {
            throw findings.refusal(
                .numberOutOfRange, line: service.line,
                "no service has the kind '\(DiagnosticRenderer.quoted(service.text))'")
        }
        return kind
    }

    /// - Returns: `nil` for values that are no quantity, such as momentary ones.
    private func behaviour() throws(Diagnostic) -> ReadingBehaviour? {
        switch try number(type.accumulation, "accumulationBehaviour") ?? 0 {
        case 0, 4: .delta
        // Bulk quantity, continuous cumulative, cumulative, summation, bounded quantity: registers.
        case 1, 2, 3, 9, 14: .cumulative
        case _: nil
        }
    }

    private func direction() throws(Diagnostic) -> FlowDirection {
        switch try number(type.flowDirection, "flowDirection") ?? 0 {
        case 1: .import
        case 19: .export
        case 4: .net
        case _: .unknown
        }
    }

    /// - Returns: `nil` where the element is absent.
    /// - Throws: `number-invalid` where it holds no integer: an empty one is not a default.
    private func number(_ code: CodeText?, _ name: String) throws(Diagnostic) -> Int? {
        guard let code else { return nil }
        guard let number = code.number else {
            throw findings.refusal(
                .numberInvalid, line: code.line,
                "\(name) is '\(DiagnosticRenderer.quoted(code.text))', which is no integer",
                hint: "ask the sender for a feed that states it")
        }
        return number
    }
}
