/// The SQL schema of a book.
package enum BookSchema {
    /// The statements of `book.sql`; they also set `application_id` and `user_version`.
    package static var sql: String { String(decoding: PackageResources.book_sql, as: UTF8.self) }
}
