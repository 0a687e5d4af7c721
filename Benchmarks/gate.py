#!/usr/bin/env python3
"""Counts the instructions of the main job on 100k readings; fails above the budget.

usage: gate.py --tonne PROGRAM. The budget is `budget.txt`: user instructions a reading. A count,
unlike a time, is the same on a busy machine. Raise the budget only with a reason in the commit.
"""
import argparse
import os
import sys
import tempfile
from pathlib import Path

from run import HERE, ROWS_A_METER, SIZES, Bench

SIZE = "100k"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tonne", required=True)
    arguments = parser.parse_args()
    budget = int((HERE / "budget.txt").read_text().split()[0])
    tonne = Path(arguments.tonne).resolve()
    os.environ["PATH"] = "%s:%s" % (tonne.parent, os.environ["PATH"])
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(str(tonne), folder, rounds=1)
        if not bench.tool:
            sys.exit("gate: neither perf's counters nor valgrind are here: apt install valgrind")
        data = bench.workload(SIZE)
        bench.tonne_job(data)()  # the result equals the oracle, or this fails
        counted = bench.instructions(SIZE)
    rows = SIZES[SIZE] * ROWS_A_METER
    print("gate: %.0f instructions a reading of %d, budget %d (%s)"
          % (counted, rows, budget, bench.tool))
    if counted > budget:
        sys.exit("gate: above the budget")


if __name__ == "__main__":
    main()
