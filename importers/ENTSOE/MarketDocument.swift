internal import Quantities

/// A document of the transparency platform, as it is written.
struct MarketDocument {
    /// The name of its root element, such as `GL_MarketDocument`.
    var kind = ""
    /// `type`: A65 load, A73 generation of units, A74 wind and solar, A75 generation by type …
    var type: String?
    /// `process.processType`: A16 realised, A01 day ahead …
    var process: String?
    var series: [GridSeries] = []
    var reasons: [Reason] = []

    /// Why an acknowledgement was sent.
    struct Reason {
        var code = ""
        var text = ""
    }
}

struct GridSeries {
    let line: Int
    var businessType: String?
    var inZone: String?
    var outZone: String?
    /// `quantity_Measure_Unit.name`: MAW, MWH …
    var unit: String?
    var curve: String?
    /// `psrType`: B01 biomass … B25.
    var productionType: String?
    /// The generating unit, where the document has one series for each.
    var resource: String?
    var periods: [GridPeriod] = []
}

struct GridPeriod {
    let line: Int
    var start = ""
    var end = ""
    var resolution = ""
    var points: [GridPoint] = []
}

struct GridPoint {
    let line: Int
    /// 1-based; `nil` where it is no whole number.
    var position: Int?
    var quantity: Quantity = .absent

    enum Quantity: Hashable {
        case absent
        case value(ExactDecimal)
        case invalid(String)
        /// Two values stand at one position.
        case contested
    }
}
