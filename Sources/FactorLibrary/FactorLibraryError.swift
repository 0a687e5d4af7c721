package import Diagnostics

/// Why the shipped library cannot be used: the build embedded wrong data.
package enum FactorLibraryError: Error, Hashable, Sendable {
    /// A file that belongs to the library is not embedded, or holds no factor.
    case packMissing(String)
    /// A file does not pass the checks.
    case packRefused(String, [Diagnostic])
}
