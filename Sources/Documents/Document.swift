package import Hashing

/// The bytes of a file as they came, with the name the user gave.
package struct Document: Sendable {
    /// Data shown in messages, never a path to open; of a member `bills.zip:march.csv`.
    package let name: String
    package let bytes: [UInt8]
    /// SHA-256 of `bytes`, computed before anything is parsed.
    package let digest: SHA256Digest
    /// What it was taken out of, the outermost first; empty for a file that came as it is.
    package let containers: [Document]
    /// Its name within the last container.
    package let member: String?

    package init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        self.digest = SHA256Digest(hashing: bytes)
        containers = []
        member = nil
    }

    /// A member of an archive, a sheet of a workbook, or an invoice in a PDF.
    package init(member: String, bytes: [UInt8], of container: Document) {
        name = "\(container.name):\(member)"
        self.bytes = bytes
        digest = SHA256Digest(hashing: bytes)
        containers = container.containers + [container]
        self.member = member
    }

    /// The file that was received: the outermost container, else the document itself.
    package var received: Document { containers.first ?? self }

    /// The way from the received file to the document: `2024/march.csv`, `q1.xlsx:Sheet1`; `nil`
    /// for a file that came as it is.
    package var memberPath: String? {
        member.map { (containers.compactMap(\.member) + [$0]).joined(separator: ":") }
    }

    /// The name of the file without the folders and archives it lies in.
    package var fileName: String {
        let own = member ?? name
        return own.split(separator: "/").last.map(String.init) ?? own
    }
}
