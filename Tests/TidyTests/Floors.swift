/// The floors of the architecture: a target imports only targets on lower floors.
///
/// Written by hand, apart from Package.swift: two independent walls. SwiftPM accepts the import of
/// a transitive dependency; this table does not, unless it is on a lower floor.
enum Floors {
    static let floors: [String: Int] = [
        "CLibXML2": -1, "COpenSSL": -1, "CSQLite": -1, "CFactorData": -1,
        "CZip": -1, "CZlib": -1, "CZstd": -1,
        "Quantities": 0, "Diagnostics": 0, "Hashing": 0, "TextForms": 0,
        "Schemas": 0, "Threads": 0,
        "Inventory": 1,
        "Documents": 2, "LedgerCore": 2, "Series": 2,
        "Quantification": 3, "AuditTrail": 3,
        "ImportKit": 4, "LedgerStore": 4, "Reporting": 4,
        "ImporterProfiles": 5, "FactorLibrary": 5, "LedgerStoreSQLite": 5,
        "Workflows": 6,
        "tonne": 7, "WebUI": 7,
    ]

    /// The structured formats stand on floor 5, below `importers`.
    static let formatFloor = 5

    /// Which target may import which library; a library that is not named here has no place.
    static let libraries: [String: Set<String>] = [
        "ArgumentParser": ["tonne"], "GRDB": ["LedgerStoreSQLite"],
        "Logging": ["Workflows", "tonne", "WebUI"],
        "Hummingbird": ["WebUI"], "Mustache": ["WebUI", "Reporting"],
        "CLibXML2": ["Documents"], "CZip": ["Documents"], "CZlib": ["Documents"],
        "CZstd": ["LedgerStoreSQLite"],
        "COpenSSL": ["Hashing", "AuditTrail"],
        "CSQLite": ["LedgerStoreSQLite"], "CFactorData": ["FactorLibrary"],
    ]

    /// Targets that are pure: no clock, no file, no Foundation.
    static let pure: Set<String> = [
        "Quantities", "Diagnostics", "TextForms", "Inventory", "LedgerCore", "Series",
        "Quantification", "AuditTrail",
    ]

    /// What the standard library and the system bring.
    static let system: Set<String> = [
        "Swift", "Synchronization", "Dispatch", "Foundation", "FoundationEssentials", "Glibc",
        "Musl",
        "Testing", "RegexBuilder",
    ]

    static func floor(of target: String, formats: Set<String>) -> Int? {
        floors[target] ?? (formats.contains(target) ? formatFloor : nil)
    }
}
