/// What an audit pack carries for its reader.
package enum PackFiles {
    /// `verify.py`: checks a pack with Python alone.
    package static var verifier: [UInt8] { PackageResources.verify_py }
    /// `recalculate.py`: the part of the verifier that computes the amounts.
    package static var recalculation: [UInt8] { PackageResources.recalculate_py }
    /// `controls.py`: the part of the verifier that asks who was allowed to record what.
    package static var controls: [UInt8] { PackageResources.controls_py }
    /// `pack-format.md`: what a pack is, byte by byte.
    package static var format: [UInt8] { PackageResources.pack_format_md }

    /// Names of members in the order of their bytes.
    package static func ordered(_ names: some Sequence<String>) -> [String] {
        names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }
}
