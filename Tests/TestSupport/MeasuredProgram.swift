internal import Foundation

extension BuiltProgram {
    /// Runs the program and tells what it took. Paths must be absolute.
    ///
    /// - Returns: Its exit status, and the most memory it held at once, in bytes.
    package static func measure(
        _ arguments: [String]
    ) throws -> (status: Int32, peakBytes: Int) {
        let program = try folder.get().appending(path: "tonne").path
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        var environment: [UnsafeMutablePointer<CChar>?] = [
            strdup("TZ=UTC"), strdup("NO_COLOR=1"), strdup("TONNE_ACTOR=test"), nil,
        ]
        defer { for word in words + environment { free(word) } }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0)
        }
        var child = pid_t()
        guard posix_spawn(&child, program, &actions, nil, &words, &environment) == 0 else {
            throw Failure.programMissing(program)
        }
        // `wait4` tells of this child alone; other tests run theirs meanwhile.
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
        return ((status >> 8) & 0xFF, Int(usage.ru_maxrss) << 10)
    }
}
