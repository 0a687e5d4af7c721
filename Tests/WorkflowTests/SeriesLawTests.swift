internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import Series
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("Readings in a book")
struct SeriesLawTests {
    private static func imported() throws -> Book {
        let book = try SampleBook.make(factors: false)
        try SampleBook.importing(
            SampleBook.feed("a.csv", hours: 0..<24) { 17 * $0 % 50 }, into: book)
        return book
    }

    @Test("are one chunk a month, which states them with their lines")
    func chunk() throws {
        let book = try Self.imported()
        let record = try #require(try book.state().activities.first?.value)
        let series = try #require(record.series)
        let bytes = try #require(try book.store.chunk(series.chunk))
        let chunk = try SeriesChunk(decoding: bytes)
        #expect(chunk.readings.map(\.value) == (0..<24).map { ExactDecimal(17 * $0 % 50) })
        // The header is line 1.
        #expect(chunk.readings.map(\.line) == Array(2..<26))
        #expect(series.count == 24)
        #expect(series.documents == [record.evidence.document])
        #expect(try VerifyWorkflow(book: book).run().chunks == 1)
    }

    @Test("split among files in any order are claimed once", arguments: 0..<20)
    func order(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let book = try SampleBook.make(factors: false)
        var feeds = [0..<24]
        for _ in 0..<5 {
            let start = Int.random(in: 0..<23, using: &random)
            feeds.append(start..<Int.random(in: (start + 1)...24, using: &random))
        }
        for (index, hours) in feeds.shuffled(using: &random).enumerated() {
            try SampleBook.importing(
                SampleBook.feed("\(index).csv", hours: hours) { 17 * $0 % 50 }, into: book)
        }
        let chunks = try book.state().activities.map { activity in
            let series = try #require(activity.value.series)
            return try SeriesChunk(decoding: #require(try book.store.chunk(series.chunk)))
        }
        let hours = chunks.flatMap(\.readings).sorted { $0.start < $1.start }
        #expect(hours.map(\.value) == (0..<24).map { ExactDecimal(17 * $0 % 50) })
        _ = try VerifyWorkflow(book: book).run()
    }

    @Test("cannot be changed in a single bit without notice")
    func flippedBits() throws {
        let book = try Self.imported()
        let series = try #require(try book.state().activities.first?.value.series)
        let bytes = try #require(try book.store.chunk(series.chunk))
        for bit in 0..<(bytes.count * 8) {
            let store = TamperedStore(honest: book.store) { honest in
                var changed = honest
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                return changed
            }
            Self.expectRefused(Book(path: "memory", store: store, actor: "test", clock: book.clock))
        }
        let missing = TamperedStore(honest: book.store) { _ in nil }
        Self.expectRefused(Book(path: "memory", store: missing, actor: "test", clock: book.clock))
    }

    private static func expectRefused(_ book: Book) {
        let refusal = #expect(throws: Refusal.self) { try VerifyWorkflow(book: book).run() }
        #expect(refusal?.exitCode == 5)
    }

    /// Whoever writes past the program: a record that cites a sound chunk and lies about it.
    @Test(
        "are what their record says they are",
        arguments: [
            (1, 24, 0, "states 3 kWh"), (0, 23, 0, "states 23 readings"),
            (0, 24, 1, "another time"),
        ])
    func lies(more: Int, count: Int, later: Int64, message: String) throws {
        let book = try SampleBook.make(factors: false)
        let start = try #require(Instant("2025-01-01T00:00:00Z"))
        let chunk = try SeriesChunk(
            (0..<24).map { hour in
                SeriesReading(
                    start: start.adding(seconds: hour * 3_600),
                    end: start.adding(seconds: (hour + 1) * 3_600),
                    value: hour < 2 ? .one : .zero, quality: .actual, line: 1)
            })
        let document = SampleBook.document("a.csv", "a")
        let record = ActivityRecord(
            activity: .electricity, facility: try #require(FacilityID("gbx1")),
            period: try #require(ReportingPeriod("2025-01-01/2025-01-02")),
            quantity: Quantity(
                ExactDecimal(2 + more), try #require(UnitCatalog.unit(symbol: "kWh"))),
            treatment: .consumption(.init(direction: .import, role: .whole, meter: "M-1")),
            slot: ClaimSlot(
                subject: "meter/M-1/electricity/import", start: start.adding(seconds: later),
                end: start.adding(seconds: 86_400)),
            series: SeriesReference(
                chunk: SHA256Digest(hashing: chunk.bytes), count: count,
                documents: [document.digest]),
            evidence: EvidenceReference(document: document.digest, name: document.name))
        try book.store.append(
            RecordBatch(
                actor: "test", recordedAt: book.clock(), bodies: [.activity(record)],
                chunks: [chunk.bytes]))
        let refusal = #expect(throws: Refusal.self) { try VerifyWorkflow(book: book).run() }
        #expect(refusal?.diagnostics.first?.message.contains(message) == true)
    }
}
