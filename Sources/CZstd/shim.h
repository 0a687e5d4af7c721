#pragma once
#include <stddef.h>

// The stable interface of libzstd 1 (zstd.h), as far as it is used; its functions and their types
// have not changed since 1.3.0. Declared here, so that the library itself is enough, which dpkg
// brings with it, and no development package is needed.

size_t ZSTD_compressBound(size_t size);
size_t ZSTD_compress(void *packed, size_t capacity, const void *plain, size_t size, int level);
size_t ZSTD_decompress(void *plain, size_t capacity, const void *packed, size_t size);
unsigned ZSTD_isError(size_t code);
