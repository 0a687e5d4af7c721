// The floor under a CSV import: reads every row of `meter,start,end,kWh`, both times and the value.
// usage: rows FILE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int two(const char *p) { return (p[0] - '0') * 10 + (p[1] - '0'); }

// Days from 1970-01-01 (Howard Hinnant, days_from_civil).
static int64_t days(int year, int month, int day) {
    year -= month <= 2;
    int era = year / 400;
    int of_era = year - era * 400;
    int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return (int64_t)era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

// Seconds of `2025-01-01T00:00:00+02:00`.
static int64_t instant(const char *p) {
    int64_t local = days(two(p) * 100 + two(p + 2), two(p + 5), two(p + 8)) * 86400 +
                    two(p + 11) * 3600 + two(p + 14) * 60 + two(p + 17);
    int offset = two(p + 20) * 3600 + two(p + 23) * 60;
    return p[19] == '-' ? local + offset : local - offset;
}

static uint64_t watt_hours(const char *p, const char *end) {
    uint64_t value = 0;
    int decimals = -1;
    for (; p < end; p++) {
        if (*p == '.') {
            decimals = 0;
        } else {
            value = value * 10 + (uint64_t)(*p - '0');
            if (decimals >= 0) decimals++;
        }
    }
    for (decimals = decimals < 0 ? 0 : decimals; decimals < 3; decimals++) value *= 10;
    return value;
}

int main(int count, char **arguments) {
    FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
    if (!file) return 2;
    enum { size = 1 << 20 };
    static char buffer[size];
    size_t held = 0, got;
    uint64_t rows = 0, sum = 0;
    while ((got = fread(buffer + held, 1, size - held, file)) > 0) {
        char *p = buffer, *end = buffer + held + got, *line;
        while ((line = memchr(p, '\n', (size_t)(end - p)))) {
            if (*p == 'M') {  // not the header
                char *start = (char *)memchr(p, ',', (size_t)(line - p)) + 1;
                char *stop = (char *)memchr(start, ',', (size_t)(line - start)) + 1;
                char *value = (char *)memchr(stop, ',', (size_t)(line - stop)) + 1;
                sum += watt_hours(value, line) + (uint64_t)(instant(stop) - instant(start));
                rows++;
            }
            p = line + 1;
        }
        held = (size_t)(end - p);
        memmove(buffer, p, held);
    }
    printf("rows %lu sum %lu\n", rows, sum);
    return 0;
}
