/// The CSV profiles that come with the product, embedded in the binary.
package enum ShippedProfiles {
    /// TOML texts with the names of their files, in the order of the alphabet.
    package static var texts: [(name: String, text: String)] {
        [
            ("be.fluvius.electricity.nl.toml", PackageResources.be_fluvius_electricity_nl_toml),
            ("be.fluvius.gas.nl.toml", PackageResources.be_fluvius_gas_nl_toml),
            ("enphase.report.daily.toml", PackageResources.enphase_report_daily_toml),
            ("enphase.report.offset.toml", PackageResources.enphase_report_offset_toml),
            ("enphase.report.toml", PackageResources.enphase_report_toml),
            ("fr.enedis.load-curve.step.toml", PackageResources.fr_enedis_load_curve_step_toml),
            ("fr.enedis.load-curve.toml", PackageResources.fr_enedis_load_curve_toml),
            ("generic.bill-of-quantities.toml", PackageResources.generic_bill_of_quantities_toml),
            ("generic.bill.toml", PackageResources.generic_bill_toml),
            ("generic.certificate.toml", PackageResources.generic_certificate_toml),
            ("generic.cloud.toml", PackageResources.generic_cloud_toml),
            ("generic.fuel.toml", PackageResources.generic_fuel_toml),
            ("generic.interval.toml", PackageResources.generic_interval_toml),
            ("generic.procurement.toml", PackageResources.generic_procurement_toml),
            ("generic.refrigerant.toml", PackageResources.generic_refrigerant_toml),
            ("generic.register.factor.toml", PackageResources.generic_register_factor_toml),
            ("generic.register.toml", PackageResources.generic_register_toml),
            ("homewizard.p1.toml", PackageResources.homewizard_p1_toml),
            ("isolarcloud.monthly.toml", PackageResources.isolarcloud_monthly_toml),
            ("it.day-row.quarter-hours.toml", PackageResources.it_day_row_quarter_hours_toml),
            ("nl.daily-registers.toml", PackageResources.nl_daily_registers_toml),
            ("nl.dsmr-reader.hour.toml", PackageResources.nl_dsmr_reader_hour_toml),
            ("nl.registers.electricity.toml", PackageResources.nl_registers_electricity_toml),
            ("plain.interval.toml", PackageResources.plain_interval_toml),
            ("uk.day-row.mpan.end.toml", PackageResources.uk_day_row_mpan_end_toml),
            ("uk.day-row.mpan.start.toml", PackageResources.uk_day_row_mpan_start_toml),
            ("uk.day-row.numbered.toml", PackageResources.uk_day_row_numbered_toml),
            ("uk.day-row.report.toml", PackageResources.uk_day_row_report_toml),
            (
                "uk.day-row.site-meter.headerless.toml",
                PackageResources.uk_day_row_site_meter_headerless_toml
            ),
            ("uk.day-row.site-meter.toml", PackageResources.uk_day_row_site_meter_toml),
            ("uk.day-row.total-units.toml", PackageResources.uk_day_row_total_units_toml),
            ("uk.reading-row.end.toml", PackageResources.uk_reading_row_end_toml),
            ("us.ameren.interval.toml", PackageResources.us_ameren_interval_toml),
            (
                "us.energy-star.meter-entries.toml",
                PackageResources.us_energy_star_meter_entries_toml
            ),
            ("us.opower.bills.toml", PackageResources.us_opower_bills_toml),
            ("us.opower.electric.toml", PackageResources.us_opower_electric_toml),
            ("us.opower.gas.toml", PackageResources.us_opower_gas_toml),
            ("us.opower.solar.toml", PackageResources.us_opower_solar_toml),
            ("us.opower.usage.toml", PackageResources.us_opower_usage_toml),
            ("us.sce.blocks.toml", PackageResources.us_sce_blocks_toml),
            ("us.sdge.consumed.toml", PackageResources.us_sdge_consumed_toml),
            ("us.sdge.interval.toml", PackageResources.us_sdge_interval_toml),
            ("us.united-power.sections.toml", PackageResources.us_united_power_sections_toml),
            ("us.xcel.bills.toml", PackageResources.us_xcel_bills_toml),
        ].map { ($0, String(decoding: $1, as: UTF8.self)) }
    }
}
