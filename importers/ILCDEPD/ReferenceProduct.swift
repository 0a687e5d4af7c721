internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Quantities

/// The reference flow of a declaration and the quantity of product it stands for.
///
/// `referenceToReferenceFlow` is an identifier inside the data set. What the flow measures stands
/// in the flow data set, which a declaration alone does not hold.
struct ReferenceProduct {
    private enum Doubt {
        case absent
        /// The reference points at a result of the declaration.
        case indicator(String)
        /// The flow shares no word with the product.
        case otherName(flow: String, product: String)
        case unknownUnit(String)
        case invalidAmount(String)
    }

    let flow: ProductDeclaration.ReferenceFlow
    private(set) var declaredUnit: Quantity?
    private(set) var declaredMass: Quantity?
    private var doubt: Doubt?
    private let line: Int

    init(_ root: XMLElement, _ dependencies: Dependencies) {
        let quantitative = root.first(at: "processInformation", "quantitativeReference")
        let references = quantitative?.children("referenceToReferenceFlow") ?? []
        let exchanges = root.first("exchanges")?.children("exchange") ?? []
        let exchange = references.first.flatMap { reference in
            exchanges.first { $0.attributes["dataSetInternalID"] == reference.text }
        }
        line = (exchange ?? references.first ?? root).line
        let target = exchange?.first("referenceToFlowDataSet")
        flow = .init(uuid: target?.referenced, amount: exchange?.value("meanAmount"))
        guard let exchange, references.count == 1 else {
            doubt = .absent
            return
        }
        let measure = flow.uuid.flatMap { dependencies.flow($0) }
        let flowNames =
            XMLElement.texts(target?.children("shortDescription") ?? []) + (measure?.names ?? [])
        let isResult = exchange.children("other").contains { $0.first("amount") != nil }
        if isResult || flow.uuid.map(IndicatorRegister.isInventoryFlow) ?? false {
            doubt = .indicator(flowNames.first ?? flow.uuid ?? exchange.text)
            return
        }
        let name = root.first(at: "processInformation", "dataSetInformation", "name")
        let productNames = XMLElement.texts(name?.children("baseName") ?? [])
        if let flowName = flowNames.first, let product = productNames.first,
            Self.words(flowNames).isDisjoint(with: Self.words(productNames))
        {
            doubt = .otherName(flow: flowName, product: product)
            return
        }
        if let measure { measured(measure, dependencies) }
    }

    private mutating func measured(_ measure: FlowMeasure, _ dependencies: Dependencies) {
        guard let property = measure.property,
            let symbol = dependencies.unit(ofFlowProperty: property)
        else { return }
        guard let unit = ReferenceData.unit(symbol) else {
            doubt = .unknownUnit(symbol)
            return
        }
        let factor = flow.amount ?? "1"
        guard let amount = Self.product(factor, measure.amount ?? "1"), !amount.isZero,
            !amount.isNegative
        else {
            doubt = .invalidAmount(factor)
            return
        }
        declaredUnit = Quantity(amount, unit)
        guard unit.dimension != .mass, let mass = measure.mass,
            let kilograms = Self.product(factor, mass), !kilograms.isZero, !kilograms.isNegative
        else { return }
        declaredMass = Quantity(kilograms, .kilogram)
    }

    private static func product(_ left: String, _ right: String) -> ExactDecimal? {
        do {
            return try ExactDecimal(parsing: left).multiplied(by: ExactDecimal(parsing: right))
        } catch {
            return nil
        }
    }

    /// Words of three letters or more, without case.
    private static func words(_ names: [String]) -> Set<String> {
        Set(
            names.flatMap { name in
                name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
                    .filter { $0.count > 2 }
            })
    }

    /// What to ask about the declared unit.
    func faults(file: String) -> [Diagnostic] {
        guard let doubt else { return [] }
        let message =
            switch doubt {
            case .absent: "the reference flow is not among the exchanges of the data set"
            case .indicator(let name):
                "the reference flow '\(DiagnosticRenderer.quoted(name))' is a result of the "
                    + "declaration, not the product"
            case .otherName(let flow, let product):
                "the reference flow is called '\(DiagnosticRenderer.quoted(flow))', the product "
                    + "'\(DiagnosticRenderer.quoted(product))'"
            case .unknownUnit(let unit):
                "no unit is called '\(DiagnosticRenderer.quoted(unit))'"
            case .invalidAmount(let amount):
                "the amount '\(DiagnosticRenderer.quoted(amount))' of the reference flow is no "
                    + "positive number"
            }
        return [
            Diagnostic(
                .declaredUnitUnresolved, at: SourceLocation(file: file, line: line), message,
                hint: "read the declared unit in the printed declaration, and state it when you "
                    + "import: tonne import FILE --declared-unit '1 kg'")
        ]
    }
}
