/// The JSON Schema of a statement.
package enum StatementSchema {
    /// The text of `statement.schema.json`.
    package static var json: String {
        String(decoding: PackageResources.statement_schema_json, as: UTF8.self)
    }
}
