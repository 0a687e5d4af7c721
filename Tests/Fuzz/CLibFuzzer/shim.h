// The entry point of libFuzzer for programs with a main of their own. It comes with the compiler as
// libclang_rt.fuzzer_no_main, without a header.
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerRunDriver(
    int *count, char ***arguments, int (*callback)(const uint8_t *bytes, size_t count));
