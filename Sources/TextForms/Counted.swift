/// A number with its noun, as messages say it: `1 activity`, `2 activities`.
package func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
}
