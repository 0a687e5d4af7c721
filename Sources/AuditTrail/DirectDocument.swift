internal import Hashing
internal import Inventory
internal import LedgerCore

extension DirectWriter {
    /// - Returns: False for a document whose invoices are left to the general encoder.
    mutating func write(_ document: ReceivedDocument) -> Bool {
        guard document.invoices == nil else { return false }
        literal("{\"digest\":")
        digest(document.digest)
        literal(",\"format\":")
        text(document.format)
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
        return true
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
            profile: profile, profileHash: profileHash, outcome: outcome, place: place)
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
