internal import Documents
internal import Foundation
internal import ImportKit
internal import ImporterProfiles
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("The shipped profiles")
struct ShippedProfilesTests {
    static let folder = Repository.root.appending(path: "importers/profiles")

    @Test("read their samples as they say", arguments: ShippedProfiles.texts.indices)
    func samples(index: Int) throws {
        // With all profiles, so that a layout which two of them claim is found here.
        let catalog = try shipped.get()
        let profile = catalog.profiles[index]
        #expect(!profile.samples.isEmpty)
        for (test, file) in profile.samples.enumerated() {
            let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: file)))
            #expect(ShippedSamples.bytes(file) == bytes)
            let read = CSVImporter(catalog: catalog).read(Document(name: file, bytes: bytes))
            #expect(read.profileHash == profile.hash)
            #expect(ProfileTrial.differences(of: profile, test: test, reading: read) == [])
        }
    }

    @Test("are all embedded")
    func embedded() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path())
        #expect(
            files.filter { $0.hasSuffix(".toml") }.sorted() == ShippedProfiles.texts.map(\.name))
    }

    @Test("keep bill number, supplier and local days")
    func bills() throws {
        let read = try read(
            """
            supplier,meter,first_day,last_day,carrier,quantity,unit,bill
            Energie AG,E1,2024-02-01,2024-02-29,electricity,100,kWh,R-7
            """)
        let series = try #require(read.series.first)
        let reading = try #require(series.readings.first)
        #expect(series.clock == .facilityDays)
        #expect(series.start == nil && series.end == nil)
        #expect(series.days(of: reading)?.description == "2024-02-01/2024-03-01")
        #expect(reading.identifier == "R-7" && reading.supplier == "Energie AG")
        #expect(reading.line == 2)
    }

    @Test("tell two deliveries on one day apart by their note, and no others")
    func deliveries() throws {
        let header = "tank,delivery_date,fuel,quantity,unit,delivery_note\n"
        let row = { (value: Int, note: String) in "T,2024-06-01,diesel,\(value),L,\(note)\n" }
        #expect(try read(header + row(5, "A") + row(5, "B")).series.first?.readings.count == 2)
        let same = try read(header + row(5, "A") + row(5, "A"))
        #expect(same.outcome == .acceptWithWarning)
        #expect(same.series.first?.total == ExactDecimal(5))
        #expect(try read(header + row(5, "A") + row(6, "A")).outcome == .conflict)
    }
}
