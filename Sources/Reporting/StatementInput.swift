package import Inventory
package import LedgerCore
package import Quantities

/// Everything a statement is drawn from: pure values, read from one state of one book.
package struct StatementInput: Sendable {
    package let organisation: Organisation
    package let period: ReportingPeriod
    package let gwpTable: GWPTable
    package let ledger: Ledger
    package let disclosures: Disclosures
    package let provenance: Provenance

    /// The balances and what only entries can tell about them.
    package struct Ledger: Sendable {
        /// Turnover of the period.
        package let movement: TrialBalance
        /// Everything that took effect before the period.
        package let opening: TrialBalance
        /// Turnover of the period of comparison; `nil` where there is none.
        package let comparison: TrialBalance?
        package let stockMovements: [StockMovement]

        package init(
            movement: TrialBalance, opening: TrialBalance = TrialBalance(),
            comparison: TrialBalance? = nil, stockMovements: [StockMovement] = []
        ) {
            self.movement = movement
            self.opening = opening
            self.comparison = comparison
            self.stockMovements = stockMovements
        }
    }

    /// What a reader must be told beside the balances.
    package struct Disclosures: Sendable {
        package let factorsUsed: [FactorUse]
        package let documents: [DocumentUse]
        /// Imported lines that wait in the review and are in no figure.
        package let waitingLines: Int
        /// The state of the period and who is responsible; `nil` where nothing is told about it.
        package let control: PeriodControl?

        package init(
            factorsUsed: [FactorUse] = [], documents: [DocumentUse] = [], waitingLines: Int = 0,
            control: PeriodControl? = nil
        ) {
            self.control = control
            self.factorsUsed = factorsUsed
            self.documents = documents
            self.waitingLines = waitingLines
        }
    }

    /// From which book, by which program, on which day.
    package struct Provenance: Hashable, Sendable {
        package let origin: String
        /// Records in the book.
        package let bookSize: Int
        /// Root of the tree over those records, 64 hexadecimal digits.
        package let root: String
        /// Name and version of the program.
        package let program: String
        package let drawnUp: CivilDate

        package init(
            origin: String, bookSize: Int, root: String, program: String, drawnUp: CivilDate
        ) {
            self.origin = origin
            self.bookSize = bookSize
            self.root = root
            self.program = program
            self.drawnUp = drawnUp
        }
    }

    package init(
        organisation: Organisation, period: ReportingPeriod, gwpTable: GWPTable, ledger: Ledger,
        disclosures: Disclosures, provenance: Provenance
    ) {
        self.organisation = organisation
        self.period = period
        self.gwpTable = gwpTable
        self.ledger = ledger
        self.disclosures = disclosures
        self.provenance = provenance
    }
}

/// One change of the embodied carbon that a component holds.
package struct StockMovement: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case acquired, amortised, transferred
        case writtenOff = "written-off"
    }

    package let kind: Kind
    package let facility: FacilityID
    /// The module segment of the stock account, such as `A1-A3`.
    package let module: String
    package let asset: String
    package let component: String
    package let substance: Substance
    /// In the sense of the kind: what was acquired is positive, and so is what was amortised.
    /// A reversal is negative.
    package let milligrams: ExactDecimal

    package init(
        _ kind: Kind, account: Account, substance: Substance, milligrams: ExactDecimal
    ) {
        let segments = account.segments.map(String.init)
        precondition(
            segments.count == 6 && segments[2] == "stock",
            "A stock account is object:<facility>:stock:<module>:<asset>:<component>.")
        self.kind = kind
        self.facility = FacilityID(unchecked: segments[1])
        self.module = segments[3]
        self.asset = segments[4]
        self.component = segments[5]
        self.substance = substance
        self.milligrams = milligrams
    }
}

/// A factor version that entries of the period used.
package struct FactorUse: Hashable, Sendable {
    package let factor: EmissionFactor
    package let record: RecordNumber
    /// SHA-256 of the canonical body of the factor, hexadecimal.
    package let hash: String
    /// Milligrams its entries carry, by substance, before any share of ownership.
    package let carried: [Substance: ExactDecimal]
    package let entries: Int
    /// The reason stated in the factor rule that chose it; `nil` if region and date decided.
    package let ruleReason: String?

    package init(
        factor: EmissionFactor, record: RecordNumber, hash: String,
        carried: [Substance: ExactDecimal], entries: Int, ruleReason: String? = nil
    ) {
        self.factor = factor
        self.record = record
        self.hash = hash
        self.carried = carried
        self.entries = entries
        self.ruleReason = ruleReason
    }
}

/// A document the book received.
package struct DocumentUse: Hashable, Sendable {
    package let name: String
    /// SHA-256 of the bytes, hexadecimal.
    package let digest: String
    /// What became of it at the import, and since.
    package let outcome: String

    package init(name: String, digest: String, outcome: String) {
        self.name = name
        self.digest = digest
        self.outcome = outcome
    }
}

/// What is known about a period and those who prepared, approved and sealed it.
package struct PeriodControl: Hashable, Sendable {
    /// Term and text, in order.
    package let facts: [StatementFact]
    /// What a reader must not miss: a restatement, late entries.
    package let warnings: [String]

    package init(facts: [StatementFact], warnings: [String]) {
        self.facts = facts
        self.warnings = warnings
    }
}
