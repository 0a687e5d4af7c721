internal import AuditTrail
internal import Documents
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore

/// The bytes of every document are in the book and have its hash, members are what their archive
/// holds, and a factor cites only documents received before it.
struct EvidenceCheck: RecordCheck {
    /// Documents that are read in one piece.
    private static let block = 64

    func pieces(of records: CheckedRecords) -> [VerifyPiece] {
        let passedOver = records.absent.union(Self.erased(records).map(\.value.document))
        let received = Self.received(records).filter { !passedOver.contains($0.home) }
        let files = received.filter { $0.place == nil }
        let members = Dictionary(grouping: received.filter { $0.place != nil }, by: \.home)
        var pieces = [
            VerifyPiece { () throws(Refusal) in
                try checkOrder(records)
                try checkErased(records)
                return VerifyCounts()
            }
        ]
        for start in stride(from: 0, to: files.count, by: Self.block) {
            let block = files[start..<min(start + Self.block, files.count)]
            pieces.append(
                VerifyPiece { () throws(Refusal) in
                    for document in block { try check(document, records) }
                    return VerifyCounts(documents: block.count)
                })
        }
        for (container, documents) in members.sorted(by: { $0.key.hexadecimal < $1.key.hexadecimal }
        ) {
            pieces.append(
                VerifyPiece { () throws(Refusal) in
                    try check(documents, in: container, records)
                    return VerifyCounts(documents: documents.count)
                })
        }
        return pieces
    }

    static func received(_ records: CheckedRecords) -> [ReceivedDocument] {
        records.leaves.compactMap { leaf in
            guard case .document(let document) = leaf.record.body else { return nil }
            return document
        }
    }

    private static func erased(
        _ records: CheckedRecords
    ) -> [BookState.Numbered<Erasure>] {
        records.leaves.compactMap { leaf in
            guard case .erasure(let erasure) = leaf.record.body else { return nil }
            return BookState.Numbered(number: leaf.record.number, value: erasure)
        }
    }

    /// Each erased document was received, is erased once, and its bytes are gone.
    private func checkErased(_ records: CheckedRecords) throws(Refusal) {
        let erased = Self.erased(records)
        guard !erased.isEmpty else { return }
        var homes = Set<SHA256Digest>()
        for leaf in records.leaves {
            switch leaf.record.body {
            case .document(let document): homes.insert(document.home)
            case .erasure(let erasure):
                guard homes.remove(erasure.document) != nil else {
                    throw records.failure(
                        "record \(leaf.record.number) erases a document that the book did "
                            + "not have")
                }
            case _: continue
            }
        }
        for erasure in erased {
            let isHeld = try records.book.asking { () throws(LedgerStoreError) in
                try records.book.store.readEvidence(erasure.value.document) { _ in }
            }
            guard !isHeld else {
                throw records.failure(
                    "the bytes of document \(erasure.value.document) are in the book, which record "
                        + "\(erasure.number) says are erased")
            }
        }
    }

    private func checkOrder(_ records: CheckedRecords) throws(Refusal) {
        var received: Set<SHA256Digest> = []
        for leaf in records.leaves {
            let body = leaf.record.body
            if case .document(let document) = body { received.insert(document.digest) }
            if case .factor(let factor) = body, let declaration = factor.declaration,
                !received.contains(declaration.document)
            {
                throw records.failure(
                    "factor '\(factor.identity)' cites a document that was not received before it")
            }
            if case .factorSeries(let series) = body, !received.isSuperset(of: series.documents) {
                throw records.failure(
                    "factor series '\(series.factor.identity)' cites a document that was not "
                        + "received before it")
            }
        }
    }

    private func check(
        _ document: ReceivedDocument, _ records: CheckedRecords
    ) throws(Refusal) {
        var size = 0
        try read(document.digest, of: document.name, records) { size += $0.count }
        guard String(size) == document.size else {
            throw records.failure(
                "'\(document.name)' has \(size) bytes, its record says \(document.size)")
        }
    }

    private func check(
        _ documents: [ReceivedDocument], in container: SHA256Digest, _ records: CheckedRecords
    ) throws(Refusal) {
        var bytes: [UInt8] = []
        try read(container, of: documents[0].name, records) { bytes += $0 }
        let check = MemberCheck(container: Document(name: documents[0].name, bytes: bytes))
        for document in documents where !check.holds(document) {
            throw records.failure("'\(document.name)' is not what was taken out of its archive")
        }
    }

    /// - Throws: an `integrity-failure` where the bytes are missing or others.
    private func read(
        _ digest: SHA256Digest, of name: String, _ records: CheckedRecords,
        _ body: ([UInt8]) -> Void
    ) throws(Refusal) {
        var hasher = SHA256Hasher()
        let isHeld = try records.book.asking { () throws(LedgerStoreError) in
            try records.book.store.readEvidence(digest) { part in
                hasher.update(part)
                body(part)
            }
        }
        guard isHeld else {
            throw records.failure("the bytes of '\(name)' are missing from the book")
        }
        guard hasher.finalize() == digest else {
            throw records.failure("the bytes of '\(name)' are not those that were imported")
        }
    }
}
