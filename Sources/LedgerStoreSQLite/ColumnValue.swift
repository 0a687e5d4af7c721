internal import FoundationEssentials
internal import GRDB

/// A value of a column of a projected table, as Swift holds it: no copy is made of bytes and texts
/// that are only compared, or bound to a statement.
enum ColumnValue: Hashable {
    case null
    case integer(Int)
    case text(String)
    case bytes([UInt8])

    init(_ text: String?) { self = text.map(ColumnValue.text) ?? .null }

    init(_ integer: Int?) { self = integer.map(ColumnValue.integer) ?? .null }

    /// For a question through GRDB.
    var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let integer): integer.databaseValue
        case .text(let text): text.databaseValue
        case .bytes(let bytes): bytes.databaseBlob
        }
    }
}
