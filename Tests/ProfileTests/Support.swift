internal import Documents
internal import ImportKit
internal import ImporterProfiles
internal import Inventory

/// Reads a text with the shipped profiles, or with those given.
func read(_ text: String, profiles: [String]? = nil, name: String = "t.csv") throws
    -> ImportedDocument
{
    let texts = profiles?.enumerated().map { ("p\($0).toml", $1) } ?? ShippedProfiles.texts
    let catalog = try ProfileCatalog(texts: texts)
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
