package import Diagnostics
internal import Threads

/// Looks at the beginning of a document only, to tell its format.
package enum XMLRoot {
    /// The name of the root element. It is looked for once in each document, however many
    /// importers ask.
    ///
    /// - Returns: `nil` where the first 64 KiB are no XML or hold no root element; `read` says why.
    package static func recognise(_ document: Document) -> XMLName? {
        document.root.withLock { root in
            if let known = root { return known }
            var found: XMLName?
            do { found = try read(document) } catch { found = nil }
            root = .some(found)
            return found
        }
    }

    /// The name of the root element; what follows its start tag does not matter.
    ///
    /// - Throws: As `XMLEvents.read`, where the fault lies before the end of the root's start tag.
    package static func read(_ document: Document) throws(Diagnostic) -> XMLName {
        let receiver = EventDispatcher(handler: RootWatcher())
        let parser = XMLPushParser(file: document.name, limits: .default, receiver: receiver)
        do throws(Diagnostic) {
            try XMLEvents.feedHead(of: document, to: parser) { receiver.handler.root != nil }
            if receiver.handler.root == nil, document.head.count == document.size {
                try parser.finish()
            }
        } catch {
            guard receiver.handler.root != nil else { throw error }
        }
        guard let root = receiver.handler.root else {
            throw Diagnostic(
                .xmlMalformed, at: SourceLocation(file: document.name),
                "no root element begins in the first \(Document.chunkBytes) bytes")
        }
        return root
    }
}

private struct RootWatcher: XMLHandler {
    private(set) var root: XMLName?

    func name(_ name: XMLName) -> XMLName { name }

    mutating func start(
        _ name: XMLName, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic) {
        if root == nil { root = name }
    }

    func end(_ name: XMLName, text: ArraySlice<UInt8>, line: Int) throws(Diagnostic) {}
}
