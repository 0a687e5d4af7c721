internal import CLibFuzzer
internal import Foundation
internal import FuzzTargets

/// Hands the inputs of libFuzzer to the target that `TONNE_FUZZ_TARGET` names. The arguments are
/// those of libFuzzer.
///
/// The program has a `main` of its own because SwiftPM names it, which libFuzzer's does not bear.
@main
enum FuzzMain {
    private static let target: FuzzTarget = {
        guard let name = getenv("TONNE_FUZZ_TARGET"),
            let target = FuzzTarget(rawValue: String(cString: name))
        else {
            let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
            let text = "set TONNE_FUZZ_TARGET to one of: \(names)\n"
            FileHandle.standardError.write(Data(text.utf8))
            exit(2)
        }
        return target
    }()

    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
        let status = LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
            FuzzMain.target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
            return 0
        }
        exit(status)
    }
}
