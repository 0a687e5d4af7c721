"""Workload W: hourly readings of many meters for one local year, and hourly factors of their zones.

Whole numbers and a fixed generator only: the same arguments give the same bytes on every machine.
"""
import calendar
from datetime import datetime, timedelta, timezone

# Zone: winter offset in hours, mean factor in mg/kWh.
ZONES = {
    "FI": (2, 60_000),
    "SE3": (1, 25_000),
    "DE": (1, 380_000),
    "FR": (1, 55_000),
    "GB": (0, 210_000),
}
METERS_PER_FACILITY = 5
# The factors begin before the year does in the zone that is furthest east.
LEAD_HOURS = 3


class Random:
    """A 64-bit linear congruential generator (Knuth, MMIX)."""

    def __init__(self, seed):
        self.state = (seed * 0x9E3779B97F4A7C15 + 0x1234567) & 0xFFFFFFFFFFFFFFFF
        for _ in range(4):
            self.below(1)

    def below(self, bound):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return ((self.state >> 33) * bound) >> 31


def last_sunday(year, month):
    """01:00 UTC of the last Sunday: when European clocks are set."""
    day = calendar.monthrange(year, month)[1]
    while datetime(year, month, day).weekday() != 6:
        day -= 1
    return datetime(year, month, day, 1, tzinfo=timezone.utc)


class LocalYear:
    """The hours of one local year: their UTC time, label, month, hour and weekday."""

    def __init__(self, year, winter):
        begin, end = last_sunday(year, 3), last_sunday(year, 10)
        time = datetime(year, 1, 1, tzinfo=timezone.utc) - timedelta(hours=winter)
        self.count = 8784 if calendar.isleap(year) else 8760
        self.epoch, self.label, self.month, self.hour, self.weekday = [], [], [], [], []
        for _ in range(self.count + 1):
            offset = winter + (1 if begin <= time < end else 0)
            local = time + timedelta(hours=offset)
            self.epoch.append(int(time.timestamp()))
            self.label.append(local.strftime("%Y-%m-%dT%H:%M:%S") + "+%02d:00" % offset)
            self.month.append(local.strftime("%Y-%m"))
            self.hour.append(local.hour)
            self.weekday.append(local.weekday())
            time += timedelta(hours=1)
        self.spans = ["%s,%s," % (self.label[i], self.label[i + 1]) for i in range(self.count)]


class Workload:
    """Meters (number, facility, zone), their readings and the factors of the zones."""

    def __init__(self, meters, year):
        self.year = year
        self.hours = {zone: LocalYear(year, winter) for zone, (winter, _) in ZONES.items()}
        names = list(ZONES)
        self.meters = [
            ("MTR-%06d" % (m + 1), "FAC-%04d" % (m // METERS_PER_FACILITY + 1),
             names[m // METERS_PER_FACILITY % len(names)])
            for m in range(meters)
        ]
        self.factors_begin = int(
            datetime(year, 1, 1, tzinfo=timezone.utc).timestamp()) - LEAD_HOURS * 3600
        self.factors = {zone: self._factors(i, zone) for i, zone in enumerate(ZONES)}

    def _factors(self, index, zone):
        """mg/kWh of each hour: a slow walk about the mean, lower about noon."""
        _, mean = ZONES[zone]
        random, factor, values = Random(9000 + index), mean, []
        for hour in range(self.hours[zone].count + LEAD_HOURS):
            factor += random.below(mean // 10) - mean // 20 + (mean - factor) // 20
            factor = max(factor, 1000)
            daily = mean // 8 * (abs(((hour - 3) % 24) - 13) - 6) // 12
            values.append(max(factor - daily, 1000))
        return values

    def readings(self, meter):
        """Wh of each hour of the year of a meter."""
        hours = self.hours[self.meters[meter][2]]
        random = Random(meter + 1)
        base = 2_000 + random.below(120_000)
        profile = [base * (600 + (700 if 7 <= h <= 18 else 100)) // 1000 for h in range(24)]
        spread, below, values = base // 4 + 1, random.below, []
        for hour, weekday in zip(hours.hour, hours.weekday):
            value = profile[hour] + below(spread)
            values.append(value * 6 // 10 if weekday >= 5 else value)
        return values[: hours.count]

    def factor_offset(self, zone):
        """The index of the factor of the first local hour."""
        return (self.hours[zone].epoch[0] - self.factors_begin) // 3600


def thousandths(value):
    return "%d.%03d" % (value // 1000, value % 1000)
