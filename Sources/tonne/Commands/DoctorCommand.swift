internal import ArgumentParser
internal import Workflows

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check the installation, and the book if there is one.")

    @OptionGroup var options: BookOptions

    func run() throws {
        var healthy = true
        for finding in Doctor.examine(bookPath: options.path) {
            Terminal.output("\(finding.passed ? "ok     " : "not ok ") \(finding.text)")
            healthy = healthy && finding.passed
        }
        if !healthy { throw Outcome.found }
    }
}
