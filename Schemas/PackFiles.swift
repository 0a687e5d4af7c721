/// What an audit pack carries for its reader.
package enum PackFiles {
    /// `verify.py`: checks a pack with Python alone.
    package static var verifier: [UInt8] { PackageResources.verify_py }
    /// `pack-format.md`: what a pack is, byte by byte.
    package static var format: [UInt8] { PackageResources.pack_format_md }
}
