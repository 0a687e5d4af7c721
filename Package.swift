// swift-tools-version: 6.2
import PackageDescription

// The floors of the architecture: a target may import only targets on lower floors. The build
// checks declared imports; the tidy test compares them with the floor table it keeps.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

func library(
    _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil,
    exclude: [String] = [], resources: [Resource]? = nil
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
        swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// A structured format: one folder below `importers`, one word in this list.
let formats = [
    "CrossIndustryInvoice",
    "ENTSOE",
    "GreenButton",
    "ILCDEPD",
    "NEM12",
    "OpenEPD",
    "PACT",
    "UniversalBusinessLanguage",
]

/// A CSV layout: one file below `importers/profiles`, one word in this list and in
/// `ShippedProfiles`.
let profiles = [
    "be.fluvius.electricity.nl",
    "be.fluvius.gas.nl",
    "enphase.report.daily",
    "enphase.report.offset",
    "enphase.report",
    "fr.enedis.load-curve.step",
    "fr.enedis.load-curve",
    "generic.bill-of-quantities",
    "generic.bill",
    "generic.certificate",
    "generic.cloud",
    "generic.fuel",
    "generic.interval",
    "generic.procurement",
    "generic.refrigerant",
    "generic.register.factor",
    "generic.register",
    "homewizard.p1",
    "isolarcloud.monthly",
    "it.day-row.quarter-hours",
    "nl.daily-registers",
    "nl.dsmr-reader.hour",
    "nl.registers.electricity",
    "plain.interval",
    "uk.day-row.mpan.end",
    "uk.day-row.mpan.start",
    "uk.day-row.numbered",
    "uk.day-row.report",
    "uk.day-row.site-meter.headerless",
    "uk.day-row.site-meter",
    "uk.day-row.total-units",
    "uk.reading-row.end",
    "us.ameren.interval",
    "us.energy-star.meter-entries",
    "us.opower.bills",
    "us.opower.electric",
    "us.opower.gas",
    "us.opower.solar",
    "us.opower.usage",
    "us.sce.blocks",
    "us.sdge.consumed",
    "us.sdge.interval",
    "us.united-power.sections",
    "us.xcel.bills",
]

/// The description of the record encoding, for readers outside the program.
let recordSchemas = [
    "activity", "common", "decision", "document", "document-part", "envelope", "erasure", "factor",
    "factor-series", "genesis", "gwp-table", "journal", "key-add", "key-revoke", "matching-rules",
    "matching-rules-part", "organisation", "organisation-part", "period-adjustment",
    "period-closing", "period-reopen", "period-seal", "refrigerant-blend", "role-grant",
    "role-revoke", "waiting-line",
].map { "record-\($0).schema.json" }

let importers: [Target] = formats.map { format in
    library(
        format, ["ImportKit", "Documents", "Inventory", "Quantities", "Diagnostics"],
        path: "importers/\(format)", exclude: ["README.md", "Fixtures"])
}

let package = Package(
    name: "tonne",
    products: [.executable(name: "tonne", targets: ["tonne"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        // Floor 0
        library("Quantities"),
        library("Diagnostics"),
        library("TextForms"),
        library("Threads"),
        library("Hashing", ["COpenSSL"]),
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .systemLibrary(
            name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        // No pkgConfig: see decision 32.
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd1"])]),
        .target(name: "CFactorData", exclude: ["data"]),
        library(
            "Schemas", path: "Schemas",
            exclude: [
                "README.md", "factor-pack.md", "factor-series.md", "records.md", "series-chunk.md",
            ]
                + recordSchemas,
            resources: [
                .embedInCode("book.sql"),
                .embedInCode("controls.py"),
                .embedInCode("pack-format.md"),
                .embedInCode("recalculate.py"),
                .embedInCode("statement.schema.json"),
                .embedInCode("verify.py"),
            ]),

        // Floor 1
        library("Inventory", ["Quantities", "Diagnostics", "Hashing"]),

        // Floor 2
        library(
            "Documents",
            ["CLibXML2", "CZip", "CZlib", "Inventory", "Diagnostics", "Hashing", "Threads"]),
        library("LedgerCore", ["Inventory", "Quantities", "Hashing"]),
        library("Series", ["Inventory", "Quantities"]),

        // Floor 3
        library(
            "Quantification", ["LedgerCore", "Series", "Inventory", "Quantities", "Hashing"]),
        library("AuditTrail", ["LedgerCore", "Inventory", "Quantities", "Hashing"]),

        // Floor 4
        library(
            "ImportKit",
            [
                "Documents", "Inventory", "Quantities", "Diagnostics", "Hashing", "TextForms",
            ]),
        library(
            "LedgerStore",
            ["AuditTrail", "LedgerCore", "Inventory", "Quantities", "Hashing", "Threads"]),
        library(
            "Reporting",
            [
                "Quantification", "LedgerCore", "Inventory", "Quantities", "Diagnostics",
                "TextForms",
            ]),

        // Floor 5
        library(
            "ImporterProfiles", path: "importers/profiles", exclude: ["README.md"],
            resources: profiles.flatMap {
                [.embedInCode("\($0).toml"), .embedInCode("Fixtures/\($0).csv")]
            }),
        library(
            "FactorLibrary",
            [
                "CFactorData", "ImportKit", "Documents", "Series", "Inventory", "Quantities",
                "Diagnostics", "Hashing",
            ]),
        library(
            "LedgerStoreSQLite",
            [
                "LedgerStore", "AuditTrail", "LedgerCore", "Inventory", "Quantities", "Hashing",
                "Schemas", "Threads", "CSQLite", "CZstd",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),

        // Floor 6
        library(
            "Workflows",
            [
                "LedgerStoreSQLite", "FactorLibrary", "ImporterProfiles", "Reporting",
                "LedgerStore", "ImportKit", "AuditTrail", "Quantification", "LedgerCore",
                "Series", "Documents", "Inventory", "Quantities", "Diagnostics", "Hashing",
                "Schemas", "Threads",
            ] + formats.map { .byName(name: $0) }),

        // Floor 7
        .executableTarget(
            name: "tonne",
            dependencies: [
                "Workflows", "Reporting", "LedgerStore", "ImportKit", "AuditTrail",
                "Quantification", "LedgerCore", "Documents", "Inventory", "Quantities",
                "Diagnostics", "Hashing", "TextForms", "Threads",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
    ] + importers + [
        library("TestSupport", ["CSQLite", "CZlib"], path: "Tests/TestSupport"),
        library(
            "FuzzTargets",
            [
                "Workflows", "FactorLibrary", "ImportKit", "AuditTrail", "Series", "Documents",
                "Quantities",
            ], path: "Tests/FuzzTargets"),
        tests("FuzzTargetsTests", ["FuzzTargets", "TestSupport"]),
        tests("QuantitiesTests", ["Quantities", "TestSupport"]),
        tests("TextFormsTests", ["TextForms"]),
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests("HashingTests", ["Hashing"]),
        tests("ThreadsTests", ["Threads", "TestSupport"]),
        tests("InventoryTests", ["Inventory", "Quantities", "Hashing", "TestSupport"]),
        tests("SeriesTests", ["Series", "Inventory", "Quantities", "TestSupport"]),
        tests("DocumentsTests", ["Documents", "Diagnostics", "Hashing", "TestSupport"]),
        tests("LedgerCoreTests", ["LedgerCore", "Inventory", "Quantities", "TestSupport"]),
        tests(
            "AuditTrailTests",
            ["AuditTrail", "LedgerCore", "Inventory", "Quantities", "Hashing", "TestSupport"]),
        tests(
            "ImportKitTests",
            [
                "ImportKit", "Documents", "Inventory", "Quantities", "Diagnostics", "Hashing",
                "TestSupport",
            ]),
        tests(
            "ProfileTests",
            [
                "ImporterProfiles", "ImportKit", "Documents", "Inventory", "Quantities",
                "Diagnostics", "Hashing", "TestSupport",
            ]),
        tests(
            "GreenButtonTests",
            [
                "GreenButton", "ImportKit", "Documents", "Inventory", "Quantities", "Diagnostics",
                "TestSupport",
            ]),
        tests(
            "CrossIndustryInvoiceTests",
            [
                "CrossIndustryInvoice", "UniversalBusinessLanguage", "ImportKit", "Documents",
                "Inventory", "Quantities", "Diagnostics", "TestSupport",
            ]),
        tests(
            "NEM12Tests",
            [
                "NEM12", "ImportKit", "Documents", "Inventory", "Quantities", "Diagnostics",
                "TestSupport",
            ]),
        tests(
            "ENTSOETests",
            [
                "ENTSOE", "ImportKit", "Documents", "Inventory", "Quantities", "Diagnostics",
                "TestSupport",
            ]),
        tests(
            "ILCDEPDTests",
            [
                "ILCDEPD", "ImportKit", "Documents", "Inventory", "Quantities", "Diagnostics",
                "TestSupport",
            ]),
        tests(
            "OpenEPDTests",
            [
                "OpenEPD", "ImportKit", "Documents", "Inventory", "Quantities", "Diagnostics",
                "TestSupport",
            ]),
        tests(
            "PACTTests",
            [
                "PACT", "ImportKit", "Documents", "Inventory", "Quantities", "Diagnostics",
                "TestSupport",
            ]),
        tests(
            "UniversalBusinessLanguageTests",
            [
                "UniversalBusinessLanguage", "ImportKit", "Documents", "Inventory", "Quantities",
                "Diagnostics", "TestSupport",
            ]),
        tests(
            "FactorLibraryTests",
            [
                "FactorLibrary", "ENTSOE", "ImportKit", "Documents", "Series", "Inventory",
                "Quantities", "Diagnostics", "Hashing", "TestSupport",
            ]),
        tests(
            "StoreConformanceTests",
            [
                "LedgerStoreSQLite", "LedgerStore", "AuditTrail", "LedgerCore", "Inventory",
                "Quantities", "Hashing", "TestSupport",
            ]),
        tests(
            "LedgerStoreSQLiteTests",
            [
                "LedgerStoreSQLite", "LedgerStore", "AuditTrail", "LedgerCore", "Inventory",
                "Quantities", "Hashing", "CSQLite", "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        tests(
            "QuantificationTests",
            [
                "Quantification", "LedgerCore", "Series", "Inventory", "Quantities", "Hashing",
                "TestSupport",
            ]),
        tests(
            "WorkflowTests",
            [
                "Workflows", "LedgerStoreSQLite", "LedgerStore", "AuditTrail", "Quantification",
                "LedgerCore", "Reporting", "Series", "Documents", "Inventory", "Quantities",
                "Diagnostics", "Hashing", "Threads", "TestSupport",
            ],
            exclude: ["Pack/attack_pack.py", "Controls/check_controls.py"]),
        tests("DemoTests", ["tonne", "TestSupport"]),
        tests(
            "DurabilityTests",
            ["tonne", "Workflows", "Diagnostics", "Hashing", "CSQLite", "CZstd", "TestSupport"],
            exclude: ["faults.c"]),
        tests("TidyTests", ["TestSupport"]),
        tests("WorkedExamplesTests", ["LedgerCore", "Inventory", "Quantities", "TestSupport"]),
        tests(
            "FunctionalTests", ["tonne", "Diagnostics", "TestSupport"],
            exclude: ["README.md", "Fixtures", "cases", "gallery"]),
        tests(
            "ReportingTests",
            [
                "Reporting", "Schemas", "LedgerCore", "Inventory", "Quantities", "Diagnostics",
                "TestSupport",
            ],
            exclude: ["Golden"]),
    ]
)

// libFuzzer comes with the compiler and wants every module instrumented: a build of its own, by
// `Tests/Fuzz/torture.sh`.
if Context.environment["TONNE_FUZZ"] != nil {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "tonne-fuzz", dependencies: ["FuzzTargets", "CLibFuzzer"], path: "Tests/Fuzz",
            exclude: ["CLibFuzzer", "corpus", "torture.sh"], swiftSettings: settings),
    ]
}

// The inner loops alone, by `make kernels`: what measures them is fetched for nothing else.
if Context.environment["TONNE_KERNELS"] != nil {
    package.dependencies.append(
        .package(url: "https://github.com/ordo-one/benchmark", exact: "1.38.1", traits: []))
    package.targets.append(
        .executableTarget(
            name: "Kernels",
            dependencies: [
                "ImportKit", "AuditTrail", "Quantification", "LedgerCore", "Series", "Documents",
                "Inventory", "Quantities", "Hashing",
                .product(name: "Benchmark", package: "benchmark"),
            ], path: "Benchmarks/Kernels", swiftSettings: settings,
            plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]))
}
