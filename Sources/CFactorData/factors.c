// The data files, embedded by C23 #embed; the order is that of the names.
#include "CFactorData.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char cea_v21_electricity[] = {
#embed "data/cea.v21.electricity.csv"
};
static const unsigned char clf_wblca2_materials[] = {
#embed "data/clf.wblca2.materials.csv"
};
static const unsigned char desnz_2019_electricity[] = {
#embed "data/desnz.2019.electricity.csv"
};
static const unsigned char desnz_2020_electricity[] = {
#embed "data/desnz.2020.electricity.csv"
};
static const unsigned char desnz_2021_electricity[] = {
#embed "data/desnz.2021.electricity.csv"
};
static const unsigned char desnz_2023_electricity[] = {
#embed "data/desnz.2023.electricity.csv"
};
static const unsigned char desnz_2024_electricity[] = {
#embed "data/desnz.2024.electricity.csv"
};
static const unsigned char desnz_2025_electricity[] = {
#embed "data/desnz.2025.electricity.csv"
};
static const unsigned char desnz_2025_freight[] = {
#embed "data/desnz.2025.freight.csv"
};
static const unsigned char desnz_2025_fuels[] = {
#embed "data/desnz.2025.fuels.csv"
};
static const unsigned char desnz_2025_materials[] = {
#embed "data/desnz.2025.materials.csv"
};
static const unsigned char desnz_2025_water[] = {
#embed "data/desnz.2025.water.csv"
};
static const unsigned char epa_egrid2021[] = {
#embed "data/epa.egrid2021.csv"
};
static const unsigned char epa_egrid2022[] = {
#embed "data/epa.egrid2022.csv"
};
static const unsigned char epa_egrid2023[] = {
#embed "data/epa.egrid2023.csv"
};
static const unsigned char epa_egrid2023r2[] = {
#embed "data/epa.egrid2023r2.csv"
};
static const unsigned char epa_hub2024_freight[] = {
#embed "data/epa.hub2024.freight.csv"
};
static const unsigned char epa_hub2024_fuels[] = {
#embed "data/epa.hub2024.fuels.csv"
};
static const unsigned char gwp[] = {
#embed "data/gwp.csv"
};
static const unsigned char ipcc_2006_fuels[] = {
#embed "data/ipcc.2006.fuels.csv"
};
static const unsigned char refrigerant_blends[] = {
#embed "data/refrigerant-blends.csv"
};

static const tonne_factor_file files[] = {
    {"cea.v21.electricity", cea_v21_electricity, sizeof cea_v21_electricity},
    {"clf.wblca2.materials", clf_wblca2_materials, sizeof clf_wblca2_materials},
    {"desnz.2019.electricity", desnz_2019_electricity, sizeof desnz_2019_electricity},
    {"desnz.2020.electricity", desnz_2020_electricity, sizeof desnz_2020_electricity},
    {"desnz.2021.electricity", desnz_2021_electricity, sizeof desnz_2021_electricity},
    {"desnz.2023.electricity", desnz_2023_electricity, sizeof desnz_2023_electricity},
    {"desnz.2024.electricity", desnz_2024_electricity, sizeof desnz_2024_electricity},
    {"desnz.2025.electricity", desnz_2025_electricity, sizeof desnz_2025_electricity},
    {"desnz.2025.freight", desnz_2025_freight, sizeof desnz_2025_freight},
    {"desnz.2025.fuels", desnz_2025_fuels, sizeof desnz_2025_fuels},
    {"desnz.2025.materials", desnz_2025_materials, sizeof desnz_2025_materials},
    {"desnz.2025.water", desnz_2025_water, sizeof desnz_2025_water},
    {"epa.egrid2021", epa_egrid2021, sizeof epa_egrid2021},
    {"epa.egrid2022", epa_egrid2022, sizeof epa_egrid2022},
    {"epa.egrid2023", epa_egrid2023, sizeof epa_egrid2023},
    {"epa.egrid2023r2", epa_egrid2023r2, sizeof epa_egrid2023r2},
    {"epa.hub2024.freight", epa_hub2024_freight, sizeof epa_hub2024_freight},
    {"epa.hub2024.fuels", epa_hub2024_fuels, sizeof epa_hub2024_fuels},
    {"gwp", gwp, sizeof gwp},
    {"ipcc.2006.fuels", ipcc_2006_fuels, sizeof ipcc_2006_fuels},
    {"refrigerant-blends", refrigerant_blends, sizeof refrigerant_blends},
};

size_t tonne_factor_file_count(void) { return sizeof files / sizeof files[0]; }

tonne_factor_file tonne_factor_file_at(size_t index) {
    tonne_factor_file none = {0, 0, 0};
    return index < tonne_factor_file_count() ? files[index] : none;
}
