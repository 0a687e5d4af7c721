/// A check of what the records say, once their bytes and the tree are known to be right.
protocol RecordCheck: Sendable {
    /// The check in pieces that may run at the same time; the first that fails in this order is
    /// reported.
    func pieces(of records: CheckedRecords) -> [VerifyPiece]
}

struct VerifyPiece: Sendable {
    let run: @Sendable () throws(Refusal) -> VerifyCounts

    init(_ run: @escaping @Sendable () throws(Refusal) -> VerifyCounts) { self.run = run }
}
