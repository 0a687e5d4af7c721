/// Python 3, for checks that share no code with the program. Tests that need it skip without it.
package enum Python {
    package static let isPresent = (try? run(["-c", "pass"]))?.status == 0

    /// Runs `python3` and waits for it.
    ///
    /// - Returns: Its exit status and what it wrote to standard output and standard error.
    package static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        try OtherProgram.run("python3", ["-B"] + arguments)
    }
}
