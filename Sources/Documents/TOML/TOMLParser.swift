/// Why a text is no TOML.
package struct TOMLFault: Error {
    package let message: String
    package let place: TOMLPlace
}

/// Reads TOML 1.0 (https://toml.io/en/v1.0.0), with the place of each key.
///
/// What comes from strangers must not end the program, however it is broken: see decision 40.
package struct TOMLParser {
    /// Brackets within brackets.
    static let maximumDepth = 64

    let bytes: [UInt8]
    var index = 0
    /// The line of `index`, from 1, and where it begins.
    private var line = 1
    private var lineStart = 0
    /// Counts headers.
    var section = 0

    private init(_ text: String) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = Array(text.utf8)
        self.bytes = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// - Throws: the first fault.
    package static func parse(_ text: String) throws(TOMLFault) -> TOMLTable {
        var parser = TOMLParser(text)
        return try parser.document()
    }

    private mutating func document() throws(TOMLFault) -> TOMLTable {
        let root = TOMLTable(at: TOMLPlace(line: 1, column: 1), .root)
        var current = root
        while true {
            passBlanks()
            guard let byte else { return root }
            switch byte {
            case UInt8(ascii: "#"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): break
            case UInt8(ascii: "["): current = try header(in: root)
            case _: try assignment(to: current)
            }
            try endLine()
        }
    }

    // MARK: Headers

    private mutating func header(in root: TOMLTable) throws(TOMLFault) -> TOMLTable {
        let place = place
        index += 1
        let isArray = byte == UInt8(ascii: "[")
        if isArray { index += 1 }
        let path = try keys()
        for _ in 0..<(isArray ? 2 : 1) {
            guard byte == UInt8(ascii: "]") else {
                throw fault("a header ends with \(isArray ? "]]" : "]")")
            }
            index += 1
        }
        section += 1
        var table = root
        for key in path.dropLast() { table = try step(into: key, of: table, at: place) }
        let last = path[path.count - 1]
        guard !isArray else {
            let element = TOMLTable(at: place, .header)
            guard table.append(element, to: last) else { throw repeated(last, at: place) }
            return element
        }
        guard table.has(last) else {
            let new = TOMLTable(at: place, .header)
            table.set(last, .table(new), at: new.place)
            return new
        }
        guard let known = table.table(last), known.origin == .implicit else {
            throw repeated(last, at: place)
        }
        known.origin = .header
        known.place = place
        return known
    }

    /// The table on the way to the one that a header names.
    private func step(
        into key: String, of table: TOMLTable, at place: TOMLPlace
    ) throws(TOMLFault) -> TOMLTable {
        guard table.has(key) else {
            let new = TOMLTable(at: place, .implicit)
            table.set(key, .table(new), at: new.place)
            return new
        }
        guard let known = table.table(key), known.origin != .inline else {
            throw repeated(key, at: place)
        }
        return known
    }

    // MARK: Keys

    /// `key = value`, into a table.
    mutating func assignment(to table: TOMLTable, depth: Int = 0) throws(TOMLFault) {
        let place = place
        let path = try keys()
        guard byte == UInt8(ascii: "=") else { throw fault("a key is followed by =") }
        index += 1
        passBlanks()
        var table = table
        for key in path.dropLast() {
            if !table.has(key) {
                let new = TOMLTable(at: place, .dotted(section: section))
                table.set(key, .table(new), at: new.place)
                table = new
            } else {
                guard let known = table.table(key), known.origin == .dotted(section: section)
                else { throw repeated(key, at: place) }
                table = known
            }
        }
        let last = path[path.count - 1]
        guard !table.has(last) else { throw repeated(last, at: place) }
        table.set(last, try value(at: place, depth: depth), at: place)
    }

    /// One key, or several with dots between, and the blanks around them.
    private mutating func keys() throws(TOMLFault) -> [String] {
        var keys: [String] = []
        while true {
            passBlanks()
            keys.append(try key())
            passBlanks()
            guard byte == UInt8(ascii: ".") else { return keys }
            index += 1
        }
    }

    private mutating func key() throws(TOMLFault) -> String {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            guard !isTripled else { throw fault("a key is one line") }
            return try string()
        }
        let start = index
        while let byte, Self.isBare(byte) { index += 1 }
        guard index > start else {
            throw fault("a key is expected: letters, digits, - and _, or text in quotes")
        }
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    private static func isBare(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        case _: false
        }
    }

    // MARK: Bytes

    var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func passBlanks() {
        while let byte, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { index += 1 }
    }

    /// Passes a comment, if one stands here.
    mutating func passComment() throws(TOMLFault) {
        guard byte == UInt8(ascii: "#") else { return }
        while let byte, byte != UInt8(ascii: "\n") {
            if byte == UInt8(ascii: "\r") { break }
            try checkPrintable(byte)
            index += 1
        }
    }

    /// Passes a line break, if one stands here.
    mutating func passLineBreak() -> Bool {
        if byte == UInt8(ascii: "\n") {
            index += 1
        } else if byte == UInt8(ascii: "\r"), index + 1 < bytes.count,
            bytes[index + 1] == UInt8(ascii: "\n")
        {
            index += 2
        } else {
            return false
        }
        line += 1
        lineStart = index
        return true
    }

    private mutating func endLine() throws(TOMLFault) {
        passBlanks()
        try passComment()
        guard passLineBreak() || byte == nil else { throw fault("the line should end here") }
    }

    func checkPrintable(_ byte: UInt8) throws(TOMLFault) {
        guard byte >= 0x20 && byte != 0x7F || byte == UInt8(ascii: "\t") else {
            throw fault("a control character stands here")
        }
    }

    // MARK: Faults

    /// A fault of what stands here.
    func fault(_ message: String) -> TOMLFault { TOMLFault(message: message, place: place) }

    private func repeated(_ key: String, at place: TOMLPlace) -> TOMLFault {
        TOMLFault(message: "'\(key)' is there already", place: place)
    }

    var place: TOMLPlace {
        TOMLPlace(
            line: line,
            column: String(decoding: bytes[lineStart..<index], as: UTF8.self).count + 1)
    }
}
