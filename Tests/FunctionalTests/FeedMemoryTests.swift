internal import Foundation
internal import TestSupport
internal import Testing

@Suite("Memory")
struct FeedMemoryTests {
    private static let organisation = """
        name = "Sample"
        consolidation_approach = "operational-control"
        gwp_value_set = "AR6"
        base_year = 2025

        [[facility]]
        id = "gbx1"
        name = "Sample hall"
        country = "GB"
        time_zone = "Europe/London"

        [[meter]]
        number = "7"
        facility = "gbx1"
        carrier = "electricity"
        role = "whole-site"
        valid_from = "2000-01-01"
        """

    /// A feed of one meter, one block a day, readings of five minutes.
    private static func write(days: Int, to file: URL) throws {
        var text = """
            <feed xmlns="http://www.w3.org/2005/Atom" xmlns:e="http://naesb.org/espi">
            <entry><link rel="self" href="/UsagePoint/7"/><content><e:UsagePoint>
            <e:ServiceCategory><e:kind>0</e:kind></e:ServiceCategory>
            </e:UsagePoint></content></entry>
            <entry><link rel="self" href="/ReadingType/1"/><content><e:ReadingType>
            <e:accumulationBehaviour>4</e:accumulationBehaviour><e:flowDirection>1</e:flowDirection>
            <e:intervalLength>300</e:intervalLength><e:uom>72</e:uom>
            </e:ReadingType></content></entry>
            <entry><link rel="self" href="/UsagePoint/7/MeterReading/1"/>
            <link rel="related" href="/ReadingType/1"/><content><e:MeterReading/></content></entry>

            """
        for day in 0..<days {
            text +=
                "<entry><link rel=\"self\" "
                + "href=\"/UsagePoint/7/MeterReading/1/IntervalBlock/\(day)\"/><content>"
                + "<e:IntervalBlock>\n"
            for step in 0..<288 {
                let start = 1_577_836_800 + day * 86_400 + step * 300
                text += """
                    <e:IntervalReading>
                      <e:timePeriod>
                        <e:duration>300</e:duration>
                        <e:start>\(start)</e:start>
                      </e:timePeriod>
                      <e:value>\(step * 7 % 1_000)</e:value>
                    </e:IntervalReading>

                    """
            }
            text += "</e:IntervalBlock></content></entry>\n"
        }
        try Data((text + "</feed>").utf8).write(to: file)
    }

    /// The larger feed has 26 MB; held as bytes alone it would exceed what is allowed here.
    @Test("does not grow with the feed that is imported")
    func flat() throws {
        try TemporaryFolder.with { folder in
            try Data(Self.organisation.utf8).write(to: folder.appending(path: "o.toml"))
            var peaks: [Int] = []
            for days in [20, 400] {
                let file = folder.appending(path: "feed\(days).xml")
                try Self.write(days: days, to: file)
                let book = ["--book", folder.appending(path: "\(days).tonne").path]
                #expect(try BuiltProgram.measure(["init"] + book).status == 0)
                #expect(
                    try BuiltProgram.measure(
                        ["apply", folder.appending(path: "o.toml").path] + book
                    ).status == 0)
                let run = try BuiltProgram.measure(["import", file.path] + book)
                #expect(run.status == 0)
                peaks.append(run.peakBytes)
            }
            #expect(peaks[1] - peaks[0] < Allowance.bytes(20 << 20), "\(peaks) bytes")
        }
    }
}
