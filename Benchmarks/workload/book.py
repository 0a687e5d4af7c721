#!/usr/bin/env python3
"""Writes what tonne needs to know of a workload: the organisation, the declaration of its hourly
factors, and a residual mix a zone for the market-based figures. usage: book.py DATADIR

One facility per five meters, each in one zone; location-based, readings are priced hour by hour by
the series of the zone. No peer computes a market-based figure; tonne posts it beside.
"""
import csv
import sys

ZONES = {
    "FI": ("FI", "Europe/Helsinki"),
    "SE3": ("SE", "Europe/Stockholm"),
    "DE": ("DE", "Europe/Berlin"),
    "FR": ("FR", "Europe/Paris"),
    "GB": ("GB", "Europe/London"),
}

HEAD = """name = "Workload W"
consolidation_approach = "operational-control"
gwp_value_set = "AR5"
base_year = 2025
"""

FACILITY = """
[[facility]]
id = "{facility}"
name = "{name}"
country = "{country}"
time_zone = "{time_zone}"

[[factor_rule]]
activity = "electricity"
role = "location"
facility = "{facility}"
factor = "grid.{region}"
reason = "intensity by the hour"

[[factor_rule]]
activity = "electricity"
role = "market"
facility = "{facility}"
factor = "residual.{zone}"
reason = "residual mix"
"""

METER = """
[[meter]]
number = "{number}"
facility = "{facility}"
carrier = "electricity"
role = "whole-site"
valid_from = "2020-01-01"
"""

SERIES = """kind = "factor-series"
key = "grid"
version = "2025"
name = "Grid intensity by the hour"
activity = "electricity"
role = "location"
boundary = "direct"
substance = "CO2e@AR5"
mass_unit = "g"
activity_unit = "kWh"

[read]
delimiter = ","
decimal = "."

[time]
column = "start"
format = "iso-8601"
label = "start"
step_seconds = 3600

[zone]
column = "zone"
regions = {{ {regions} }}

[value]
column = "gCO2e/kWh"

[source]
title = "Workload W, invented"
publisher = "Benchmarks/workload"
edition = "2025"
place = "grid_factors.csv"
retrieved_from = "generated"

[licence]
name = "invented figures"
attribution = "none"
redistribution = "yes"
"""


FACTORS = (
    "key,version,status,supersedes,name,activity,role,region,valid_from,valid_until,data_period,"
    "activity_unit,heating_value_basis,substance,amount,amount_unit,modules,uncertainty_percent,"
    "biogenic_separated,quality_flags,source_title,publisher,edition,place,retrieved_from,licence,"
    "attribution,redistribution,notes\n")

FACTOR = (
    "residual.{zone},1,active,,Residual mix,electricity,market,{country},2025-01-01,2026-01-01,2025,"
    "kWh,,CO2e@AR5,400,g,,,no,illustrative,Workload W,tonne (invented),2025,zones,"
    "Benchmarks/workload,Apache-2.0,,yes,Invented.\n")


def organisation(rows):
    yield HEAD
    seen = set()
    for number, facility, zone in rows:
        identifier = facility.lower()
        if facility not in seen:
            seen.add(facility)
            country, time_zone = ZONES[zone]
            yield FACILITY.format(facility=identifier, name=facility, country=country,
                                  time_zone=time_zone, zone=zone.lower(), region=country.lower())
        yield METER.format(number=number, facility=identifier)


def main():
    directory = sys.argv[1]
    with open(directory + "/meters.csv", newline="") as file:
        rows = list(csv.reader(file))[1:]
    with open(directory + "/organisation.toml", "w") as file:
        file.writelines(organisation(rows))
    with open(directory + "/organisation_feed.toml", "w") as file:
        # In the feed a meter is known by its UsagePoint: 1, 2, 3 …
        file.writelines(organisation(
            [(str(i + 1), facility, zone) for i, (_, facility, zone) in enumerate(rows)]))
    regions = ", ".join('"%s" = "%s"' % (zone, country) for zone, (country, _) in ZONES.items())
    with open(directory + "/grid_factors.toml", "w") as file:
        file.write(SERIES.format(regions=regions))
    with open(directory + "/factors.csv", "w") as file:
        file.write(FACTORS)
        for zone, (country, _) in ZONES.items():
            file.write(FACTOR.format(zone=zone.lower(), country=country))


if __name__ == "__main__":
    main()
