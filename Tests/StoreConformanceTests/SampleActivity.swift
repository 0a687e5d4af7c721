internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Testing

/// A month of electricity.
func activity(
    _ evidence: EvidenceReference, series: SeriesReference? = nil
) throws -> RecordBody {
    .activity(
        ActivityRecord(
            activity: .electricity, facility: try #require(FacilityID("ams1")),
            period: try #require(ReportingPeriod("2024-01")),
            quantity: Quantity(.one, try #require(UnitCatalog.unit(symbol: "kWh"))),
            treatment: .consumption(.init(direction: .import, role: .whole, meter: "M-1")),
            slot: ClaimSlot(subject: "meter/M-1/electricity/import"),
            series: series, evidence: evidence))
}
