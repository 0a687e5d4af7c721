/// What text a record may hold: no control characters and no marks that turn the direction of
/// writing, which would let a record show another text than it holds (audit guide, section 4).
///
/// Unicode normalisation form C is asked for by the same rule; the standard library offers no
/// test of it, so it is left to whoever reads the text in.
package enum RecordText {
    /// The first character that a record may not hold; `nil` where there is none.
    package static func firstForbidden(in text: String) -> Unicode.Scalar? {
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return nil }
        return text.unicodeScalars.first(where: isForbidden)
    }

    /// The text as a record may hold it: a space in place of each control character, and no marks
    /// of direction.
    package static func sanitised(_ text: String) -> String {
        guard firstForbidden(in: text) != nil else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                scalars.append(" ")
            } else if !isDirectionMark(scalar) {
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
        isControl(scalar) || isDirectionMark(scalar)
    }

    /// C0, DEL and C1.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
    }

    /// The characters with the property Bidi_Control (Unicode, PropList.txt).
    private static func isDirectionMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        case _: false
        }
    }
}
