/// The place a link names, in a form in which two links to one place are equal.
///
/// Vendors write absolute and relative links in one feed, with and without a trailing slash. So
/// scheme, host, query and everything before the first resource name are left out.
struct Link: Hashable {
    private static let resources: Set<String> = [
        "RetailCustomer", "Customer", "User", "BillingAccount", "Subscription", "UsagePoint",
        "MeterReading", "ReadingType", "IntervalBlock", "UsageSummary",
        "ElectricPowerUsageSummary", "LocalTimeParameters",
    ]
    /// Longer paths are cut: no feed nests its resources so deep.
    private static let segmentLimit = 32

    let segments: [String]

    init?(_ reference: String) {
        var rest = reference.drop(while: \.isWhitespace)
        if let scheme = rest.firstRange(of: "://") {
            rest = rest[scheme.upperBound...].drop { $0 != "/" }
        }
        let path = rest.prefix { $0 != "?" && $0 != "#" && !$0.isWhitespace }
        let all = path.split(separator: "/", maxSplits: Self.segmentLimit).map(String.init)
        let known = all.firstIndex(where: Self.resources.contains) ?? 0
        segments = Array(all.dropFirst(known))
        if segments.isEmpty { return nil }
    }

    private init(segments: [String]) { self.segments = segments }

    /// The places above this one, nearest first.
    var ancestors: [Link] {
        (1..<max(1, segments.count)).reversed().map { Link(segments: Array(segments.prefix($0))) }
    }

    /// The segment after the last one of this name: the identifier of a resource.
    func identifier(of resource: String) -> String? {
        guard let index = segments.lastIndex(of: resource), index + 1 < segments.count else {
            return nil
        }
        return segments[index + 1]
    }
}
