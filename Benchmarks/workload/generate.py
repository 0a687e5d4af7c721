#!/usr/bin/env python3
"""Writes workload W. See ../README.md.

usage: generate.py readings|hours|feed|journal|invoices --out DIR [--meters N] [--count N]
"""
import argparse
import os
from datetime import datetime, timedelta, timezone

from invoices import write_invoices
from feed import write_feed
from workload import Workload, ZONES, thousandths


def create(path):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    return open(path, "w", newline="\n", buffering=1 << 20)


def write_reference(work, out):
    with create(out + "/meters.csv") as file:
        file.write("meter_id,facility,zone\n")
        file.writelines(",".join(meter) + "\n" for meter in work.meters)
    with create(out + "/grid_factors.csv") as file:
        file.write("zone,start,gCO2e/kWh\n")
        for zone in ZONES:
            for i, value in enumerate(work.factors[zone]):
                time = datetime.fromtimestamp(work.factors_begin + 3600 * i, timezone.utc)
                file.write("%s,%s,%s\n" % (
                    zone, time.strftime("%Y-%m-%dT%H:%M:%SZ"), thousandths(value)))


def half_even(numerator, denominator):
    whole, rest = divmod(numerator, denominator)
    if 2 * rest > denominator or (2 * rest == denominator and whole % 2):
        whole += 1
    return whole


def write_expected(work, out):
    """The oracle. A peer rounds each reading; tonne the exact sum of a meter and month."""
    sums = {}
    for meter, (_, facility, zone) in enumerate(work.meters):
        hours, factors = work.hours[zone], work.factors[zone]
        offset, months = work.factor_offset(zone), {}
        for i, wh in enumerate(work.readings(meter)):
            micrograms = wh * factors[offset + i]
            month = months.setdefault(hours.month[i], [0, 0, 0, 0])
            month[0] += 1
            month[1] += wh
            month[2] += micrograms
            month[3] += (micrograms + 500) // 1000
        for month, (count, wh, micrograms, milligrams) in months.items():
            total = sums.setdefault((facility, month), [0, 0, 0, 0])
            total[0] += count
            total[1] += wh
            total[2] += milligrams
            total[3] += half_even(micrograms, 1000)
    with create(out + "/expected.csv") as file:
        file.write("facility,month,readings,wh,mg_by_reading,mg_by_meter_and_month\n")
        for key in sorted(sums):
            file.write(",".join(key) + "," + ",".join(map(str, sums[key])) + "\n")


# A year of more meters than this is written as several files, as no exporter writes one of 7 GB.
FILE_METERS = 1_142


def write_meters(work, path, meters):
    with create(path) as file:
        file.write("meter_id,start,end,kWh\n")
        for meter in meters:
            number, _, zone = work.meters[meter]
            file.write("".join([
                "%s,%s%s\n" % (number, span, thousandths(value))
                for span, value in zip(work.hours[zone].spans, work.readings(meter))]))


def write_readings(work, out, order):
    count = len(work.meters)
    if order == "meter" and count <= FILE_METERS:
        return write_meters(work, out + "/readings.csv", range(count))
    if order == "meter":
        for part, start in enumerate(range(0, count, FILE_METERS), 1):
            write_meters(work, "%s/readings/%02d.csv" % (out, part),
                         range(start, min(start + FILE_METERS, count)))
        return
    with create(out + "/readings.csv") as file:
        file.write("meter_id,start,end,kWh\n")
        values = [work.readings(meter) for meter in range(len(work.meters))]
        for i in range(len(values[0])):
            file.write("".join([
                "%s,%s%s\n" % (number, work.hours[zone].spans[i], thousandths(values[meter][i]))
                for meter, (number, _, zone) in enumerate(work.meters)]))


def write_journal(work, out):
    """The readings multiplied already, one transaction each: what plain-text ledgers read."""
    with create(out + "/journal.ledger") as ledger, create(out + "/journal.beancount") as beans:
        for facility in sorted({facility for _, facility, _ in work.meters}):
            beans.write("%d-01-01 open Expenses:Scope2:%s MGCO\n" % (work.year, facility))
        for number, _, _ in work.meters:
            beans.write("%d-01-01 open Equity:Meter:%s MGCO\n" % (work.year, number))
        for meter, (number, facility, zone) in enumerate(work.meters):
            hours, factors = work.hours[zone], work.factors[zone]
            offset = work.factor_offset(zone)
            for i, wh in enumerate(work.readings(meter)):
                mg = (wh * factors[offset + i] + 500) // 1000
                day, time = hours.label[i][:10], hours.label[i][11:]
                postings = (facility, mg, number, mg)
                ledger.write("%s %s\n" % (day, time) + (
                    "    Expenses:Scope2:%s  %d MGCO\n    Equity:Meter:%s  -%d MGCO\n\n"
                    % postings))
                beans.write('%s * "%s"\n' % (day, time) + (
                    "  Expenses:Scope2:%s  %d MGCO\n  Equity:Meter:%s  -%d MGCO\n\n" % postings))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["readings", "hours", "feed", "journal", "invoices"])
    parser.add_argument("--meters", type=int, default=115)
    parser.add_argument("--count", type=int, default=20_000, help="invoices")
    parser.add_argument("--year", type=int, default=2025)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    if arguments.what == "invoices":
        write_invoices(arguments.count, arguments.year, arguments.out, create)
        return
    work = Workload(arguments.meters, arguments.year)
    write_reference(work, arguments.out)
    if arguments.what == "feed":
        write_feed(work, arguments.out, create)
    elif arguments.what == "journal":
        write_journal(work, arguments.out)
    else:
        write_readings(work, arguments.out, "meter" if arguments.what == "readings" else "hour")
        write_expected(work, arguments.out)


if __name__ == "__main__":
    main()
