/// The version of the program, as statements and books name it.
package enum ProgramVersion {
    package static let text = "tonne 0.1.0"
}
