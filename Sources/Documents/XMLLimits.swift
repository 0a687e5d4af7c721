/// What one XML document may cost. Beyond a limit the document is refused, not cut.
package struct XMLLimits: Sendable {
    /// Bytes of the document as it came.
    package var documentBytes = 4 << 30
    /// Elements open at once.
    package var depth = 64
    /// Attributes and namespace declarations of one start tag. libxml2 takes quadratic time in
    /// them, so they are counted before it sees the tag.
    package var attributes = 100
    package var elements = 20_000_000
    /// Different element names; each one is kept.
    package var names = 4_096
    /// UTF-8 bytes of the text directly inside one element, and of one tag or comment.
    package var textBytes = 10_000_000

    /// For documents read as events.
    package static let `default` = XMLLimits()

    /// For documents held as a tree: an element costs about 200 bytes of memory.
    package static let tree: XMLLimits = {
        var limits = XMLLimits()
        limits.documentBytes = 200 << 20
        limits.elements = 1_000_000
        return limits
    }()
}
