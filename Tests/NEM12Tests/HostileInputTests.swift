internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import NEM12
internal import Quantities
internal import TestSupport
internal import Testing

/// Whatever the bytes are, the answer comes soon and is no crash; and no part of a day is taken
/// for the day.
struct HostileInputTests {
    private static let sound = NEMText.file(
        NEMText.block(), NEMText.day("20240101", "1.5", updated: "20240102000000"),
        NEMText.day("20240102", "2", quality: "V"), NEMText.quality(1, 24, "A"),
        NEMText.quality(25, 48, "S14"), "500,O,S1,20240103000000,1234.5",
        NEMText.block("6001234567", "B1"), NEMText.day("20240101", "0.25"))

    @Test
    func `A file cut at any byte yields whole days or none`() {
        let bytes = Array(Self.sound.utf8)
        for length in 0...bytes.count {
            let read = NEMText.read(Array(bytes[..<length]))
            for series in read.series {
                #expect((series.readings.count + series.missing).isMultiple(of: 48), "\(length)")
            }
            if length < bytes.count - 5 { #expect(read.outcome != .accept, "\(length)") }
        }
    }

    @Test
    func `Basic reads cut at any byte yield whole records or none`() {
        let text = NEMText.basicFile(
            NEMText.basic(from: "20240101000000", to: "20240201000000", "12.25"),
            NEMText.basic(from: "20240201000000", to: "20240301000000", "7.75"))
        let bytes = Array(text.utf8)
        let fair = ["0", "12.25", "20"]
        for length in 0...bytes.count {
            let read = NEMText.read(Array(bytes[..<length]))
            let total = read.series.first?.total.description ?? "0"
            #expect(fair.contains(total), "\(length): \(total)")
        }
    }

    @Test(arguments: 0..<300)
    func `Bytes changed at random never crash`(_ seed: Int) {
        var generator = SplitMix64(seed: seed)
        var bytes = Array(Self.sound.utf8)
        for _ in 0..<Int.random(in: 1...8, using: &generator) {
            let place = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(contentsOf: Array(",9,\n".utf8), at: place)
            case _: bytes[place] = Array("0123456789,AVN\n".utf8).randomElement() ?? 0
            }
        }
        let read = NEMText.read(bytes)
        #expect(read.outcome != .reject || read.series.isEmpty, "seed \(seed)")
        #expect(
            [.accept, .acceptEmpty].contains(read.outcome) || !read.diagnostics.isEmpty,
            "seed \(seed)")
    }

    @Test
    func `A hundred thousand columns are refused`() {
        let row = "300,20240101," + String(repeating: "1,", count: 100_000) + "A"
        let read = NEMText.read(NEMText.file(NEMText.block(), row))
        #expect(read.outcome == .reject && read.codes == ["csv-limit-exceeded"])
    }

    @Test
    func `More values than the limit are refused`() {
        let text = NEMText.file(NEMText.block(), NEMText.day("20240101"), NEMText.day("20240102"))
        let document = Document(name: "meter.csv", bytes: Array(text.utf8))
        #expect(NEM12Importer(valueLimit: 96).read(document).outcome == .accept)
        let read = NEM12Importer(valueLimit: 95).read(document)
        #expect(read.outcome == .reject && read.codes == ["csv-limit-exceeded"])
    }

    @Test
    func `Sums that do not fit are refused, not wrapped`() {
        let huge = "1" + String(repeating: "0", count: 37)
        let tiny = "0." + String(repeating: "0", count: 29) + "1"
        let values = [huge, tiny] + Array(repeating: "0", count: 46)
        let read = NEMText.read(NEMText.file(NEMText.block(), NEMText.day("20240101", values)))
        #expect(read.outcome == .reject && read.codes == ["number-out-of-range"])
        let scaled = NEMText.read(
            NEMText.file(NEMText.block(unit: "MWh"), NEMText.day("20240101", values)))
        #expect(scaled.outcome == .quarantineRows)
    }

    @Test
    func `A thousand records about one day cost no more than a thousand days`() {
        let days = (0..<1_000).map { NEMText.day("20240101", String($0)) }
        let read = NEMText.read(NEMText.file([NEMText.block()] + days))
        #expect(read.outcome == .conflict && read.series.first?.readings.isEmpty == true)
    }

    @Test
    func `Bytes that are no text are refused`() {
        for bytes: [UInt8] in [[0x31, 0x30, 0x30, 0], [0xFF, 0xFE, 0x31], [0xC3, 0x28]] {
            #expect(NEMText.read(bytes).outcome == .reject)
        }
    }
}
