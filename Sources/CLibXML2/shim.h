#pragma once
// Debian's libxml2 is built with ICU; its encoding.h would pull <unicode/ucnv.h>, which clashes
// with Foundation's private ICU. Undefining the switch before any other header avoids it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlIO.h>

/// Frees memory that libxml2 allocated. `xmlFree` is a mutable global, which Swift 6 refuses.
static inline void cxml_free(void *pointer) { xmlFree(pointer); }
