// The floor under a Green Button import: libxml2's SAX2 push parser, values and times as numbers.
// usage: feed FILE
#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

static long readings, sum, current;
static enum { nothing, value, start } wanted;

static void opened(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                   int namespaces, const xmlChar **namespace, int attributes, int defaulted,
                   const xmlChar **attribute) {
    const char *text = (const char *)name;
    current = 0;
    wanted = !strcmp(text, "value") ? value : !strcmp(text, "start") ? start : nothing;
}

static void closed(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    if (wanted == value) readings++, sum += current;
    if (wanted == start) sum += current & 1;
    wanted = nothing;
}

static void characters(void *context, const xmlChar *text, int count) {
    for (int i = 0; wanted && i < count; i++) current = current * 10 + text[i] - '0';
}

int main(int count, char **arguments) {
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (!file) return 2;
    xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                             .startElementNs = opened,
                             .endElementNs = closed,
                             .characters = characters};
    xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&handler, NULL, NULL, 0, arguments[1]);
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_HUGE);
    static char buffer[65536];
    size_t got;
    while ((got = fread(buffer, 1, sizeof buffer, file)) > 0)
        xmlParseChunk(parser, buffer, (int)got, 0);
    xmlParseChunk(parser, buffer, 0, 1);
    printf("readings %ld sum %ld\n", readings, sum);
    return 0;
}
