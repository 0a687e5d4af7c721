/// The samples of the shipped profiles, embedded so that an installed program can test itself.
package enum ShippedSamples {
    /// The bytes of a sample, by the path that a `[[test]]` gives.
    package static func bytes(_ file: String) -> [UInt8]? { all[file] }

    private static let all: [String: [UInt8]] = [
        "Fixtures/generic.bill.csv": PackageResources.generic_bill_csv,
        "Fixtures/generic.bill-of-quantities.csv": PackageResources.generic_bill_of_quantities_csv,
        "Fixtures/generic.certificate.csv": PackageResources.generic_certificate_csv,
        "Fixtures/generic.cloud.csv": PackageResources.generic_cloud_csv,
        "Fixtures/generic.fuel.csv": PackageResources.generic_fuel_csv,
        "Fixtures/generic.interval.csv": PackageResources.generic_interval_csv,
        "Fixtures/generic.procurement.csv": PackageResources.generic_procurement_csv,
        "Fixtures/generic.refrigerant.csv": PackageResources.generic_refrigerant_csv,
        "Fixtures/plain.interval.csv": PackageResources.plain_interval_csv,
    ]
}
