/// What the program asked of the disk, in order, as `faults.c` noted it.
struct OperationTrace {
    enum Operation {
        case write(file: String, offset: Int, bytes: [UInt8])
        case truncate(file: String, size: Int)
        /// Of a file, or of the folder: then its names are on the disk.
        case sync(file: String)
        case remove(file: String)
        case output([UInt8])
    }

    struct Malformed: Error {}

    let operations: [Operation]

    init(_ bytes: [UInt8]) throws {
        var operations: [Operation] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let line = rest.prefix { $0 != 10 }
            let words = String(decoding: line, as: UTF8.self).split(separator: " ")
            guard words.count == 4, let offset = Int(words[2]), let count = Int(words[3]) else {
                throw Malformed()
            }
            rest = rest.dropFirst(line.count + 1)
            let file = String(words[1])
            switch words[0] {
            case "W", "O":
                let data = Array(rest.prefix(count))
                rest = rest.dropFirst(count)
                operations.append(
                    words[0] == "O"
                        ? .output(data) : .write(file: file, offset: offset, bytes: data))
            case "T": operations.append(.truncate(file: file, size: count))
            case "S": operations.append(.sync(file: file))
            case "U": operations.append(.remove(file: file))
            case _: throw Malformed()
            }
        }
        self.operations = operations
    }
}
