/// The samples of the shipped profiles, embedded so that an installed program can test itself.
package enum ShippedSamples {
    /// The bytes of a sample, by the path that a `[[test]]` gives.
    package static func bytes(_ file: String) -> [UInt8]? { all[file] }

    private static let all: [String: [UInt8]] = [
        "Fixtures/be.fluvius.electricity.nl.csv": PackageResources.be_fluvius_electricity_nl_csv,
        "Fixtures/be.fluvius.gas.nl.csv": PackageResources.be_fluvius_gas_nl_csv,
        "Fixtures/enphase.report.daily.csv": PackageResources.enphase_report_daily_csv,
        "Fixtures/enphase.report.offset.csv": PackageResources.enphase_report_offset_csv,
        "Fixtures/enphase.report.csv": PackageResources.enphase_report_csv,
        "Fixtures/fr.enedis.load-curve.step.csv": PackageResources.fr_enedis_load_curve_step_csv,
        "Fixtures/fr.enedis.load-curve.csv": PackageResources.fr_enedis_load_curve_csv,
        "Fixtures/generic.bill-of-quantities.csv": PackageResources.generic_bill_of_quantities_csv,
        "Fixtures/generic.bill.csv": PackageResources.generic_bill_csv,
        "Fixtures/generic.certificate.csv": PackageResources.generic_certificate_csv,
        "Fixtures/generic.cloud.csv": PackageResources.generic_cloud_csv,
        "Fixtures/generic.fuel.csv": PackageResources.generic_fuel_csv,
        "Fixtures/generic.interval.csv": PackageResources.generic_interval_csv,
        "Fixtures/generic.procurement.csv": PackageResources.generic_procurement_csv,
        "Fixtures/generic.refrigerant.csv": PackageResources.generic_refrigerant_csv,
        "Fixtures/generic.register.factor.csv": PackageResources.generic_register_factor_csv,
        "Fixtures/generic.register.csv": PackageResources.generic_register_csv,
        "Fixtures/homewizard.p1.csv": PackageResources.homewizard_p1_csv,
        "Fixtures/isolarcloud.monthly.csv": PackageResources.isolarcloud_monthly_csv,
        "Fixtures/it.day-row.quarter-hours.csv": PackageResources.it_day_row_quarter_hours_csv,
        "Fixtures/nl.daily-registers.csv": PackageResources.nl_daily_registers_csv,
        "Fixtures/nl.dsmr-reader.hour.csv": PackageResources.nl_dsmr_reader_hour_csv,
        "Fixtures/nl.registers.electricity.csv": PackageResources.nl_registers_electricity_csv,
        "Fixtures/plain.interval.csv": PackageResources.plain_interval_csv,
        "Fixtures/uk.day-row.mpan.end.csv": PackageResources.uk_day_row_mpan_end_csv,
        "Fixtures/uk.day-row.mpan.start.csv": PackageResources.uk_day_row_mpan_start_csv,
        "Fixtures/uk.day-row.numbered.csv": PackageResources.uk_day_row_numbered_csv,
        "Fixtures/uk.day-row.report.csv": PackageResources.uk_day_row_report_csv,
        "Fixtures/uk.day-row.site-meter.headerless.csv":
            PackageResources.uk_day_row_site_meter_headerless_csv,
        "Fixtures/uk.day-row.site-meter.csv": PackageResources.uk_day_row_site_meter_csv,
        "Fixtures/uk.day-row.total-units.csv": PackageResources.uk_day_row_total_units_csv,
        "Fixtures/uk.reading-row.end.csv": PackageResources.uk_reading_row_end_csv,
        "Fixtures/us.ameren.interval.csv": PackageResources.us_ameren_interval_csv,
        "Fixtures/us.energy-star.meter-entries.csv":
            PackageResources.us_energy_star_meter_entries_csv,
        "Fixtures/us.opower.bills.csv": PackageResources.us_opower_bills_csv,
        "Fixtures/us.opower.electric.csv": PackageResources.us_opower_electric_csv,
        "Fixtures/us.opower.gas.csv": PackageResources.us_opower_gas_csv,
        "Fixtures/us.opower.solar.csv": PackageResources.us_opower_solar_csv,
        "Fixtures/us.opower.usage.csv": PackageResources.us_opower_usage_csv,
        "Fixtures/us.sce.blocks.csv": PackageResources.us_sce_blocks_csv,
        "Fixtures/us.sdge.consumed.csv": PackageResources.us_sdge_consumed_csv,
        "Fixtures/us.sdge.interval.csv": PackageResources.us_sdge_interval_csv,
        "Fixtures/us.united-power.sections.csv": PackageResources.us_united_power_sections_csv,
        "Fixtures/us.xcel.bills.csv": PackageResources.us_xcel_bills_csv,
    ]
}
