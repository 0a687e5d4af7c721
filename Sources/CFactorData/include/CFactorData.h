#pragma once
#include <stddef.h>

/// One embedded file of the factor library.
typedef struct {
    const char *name;
    const unsigned char *bytes;
    size_t length;
} tonne_factor_file;

/// The number of embedded files.
size_t tonne_factor_file_count(void);
/// The embedded file at an index below the count; a null file beyond it.
tonne_factor_file tonne_factor_file_at(size_t index);
