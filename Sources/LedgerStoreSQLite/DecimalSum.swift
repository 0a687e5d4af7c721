internal import CSQLite
internal import Quantities

/// The SQL aggregate `decimal_sum(amount)`: the exact sum of decimals given as text or integers.
///
/// NULL is passed over; no rows give '0'. A value that is no decimal, or a sum that exceeds the
/// range, is an error of the statement. All pointers of SQLite stay in this file.
enum DecimalSum {
    /// Makes the function known to a connection.
    ///
    /// - Returns: A result code of SQLite.
    static func register(on connection: OpaquePointer) -> Int32 {
        sqlite3_create_function_v2(
            connection, "decimal_sum", 1,
            SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, nil, nil,
            { context, _, values in
                guard let value = values?[0] else { return }
                DecimalSum.step(context, value)
            },
            { context in DecimalSum.finish(context) }, nil)
    }

    /// The running sum. A class because the context of an aggregate is raw memory that is freed
    /// without notice; it holds one retained reference, which `finish` releases in every case.
    private final class Total {
        var sum: Result<ExactDecimal, QuantityError> = .success(.zero)
    }

    private static func step(_ context: OpaquePointer?, _ value: OpaquePointer) {
        guard sqlite3_value_type(value) != SQLITE_NULL,
            let slot = sqlite3_aggregate_context(context, Int32(MemoryLayout<UInt>.size))
        else { return }
        let total = total(in: slot)
        guard case .success(let sum) = total.sum else { return }
        do throws(QuantityError) {
            total.sum = .success(try sum.adding(decimal(value)))
        } catch {
            total.sum = .failure(error)
        }
    }

    private static func finish(_ context: OpaquePointer?) {
        var sum: Result<ExactDecimal, QuantityError> = .success(.zero)
        if let slot = sqlite3_aggregate_context(context, 0),
            let pointer = slot.load(as: UnsafeMutableRawPointer?.self)
        {
            sum = Unmanaged<Total>.fromOpaque(pointer).takeRetainedValue().sum
        }
        switch sum {
        case .success(let amount):
            let text = amount.description
            csqlite_result_text(context, text, Int32(text.utf8.count))
        case .failure(let error):
            sqlite3_result_error(context, "decimal_sum: \(error)", -1)
        }
    }

    private static func total(in slot: UnsafeMutableRawPointer) -> Total {
        if let pointer = slot.load(as: UnsafeMutableRawPointer?.self) {
            return Unmanaged<Total>.fromOpaque(pointer).takeUnretainedValue()
        }
        let total = Total()
        slot.storeBytes(
            of: Unmanaged.passRetained(total).toOpaque(), as: UnsafeMutableRawPointer?.self)
        return total
    }

    private static func decimal(_ value: OpaquePointer) throws(QuantityError) -> ExactDecimal {
        let type = sqlite3_value_type(value)
        guard type == SQLITE_TEXT || type == SQLITE_INTEGER, let text = sqlite3_value_text(value)
        else { throw .notADecimal }
        return try ExactDecimal(parsing: String(cString: text))
    }
}
