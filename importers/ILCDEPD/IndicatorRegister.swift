internal import ImportKit
internal import Inventory

/// The indicators of global warming by the UUID of their LCIA method.
///
/// Source: InData, "EPD: LCIA methods and LCI indicators", lists for EN 15804+A1, EN 15804+A2 with
/// EF 3.0 and EF 3.1, and the country-specific ones. Potentials: EN 15804+A1 takes CML-IA of 2012,
/// which holds those of AR4; EF 3.0 takes AR5 with climate-carbon feedbacks; EF 3.1 takes AR6.
enum IndicatorRegister {
    private static let a1 = "EN 15804+A1"
    private static let a2 = "EN 15804+A2 (EF 3.0)"
    private static let a2Revised = "EN 15804+A2 (EF 3.1)"

    private static let climate: [String: ClimateIndicator] = [
        "77e416eb-a363-4258-a04e-171d843a6460": .init(part: .total, potentials: .ar4, method: a1),
        "6a37f984-a4b3-458a-a20a-64418c145fa2": feedbacks(.total),
        "5f635281-343e-44fb-83df-1971b155e6b6": feedbacks(.fossil),
        "2356e1ab-0185-4db5-86e5-16de51c7485c": feedbacks(.biogenic),
        "4331bbdb-978a-490d-8707-eeb047f01a55": feedbacks(.landUse),
        "fb774615-0575-45de-9a89-1ded92f19770": feedbacks(.withoutBiogenicCarbonDioxide),
        "a7ea142a-9749-11ed-a8fc-0242ac120002": revised(.total),
        "a7ea19c0-9749-11ed-a8fc-0242ac120002": revised(.fossil),
        "a7ea186c-9749-11ed-a8fc-0242ac120002": revised(.biogenic),
        "a7ea1ae2-9749-11ed-a8fc-0242ac120002": revised(.landUse),
        "e03c018f-8526-44bc-b5e4-bc03c3ab32f3": revised(.withoutBiogenicCarbonDioxide),
    ]

    /// The use of resources, waste and output flows of EN 15804 (table 4 and following): flows of
    /// these are results and never the product.
    private static let inventoryFlows: Set<String> = [
        "20f32be5-0398-4288-9b6d-accddd195317", "fb3ec0de-548d-4508-aea5-00b73bf6f702",
        "53f97275-fa8a-4cdd-9024-65936002acd0", "ac857178-2b45-46ec-892a-a9a4332f0372",
        "1421caa0-679d-4bf4-b282-0eb850ccae27", "06159210-646b-4c8d-8583-da9b3b95a6c1",
        "c6a1f35f-2d09-4f54-8dfb-97e502e1ce92", "64333088-a55f-4aa2-9a31-c10b07816787",
        "89def144-d39a-4287-b86f-efde453ddcb2", "3cf952c8-f3a4-461d-8c96-96456ca62246",
        "430f9e0f-59b2-46a0-8e0d-55e0e84948fc", "b29ef66b-e286-4afa-949f-62f1a7b4d7fa",
        "3449546e-52ad-4b39-b809-9fb77cea8ff6", "a2b32f97-3fc7-4af2-b209-525bc6426f33",
        "d7fe48a5-4103-49c8-9aae-b0b5dfdbd6ae", "59a9181c-3aaf-46ee-8b13-2b3723b6e447",
        "4da0c987-2b76-40d6-9e9e-82a017aaaf29", "98daf38a-7a79-46d3-9a37-2b7bd0955810",
    ]

    static func climate(_ uuid: String) -> ClimateIndicator? { climate[uuid.lowercased()] }

    static func isInventoryFlow(_ uuid: String) -> Bool {
        inventoryFlows.contains(uuid.lowercased())
    }

    private static func feedbacks(_ part: ClimateIndicator.Part) -> ClimateIndicator {
        ClimateIndicator(part: part, potentials: .ar5WithFeedbacks, method: a2)
    }

    private static func revised(_ part: ClimateIndicator.Part) -> ClimateIndicator {
        ClimateIndicator(part: part, potentials: .ar6, method: a2Revised)
    }
}
