package import Diagnostics

/// A profile that cannot be used.
package struct InvalidProfile: Error, Hashable {
    /// Every fault of the file, in order of lines; not empty.
    package let diagnostics: [Diagnostic]
}
