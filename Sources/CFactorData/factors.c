#include "CFactorData.h"

size_t tonne_factor_file_count(void) { return 0; }
tonne_factor_file tonne_factor_file_at(size_t index) {
    (void)index;
    tonne_factor_file none = {0, 0, 0};
    return none;
}
