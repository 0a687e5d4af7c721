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
        // Bytes, not characters: a feed of a year has a hundred thousand links.
        let slash = UInt8(ascii: "/")
        var rest = reference.utf8.drop(while: Self.isSpace)
        let scheme = rest.prefix { $0 != slash }
        if scheme.last == UInt8(ascii: ":"),
            rest.dropFirst(scheme.count).starts(with: [slash, slash])
        {
            rest = rest.dropFirst(scheme.count + 2).drop { $0 != slash }
        }
        let path = rest.prefix {
            $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") && !Self.isSpace($0)
        }
        let all = path.split(separator: slash, maxSplits: Self.segmentLimit)
            .map { String(decoding: $0, as: UTF8.self) }
        let known = all.firstIndex(where: Self.resources.contains) ?? 0
        segments = Array(all.dropFirst(known))
        if segments.isEmpty { return nil }
    }

    /// Space, tab and line ends.
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

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
