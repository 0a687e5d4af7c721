internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantities

extension DirectWriter {
    mutating func write(_ entry: JournalEntry) {
        literal("{")
        if let calculation = entry.calculation {
            write(calculation)
            literal(",")
        }
        literal("\"description\":")
        text(entry.description)
        literal(",\"effective\":")
        date(entry.effective)
        literal(",\"facility\":")
        text(entry.facility.rawValue)
        literal(",\"postings\":[")
        for (index, posting) in entry.postings.enumerated() {
            if index > 0 { literal(",") }
            write(posting)
        }
        literal("]")
        if let reversal = entry.reversal {
            literal(",\"reversal\":{\"entry\":")
            number(reversal.entry)
            literal(",\"reason\":")
            text(reversal.reason)
            literal("}")
        }
        literal("}")
    }

    private mutating func write(_ calculation: JournalEntry.Calculation) {
        literal("\"calculation\":{\"activity\":")
        number(calculation.activity)
        if let factor = calculation.factor {
            literal(",\"factor\":")
            number(factor)
        }
        if let hash = calculation.factorHash {
            literal(",\"factor_hash\":")
            digest(hash)
        }
        literal(",\"period\":")
        period(calculation.period)
        literal(",\"quantity\":")
        write(calculation.quantity)
        text(calculation.role?.rawValue, ",\"role\":")
        literal(",\"rounding\":")
        text(calculation.rounding)
        literal(",\"rule\":")
        text(calculation.rule)
        literal("}")
    }

    private mutating func write(_ posting: Posting) {
        literal("{\"account\":")
        text(posting.account.name)
        literal(",\"amount\":")
        decimal(posting.amount)
        literal(",\"basis\":")
        text(posting.basis.description)
        literal(",\"commodity\":")
        text(posting.commodity.description)
        text(posting.counterparty, ",\"counterparty\":")
        literal("}")
    }

    mutating func write(_ quantity: Quantity) {
        literal("{\"amount\":")
        decimal(quantity.amount)
        literal(",\"unit\":")
        text(quantity.unit.symbol)
        literal("}")
    }
}

extension DirectReader {
    /// What follows the brace of an entry.
    mutating func entry() throws(Deviation) -> JournalEntry {
        var calculation: JournalEntry.Calculation?
        if skip("\"calculation\":{\"activity\":") {
            calculation = try self.calculation()
            try expect(",")
        }
        try expect("\"description\":")
        let description = try repeatedText()
        try expect(",\"effective\":")
        let effective = try date()
        try expect(",\"facility\":")
        let facility = try remembered(memo?.facilities, FacilityID.init)
        try expect(",\"postings\":[")
        var postings: [Posting] = []
        repeat { postings.append(try posting()) } while skip(",")
        try expect("]")
        var reversal: JournalEntry.Reversal?
        if skip(",\"reversal\":{\"entry\":") {
            let entry = RecordNumber(try number())
            try expect(",\"reason\":")
            reversal = JournalEntry.Reversal(entry: entry, reason: try text())
            try expect("}")
        }
        try expect("}")
        do {
            return try JournalEntry(
                effective: effective, facility: facility, description: description,
                postings: postings, calculation: calculation, reversal: reversal)
        } catch {
            throw Deviation()
        }
    }

    private mutating func calculation() throws(Deviation) -> JournalEntry.Calculation {
        let activity = RecordNumber(try number())
        let factor = skip(",\"factor\":") ? RecordNumber(try number()) : nil
        let factorHash = skip(",\"factor_hash\":") ? try digest() : nil
        try expect(",\"period\":")
        let period = try period()
        try expect(",\"quantity\":")
        let quantity = try quantity()
        let role = skip(",\"role\":") ? try choice(FactorRole.self) : nil
        try expect(",\"rounding\":")
        let rounding = try repeatedText()
        try expect(",\"rule\":")
        let rule = try repeatedText()
        try expect("}")
        return JournalEntry.Calculation(
            rule: rule, activity: activity, period: period, quantity: quantity, factor: factor,
            factorHash: factorHash, role: role, rounding: rounding)
    }

    private mutating func posting() throws(Deviation) -> Posting {
        try expect("{\"account\":")
        let account = try remembered(memo?.accounts, Account.init)
        try expect(",\"amount\":")
        let amount = try decimal()
        try expect(",\"basis\":")
        let basis = try value(Basis.self)
        try expect(",\"commodity\":")
        let commodity = try remembered(memo?.commodities, Commodity.init)
        let counterparty = try repeatedText(",\"counterparty\":")
        try expect("}")
        return Posting(
            account: account, commodity: commodity, basis: basis, amount: amount,
            counterparty: counterparty)
    }

    mutating func quantity() throws(Deviation) -> Quantity {
        try expect("{\"amount\":")
        let amount = try decimal()
        try expect(",\"unit\":")
        let unit = try remembered(memo?.units) { UnitCatalog.unit(symbol: $0) }
        try expect("}")
        return Quantity(amount, unit)
    }
}
