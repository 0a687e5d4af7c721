internal import Hashing
internal import Inventory
internal import LedgerCore

extension DirectWriter {
    mutating func write(_ document: ReceivedDocument) {
        literal("{\"digest\":")
        digest(document.digest)
        literal(",\"format\":")
        text(document.format)
        if let invoices = document.invoices {
            literal(",\"invoices\":[")
            for (index, invoice) in invoices.enumerated() {
                if index > 0 { literal(",") }
                write(invoice)
            }
            literal("]")
        }
        literal(",\"media_type\":")
        text(document.mediaType)
        literal(",\"name\":")
        text(document.name)
        literal(",\"outcome\":")
        text(document.outcome)
        if let place = document.place {
            literal(",\"place\":{\"container\":")
            digest(place.container)
            literal(",\"member\":")
            text(place.member)
            text(place.rendering, ",\"rendering\":")
            literal("}")
        }
        text(document.profile, ",\"profile\":")
        if let hash = document.profileHash {
            literal(",\"profile_hash\":")
            digest(hash)
        }
        literal(",\"size\":")
        text(document.size)
        literal("}")
    }

    private mutating func write(_ invoice: InvoiceHead) {
        literal("{")
        if let issued = invoice.issued {
            literal("\"issued\":")
            date(issued)
            literal(",")
        }
        literal("\"number\":")
        text(invoice.number)
        literal(",\"party\":")
        text(invoice.party)
        literal("}")
    }

    mutating func write(_ decision: Decision) {
        literal("{")
        if let activity = decision.by {
            literal("\"by\":")
            number(activity)
            literal(",")
        }
        literal("\"outcome\":")
        text(decision.outcome.rawValue)
        literal(",\"reason\":")
        text(decision.reason)
        literal(",\"subject\":")
        number(decision.subject)
        literal("}")
    }
}

extension DirectReader {
    /// What follows the name of the first member of a document.
    mutating func document() throws(Deviation) -> ReceivedDocument {
        let digest = try digest()
        try expect(",\"format\":")
        let format = try text()
        let invoices = skip(",\"invoices\":[") ? try self.invoices() : nil
        try expect(",\"media_type\":")
        let mediaType = try text()
        try expect(",\"name\":")
        let name = try text()
        try expect(",\"outcome\":")
        let outcome = try text()
        let place = skip(",\"place\":{\"container\":") ? try self.place() : nil
        let profile = try text(",\"profile\":")
        let profileHash = skip(",\"profile_hash\":") ? try self.digest() : nil
        try expect(",\"size\":")
        let size = try number()
        try expect("}")
        return ReceivedDocument(
            digest: digest, name: name, size: size, mediaType: mediaType, format: format,
            profile: profile, profileHash: profileHash, outcome: outcome, place: place,
            invoices: invoices)
    }

    /// What follows the bracket.
    private mutating func invoices() throws(Deviation) -> [InvoiceHead] {
        var invoices: [InvoiceHead] = []
        guard !skip("]") else { return invoices }
        repeat {
            try expect("{")
            var issued: CivilDate?
            if skip("\"issued\":") {
                issued = try date()
                try expect(",")
            }
            try expect("\"number\":")
            let number = try text()
            try expect(",\"party\":")
            invoices.append(InvoiceHead(party: try text(), number: number, issued: issued))
            try expect("}")
        } while skip(",")
        try expect("]")
        return invoices
    }

    private mutating func place() throws(Deviation) -> ReceivedDocument.Place {
        let container = try digest()
        try expect(",\"member\":")
        let member = try text()
        let rendering = try text(",\"rendering\":")
        try expect("}")
        return ReceivedDocument.Place(
            container: container, member: member, rendering: rendering)
    }

    /// What follows the brace of a decision.
    mutating func decision() throws(Deviation) -> Decision {
        var activity: RecordNumber?
        if skip("\"by\":") {
            activity = RecordNumber(try number())
            try expect(",")
        }
        try expect("\"outcome\":")
        let outcome = try choice(Decision.Outcome.self)
        try expect(",\"reason\":")
        let reason = try text()
        try expect(",\"subject\":")
        let subject = RecordNumber(try number())
        try expect("}")
        return Decision(subject: subject, outcome: outcome, reason: reason, by: activity)
    }
}
