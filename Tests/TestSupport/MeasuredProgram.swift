internal import Foundation

extension BuiltProgram {
    /// Runs the program and tells what it took. Paths must be absolute.
    ///
    /// - Returns: Its exit status, the most memory it held at once, in bytes, and the time it
    ///   calculated, in milliseconds.
    package static func measure(
        _ arguments: [String]
    ) throws -> (status: Int32, peakBytes: Int, milliseconds: Int) {
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
        // `ru_maxrss` would not do: a new process inherits that of the one it was spawned from.
        var status: Int32 = 0
        var usage = rusage()
        var peak = 0
        while true {
            let ended = wait4(child, &status, WNOHANG, &usage)
            if ended == child || ended < 0 && errno != EINTR { break }
            peak = max(peak, memoryPeak(of: child))
            usleep(2_000)
        }
        let times = [usage.ru_utime, usage.ru_stime]
        let milliseconds = times.reduce(0) { $0 + Int($1.tv_sec) * 1_000 + Int($1.tv_usec) / 1_000 }
        return ((status >> 8) & 0xFF, peak, milliseconds)
    }

    /// The most memory that a running process has held, in bytes.
    private static func memoryPeak(of process: pid_t) -> Int {
        let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmHWM:") } ?? ""
        let kilobytes = line.split(separator: " ").compactMap { Int($0) }.first ?? 0
        return kilobytes << 10
    }
}
