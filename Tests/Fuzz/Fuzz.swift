internal import FuzzTargets
internal import Glibc

/// The entry points of libFuzzer. Which target is tried stands in `TONNE_FUZZ_TARGET`.
private let target: FuzzTarget = {
    guard let name = getenv("TONNE_FUZZ_TARGET"),
        let target = FuzzTarget(rawValue: String(cString: name))
    else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: ", ")
        fputs("set TONNE_FUZZ_TARGET to one of: \(names)\n", stderr)
        exit(2)
    }
    return target
}()

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}
