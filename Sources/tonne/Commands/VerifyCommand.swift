internal import ArgumentParser
internal import LedgerStore
internal import Workflows

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the whole book from its records.",
        discussion: """
            Canonical bytes, numbers and times of every record, the root of the tree, the bytes of
            every document and series of readings, every amount (activity × factor) and every
            balance and index. It stops at the first thing that differs; the exit code is then 5.
            """)

    @OptionGroup var options: BookOptions

    func run() throws {
        let report = try VerifyWorkflow(book: options.open()).run()
        Terminal.output(
            """
            ok: \(report.records) records, \(report.entries) entries balanced, \
            \(report.recomputed) recomputed, \(report.documents) documents and \
            \(report.chunks) series intact
            size \(report.head.size)
            root \(report.head.root)
            """)
    }
}
