internal import Documents

/// The elements of Atom and ESPI that are read, by namespace and local name.
enum FeedElement: String {
    case entry, link
    case UsagePoint, ServiceCategory, kind
    case MeterReading
    case ReadingType, accumulationBehaviour, commodity, defaultQuality, flowDirection
    case intervalLength, powerOfTenMultiplier, uom
    case IntervalBlock, interval, IntervalReading, timePeriod, start, duration, value
    case ReadingQuality, quality, tou, consumptionTier, cpp
    case UsageSummary, ElectricPowerUsageSummary, billingPeriod
    case overallConsumptionLastPeriod, currentBillingPeriodOverAllConsumption
    /// A reading by name, in a namespace that is not ESPI's.
    case foreignReading
    case other

    static let atomNamespace = "http://www.w3.org/2005/Atom"
    static let energyNamespace = "http://naesb.org/espi"

    init(_ name: XMLName) {
        let known = FeedElement(rawValue: name.local) ?? .other
        switch known {
        case .entry, .link: self = name.namespace == Self.atomNamespace ? known : .other
        case .other, .foreignReading: self = .other
        case .IntervalReading where name.namespace != Self.energyNamespace: self = .foreignReading
        case _: self = name.namespace == Self.energyNamespace ? known : .other
        }
    }
}
