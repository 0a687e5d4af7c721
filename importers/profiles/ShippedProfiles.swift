/// The CSV profiles that come with the product, embedded in the binary.
package enum ShippedProfiles {
    /// TOML texts with the names of their files, in the order of the alphabet.
    package static var texts: [(name: String, text: String)] {
        [
            ("generic.bill-of-quantities.toml", PackageResources.generic_bill_of_quantities_toml),
            ("generic.bill.toml", PackageResources.generic_bill_toml),
            ("generic.certificate.toml", PackageResources.generic_certificate_toml),
            ("generic.cloud.toml", PackageResources.generic_cloud_toml),
            ("generic.fuel.toml", PackageResources.generic_fuel_toml),
            ("generic.interval.toml", PackageResources.generic_interval_toml),
            ("generic.procurement.toml", PackageResources.generic_procurement_toml),
            ("generic.refrigerant.toml", PackageResources.generic_refrigerant_toml),
            ("plain.interval.toml", PackageResources.plain_interval_toml),
        ].map { ($0, String(decoding: $1, as: UTF8.self)) }
    }
}
