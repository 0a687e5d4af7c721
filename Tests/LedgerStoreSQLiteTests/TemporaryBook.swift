internal import AuditTrail
internal import Foundation
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Quantities
internal import TestSupport
internal import Testing

/// A folder of its own for one test, with one book in it.
struct TemporaryBook {
    let folder: String
    var path: String { folder + "/book.tonne" }

    static func with(_ test: (TemporaryBook) async throws -> Void) async throws {
        try await TemporaryFolder.with { try await test(TemporaryBook(folder: $0.path)) }
    }

    /// A book with an activity and its chunk, `count` entries, one reversal and a document.
    @discardableResult
    func filled(_ count: Int = 3) throws -> SQLiteLedgerStore {
        let store = try SQLiteLedgerStore.create(at: path)
        let entries = try (0..<count).map { try Sample.entry($0) }
        var bodies = [try Sample.activity()] + entries.map { .journal($0) }
        bodies.append(.journal(entries[0].reversed(RecordNumber(1), reason: "wrong meter")))
        try store.append(
            Sample.batch(
                bodies, evidence: [Array("a bill".utf8)], excerpts: [Sample.excerpt()],
                chunks: [Sample.chunk]))
        return store
    }

    /// Runs SQL as any program could, on a connection with the pragmas SQLite comes with.
    ///
    /// - Returns: `nil` on success, else the message.
    func raw(_ sql: String) -> String? {
        do {
            try RawSQL(path: path).run([sql])
            return nil
        } catch let failure as RawSQL.Failure {
            return failure.message
        } catch {
            return "\(error)"
        }
    }
}

enum Sample {
    static let noon = Instant(secondsSinceEpoch: 1_735_732_800)
    static let genesis = RecordBody.genesis(
        Genesis(origin: "tonne.example-0", program: "tonne/1", rounding: "half-even"))

    /// A store looks at the hash of a chunk only.
    static let chunk = Array("readings".utf8)

    static func batch(
        _ bodies: [RecordBody], evidence: [[UInt8]] = [], excerpts: [ExcerptOpening] = [],
        chunks: [[UInt8]] = []
    ) -> RecordBatch {
        RecordBatch(
            actor: "ana", recordedAt: noon, bodies: bodies,
            evidence: evidence.map { EvidenceContent($0) }, excerpts: excerpts, chunks: chunks)
    }

    /// What the activity cites of the bill.
    static func excerpt() throws -> ExcerptOpening {
        ExcerptOpening(
            home: SHA256Digest(hashing: Array("a bill".utf8)),
            salt: try #require(Salt(bytes: Array("0123456789abcdef".utf8))), text: "36 kWh")
    }

    /// A day of electricity whose readings are `chunk`.
    static func activity() throws -> RecordBody {
        let excerpt = try excerpt()
        return .activity(
            ActivityRecord(
                activity: .electricity, facility: try #require(FacilityID("ams1")),
                period: try #require(ReportingPeriod("2024-01-30/2024-01-31")),
                quantity: Quantity(
                    ExactDecimal(36), try #require(UnitCatalog.unit(symbol: "kWh"))),
                treatment: .consumption(
                    .init(direction: .import, role: .whole, meter: "M-1")),
                slot: ClaimSlot(subject: "meter/M-1/electricity/import"),
                series: SeriesReference(
                    chunk: SHA256Digest(hashing: chunk), count: 24,
                    documents: [excerpt.home]),
                evidence: EvidenceReference(
                    document: excerpt.home, name: "bill.csv", excerpt: excerpt.commitment)))
    }

    /// Electricity of one day: 1.5 kWh more each time, at 300 g/kWh.
    static func entry(_ index: Int) throws -> JournalEntry {
        let first = try #require(CivilDate("2024-01-30"))
        let use = Account(.object, ["ams1", "use", "B6", "electricity"])
        let grid = Account(.source, ["scope2", "electricity"])
        let co2 = Commodity.emission(.gas(.carbonDioxide))
        let energy = try #require(Commodity("kWh"))
        let meter = Account(.physical, ["ams1", "meter"])
        let used = Account(.physical, ["ams1", "used"])
        let kilowattHours = ExactDecimal(mantissa: Int128(15 * (index + 1)), exponent: -1)
        let milligrams = ExactDecimal(450_000 * (index + 1))
        return try JournalEntry(
            effective: first.adding(days: index % 300),
            facility: #require(FacilityID("ams1")),
            description: "Electricity, day \(index)",
            postings: [
                .debit(use, milligrams, co2, basis: .location),
                .credit(grid, milligrams, co2, basis: .location, counterparty: "NL"),
                .debit(used, kilowattHours, energy), .credit(meter, kilowattHours, energy),
            ])
    }
}
