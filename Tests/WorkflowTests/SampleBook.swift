internal import Diagnostics
internal import Documents
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Quantities
internal import TestSupport
internal import Testing
internal import Threads
internal import Workflows

/// A book in memory with one facility, its meters and two factors of round numbers.
enum SampleBook {
    static let organisation = """
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
        number = "M-1"
        facility = "gbx1"
        carrier = "electricity"
        role = "whole-site"
        valid_from = "2024-01-01"
        supplier = "sample-power"

        [[supplier]]
        id = "sample-power"
        name = "Sample Power"

        """

    /// Time stands still and salts come in one order: two books of the same steps are the same.
    static func make(
        _ store: any LedgerStore = InMemoryLedgerStore(), factors: Bool = true
    ) throws -> Book {
        let random = Guarded(SplitMix64(seed: 7))
        let book = Book(
            path: "memory", store: store, actor: "test",
            salts: { random.withLock { Salt(using: &$0) } },
            clock: { Instant(secondsSinceEpoch: 1_767_225_600) })
        _ = try ApplyWorkflow(book: book).apply(
            document("organisation.toml", organisation), dryRun: false)
        if factors { _ = try FactorWorkflow(book: book).loadShipped(dryRun: false) }
        return book
    }

    /// The same book, asked by another store.
    static func reading(_ book: Book, by store: SQLiteLedgerStore) -> Book {
        Book(path: book.path, store: store, actor: book.actor, clock: book.clock)
    }

    static func document(_ name: String, _ text: String) -> Document {
        Document(name: name, bytes: Array(text.utf8))
    }

    /// A bill of the electricity meter, in the layout `generic.bill`.
    static func bill(
        _ name: String, _ first: String, _ last: String, _ quantity: String
    ) -> Document {
        document(
            name,
            "meter,first_day,last_day,carrier,quantity,unit\n"
                + "M-1,\(first),\(last),electricity,\(quantity),kWh\n")
    }

    /// Hourly readings of 1 January 2025, in the plain layout; the value of hour h is `values[h]`.
    static func feed(_ name: String, hours: Range<Int>, value: (Int) -> Int) -> Document {
        let rows = hours.map { hour in
            "M-1,2025-01-01T\(hour.paddedToTwoDigits):00:00Z,"
                + "2025-01-01T\(hour.paddedToTwoDigits):59:59Z,\(value(hour))\n"
        }
        return document(
            name,
            "meter,start,end,kwh\n"
                + rows.joined().replacingSeconds())
    }

    /// Made once: thousands of imports read by it.
    private static let catalog = Result { try ImporterCatalog() }

    @discardableResult
    static func importing(_ document: Document, into book: Book) throws -> ImportReport {
        try ImportWorkflow(book: book, catalog: catalog.get()).run(document)
    }

    @discardableResult
    static func post(_ book: Book) throws -> PostReport {
        try PostWorkflow(book: book).run(
            through: #require(CalendarMonth("2025-12")), dryRun: false)
    }

    static func balances(_ book: Book) throws -> TrialBalance {
        try book.store.trialBalance(in: nil)
    }
}

extension String {
    /// An end of `HH:59:59` becomes the next full hour.
    fileprivate func replacingSeconds() -> String {
        split(separator: "\n").map { line in
            var cells = line.split(separator: ",").map(String.init)
            guard let end = Instant(cells[2]) else { return String(line) }
            cells[2] = end.adding(seconds: 1).description
            return cells.joined(separator: ",")
        }.joined(separator: "\n") + "\n"
    }
}
