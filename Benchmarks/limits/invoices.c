// The floor under an import of invoices: libxml2's reader over every file below a folder.
// usage: invoices DIR
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <libxml/xmlreader.h>
#include <stdio.h>
#include <string.h>

static long files, lines;
static xmlTextReaderPtr reader;

static int visit(const char *path, const struct stat *status, int kind, struct FTW *place) {
    if (kind != FTW_F) return 0;
    files++;
    if (!reader) reader = xmlReaderForFile(path, NULL, XML_PARSE_NONET);
    else xmlReaderNewFile(reader, path, NULL, XML_PARSE_NONET);
    while (xmlTextReaderRead(reader) == 1)
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT &&
            !strcmp((const char *)xmlTextReaderConstLocalName(reader), "InvoiceLine"))
            lines++;
    return 0;
}

int main(int count, char **arguments) {
    if (count != 2 || nftw(arguments[1], visit, 16, FTW_PHYS) != 0) return 2;
    printf("files %ld lines %ld\n", files, lines);
    return 0;
}
