internal import Documents
internal import ImportKit
internal import ImporterProfiles
internal import Inventory

/// Made once: thousands of tests read by it.
let shipped = Result { try ProfileCatalog(texts: ShippedProfiles.texts) }

/// Reads a text with the shipped profiles, or with those given.
func read(_ text: String, profiles: [String]? = nil, name: String = "t.csv") throws
    -> ImportedDocument
{
    let own = try profiles.map { texts in
        try ProfileCatalog(texts: texts.enumerated().map { ("p\($0).toml", $1) })
    }
    let catalog = try own ?? shipped.get()
    return CSVImporter(catalog: catalog).read(Document(name: name, bytes: Array(text.utf8)))
}

/// A profile for `meter;time;value` with decimal commas, and what a test changes.
func profile(
    time: String = """
    at = "time"
    label = "start"
    step = "PT30M"
    format = "yyyy-MM-dd HH:mm"
    zone = "Europe/London"
    """,
    series: String = """
    quantity = "value"
    unit = "kWh"
    carrier = "electricity"
    direction = "import"
    behaviour = "delta"
    """,
    header: String = "header = [\"meter\", \"time\", \"value\"]", more: String = ""
) -> String {
    """
    id = "test.layout"
    version = 1
    kind = "interval"
    [identify]
    \(header)
    [read]
    delimiter = ";"
    decimal = ","
    missing = ["", "-"]
    [time]
    \(time)
    [meter]
    column = "meter"
    [[series]]
    \(series)
    [[test]]
    file = "none.csv"
    readings = 0
    total = "0 kWh"
    start = ""
    end = ""
    \(more)
    """
}

/// A profile of any layout: the sections that a test is about, the others as plain as can be.
func layout(
    id: String = "test.layout", kind: String = "interval", identify: String, read: String = "",
    time: String, meter: String = "[meter]\ncolumn = \"m\"", series: String = kilowattHours("v"),
    more: String = ""
) -> String {
    """
    id = "\(id)"
    version = 1
    kind = "\(kind)"
    [identify]
    \(identify)
    [read]
    decimal = "."
    \(read)
    [time]
    \(time)
    \(meter)
    \(series)
    \(more)
    [[test]]
    file = "none.csv"
    readings = 0
    total = "0 kWh"
    start = ""
    end = ""
    """
}

/// A series of electricity taken, in kWh.
func kilowattHours(_ quantity: String, behaviour: String = "delta", more: String = "") -> String {
    """
    [[series]]
    quantity = "\(quantity)"
    unit = "kWh"
    carrier = "electricity"
    direction = "import"
    behaviour = "\(behaviour)"
    \(more)
    """
}

/// Series without the lines of the document, in the order of their meters.
func withoutLines(_ series: [ReadingSeries]) -> [ReadingSeries] {
    series.map { one in
        var copy = one
        copy.readings = Readings(
            one.readings.map { reading in
                var copy = reading
                copy.line = 0
                return copy
            })
        return copy
    }.sorted { ($0.meter ?? "", $0.channel ?? "") < ($1.meter ?? "", $1.channel ?? "") }
}
