#!/usr/bin/env python3
"""Runs tonne beside its peers and the limits of the machine, checks every result, prints the goals.

usage: run.py --tonne PROGRAM [--data DIR] [--sizes 100k,1m,10m] [--rounds N] [--results FILE]

See README.md in this folder. What is not installed is left out, and the table says so.
"""
import argparse
import csv
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import goals
import measure
import report

HERE = Path(__file__).resolve().parent
SIZES = {"100k": 12, "1m": 115, "10m": 1_142, "100m": 11_416}
ROWS_A_METER = 8_760
INVOICES = 20_000


def say(text):
    print("bench: " + text, file=sys.stderr, flush=True)


def run(*command):
    subprocess.run([str(word) for word in command], check=True, stdout=subprocess.DEVNULL)


class Bench:
    def __init__(self, tonne, data, rounds, counts=True):
        self.tonne, self.data, self.rounds = tonne, Path(data).resolve(), rounds
        self.out, self.bin = self.data / "out", self.data / "bin"
        self.tool = measure.counts_instructions() if counts else None
        for folder in (self.out, self.bin):
            folder.mkdir(parents=True, exist_ok=True)

    # Data and programs

    def workload(self, size, what="readings", marker="expected.csv"):
        folder = self.data / (size if what != "hours" else size + "-hours")
        if not (folder / marker).exists():
            say("writes workload %s, %s" % (size, what))
            generate = HERE / "workload" / "generate.py"
            run(sys.executable, generate, what, "--meters", SIZES.get(size, 115), "--count", INVOICES,
                "--out", folder)
        if what != "invoices":
            run(sys.executable, HERE / "workload" / "book.py", folder)
        return folder

    def limit(self, name):
        program = self.bin / name
        flags = [] if name == "rows" else subprocess.check_output(
            ["xml2-config", "--cflags", "--libs"], text=True).split()
        run("cc", "-O3", "-march=native", "-o", program, HERE / "limits" / (name + ".c"), *flags)
        return program

    def peers(self):
        """The peers that this machine has: name -> command without its folders."""
        found = {}
        if shutil.which("sqlite3"):
            found["sqlite"] = ["bash", str(HERE / "peers/sqlite.sh")]
        for module in ("polars", "duckdb", "pandas"):
            if importlib.util.find_spec(module):
                found[module] = [sys.executable, str(HERE / ("peers/%s_.py" % module))]
        return found

    # Jobs

    def job(self, command, folder, check):
        """A function that runs a peer once on a workload and checks what it reports."""
        def once():
            figures = measure.once([*command, str(folder), str(self.out)])
            check(folder)
            return figures
        return once

    def compare(self, name, column):
        def check(folder):
            with open(folder / "expected.csv", newline="") as file:
                expected = [(r["facility"], r["month"], r[column]) for r in csv.DictReader(file)]
            with open(self.out / (name + ".csv"), newline="") as file:
                found = [tuple(row) for row in csv.reader(file)][-len(expected):]
            if found != expected:
                first = next((pair for pair in zip(found, expected) if pair[0] != pair[1]), None)
                raise measure.Failed("%s differs from the oracle: %s" % (name, first))
        return check

    def ours(self):
        return ["bash", str(HERE / "peers/tonne.sh")]

    def tonne_job(self, folder):
        return self.job(
            [*self.ours()], folder, self.compare("tonne", "mg_by_meter_and_month"))

    def size(self, name, with_peers):
        """tonne and all peers on one size of the workload."""
        folder = self.workload(name)
        jobs = {"tonne": self.tonne_job(folder)}
        if with_peers:
            for peer, command in self.peers().items():
                jobs[peer] = self.job(command, folder, self.compare(peer, "mg_by_reading"))
            rows = self.limit("rows")
            jobs["limit"] = lambda: measure.once([str(rows), str(folder / "readings.csv")])
        say("runs %s with %s" % (name, ", ".join(jobs)))
        figures = measure.paired(jobs, self.rounds if name in ("100k", "1m") else 1)
        book = self.out / "tonne.tonne"
        figures["tonne"].book = sum(
            path.stat().st_size for path in self.out.glob("tonne.tonne*"))
        figures["tonne"].ledger = ledger_size(book)
        figures["tonne"].rows = SIZES[name] * ROWS_A_METER
        figures["tonne"].queries = self.queries(book)
        return figures

    def queries(self, book):
        """Reading the book of the last run: report, statement, trace, verification."""
        environment = {"TONNE_BOOK": str(book), "TONNE_ACTOR": "bench"}
        # A statement needs the GWP tables, the job does not.
        measure.once([self.tonne, "factors", "load"], environment)
        last = subprocess.run(
            [self.tonne, "query", "--format", "csv", "SELECT max(number) FROM entry"],
            env={**os.environ, **environment}, capture_output=True, text=True, check=True)
        entry = last.stdout.split()[-1]
        commands = {
            "start": ["--version"],
            "balance": ["balance", "--format", "csv"],
            "statement": ["statement", "2025", "--format", "json"],
            "trace": ["trace", entry],
            "verify": ["verify"],
        }
        return {
            name: measure.median([
                measure.once([self.tonne, *words], environment) for _ in range(3)])
            for name, words in commands.items()}

    def stripped(self):
        """The program without debug information, which valgrind 3.19 cannot read."""
        program = self.bin / "tonne"
        run("strip", "--strip-debug", "-o", program, self.tonne)
        return str(program)

    def instructions(self, name):
        # Under callgrind 10m take seven minutes, 100m more than an hour.
        if not self.tool or (self.tool == "callgrind" and name == "100m"):
            return None
        say("counts the instructions of %s with %s" % (name, self.tool))
        command = [
            *self.ours(), str(self.workload(name)), str(self.out), self.stripped()]
        return measure.instructions(command, self.tool) / (SIZES[name] * ROWS_A_METER)

    def journals(self):
        """The plain-text ledgers, their journal given ready-made, on 100k."""
        folder = self.workload("100k", "journal", "journal.ledger")
        jobs = {}
        for name in ("ledger", "hledger", "beancount"):
            if shutil.which(name if name != "beancount" else "bean-check"):
                command = ["bash", str(HERE / ("peers/%s.sh" % name))]
                jobs[name] = self.job(command, folder, lambda _: None)
        say("runs 100k with " + ", ".join(jobs))
        return measure.paired(jobs, 1)

    def feed(self):
        """Instructions of a Green Button import against the parse alone, on 100k."""
        folder = self.workload("100k", "feed", "green_button.xml")
        limit = self.limit("feed")
        if not self.tool:
            return None
        say("counts the instructions of the feed with " + self.tool)
        parse = measure.instructions([str(limit), str(folder / "green_button.xml")], self.tool)
        environment = self.book_of(folder)
        whole = measure.instructions(
            [self.stripped(), "import", str(folder / "green_button.xml")], self.tool, environment)
        return whole / parse

    def invoices(self):
        """20,000 UBL invoices imported and posted, against libxml2's reader over them."""
        folder = self.workload("invoices", "invoices", "expected_invoices.csv")
        limit = self.limit("invoices")
        jobs = {
            "tonne": self.job(["bash", str(HERE / "peers/tonne_invoices.sh")], folder,
                              self.check_invoices),
            "limit": lambda: measure.once([str(limit), str(folder / "invoices")]),
        }
        say("runs %d invoices" % INVOICES)
        return measure.paired(jobs, 1)

    def check_invoices(self, folder):
        with open(folder / "expected_invoices.csv", newline="") as file:
            expected = sorted(int(row["mg"]) for row in csv.DictReader(file))
        with open(self.out / "tonne_invoices.csv", newline="") as file:
            found = sorted(int(row[-1]) for row in list(csv.reader(file))[1:])
        if found != expected:
            raise measure.Failed("invoices differ from the oracle: %s, %s" % (found, expected))

    def book_of(self, folder):
        """An empty book of the workload; what the environment must say to use it."""
        book = self.out / "feed.tonne"
        for path in self.out.glob("feed.tonne*"):
            path.unlink()
        environment = {"TONNE_BOOK": str(book), "TONNE_ACTOR": "bench"}
        for words in (["init", "--name", "workload"], ["apply", str(folder / "organisation_feed.toml")]):
            subprocess.run([self.tonne, *words], env={**os.environ, **environment}, check=True,
                           stdout=subprocess.DEVNULL)
        return environment


def ledger_size(book):
    """The bytes of a book without the original documents in it."""
    query = ("SELECT sum(pgsize) FROM dbstat WHERE name NOT LIKE 'evidence%' "
             "AND name NOT LIKE 'sqlite_autoindex_evidence%'")
    answer = subprocess.run(["sqlite3", str(book), query], capture_output=True, text=True)
    return int(answer.stdout) if answer.returncode == 0 and answer.stdout.strip() else None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tonne", required=True)
    parser.add_argument("--data", default=str(HERE / "data"))
    parser.add_argument("--sizes", default="100k,1m,10m")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--instructions", choices=["auto", "none"], default="auto")
    parser.add_argument("--results", default=str(HERE / "RESULTS.md"))
    arguments = parser.parse_args()
    tonne = str(Path(arguments.tonne).resolve())
    os.environ["PATH"] = "%s:%s" % (Path(tonne).parent, os.environ["PATH"])
    bench = Bench(tonne, arguments.data, arguments.rounds, arguments.instructions != "none")
    sizes = arguments.sizes.split(",")
    found = {
        "sizes": {}, "instructions": {}, "tool": bench.tool, "rounds": arguments.rounds}
    for name in sizes:
        found["sizes"][name] = bench.size(name, with_peers=name != "100m")
        found["instructions"][name] = bench.instructions(name)
    found["journals"] = bench.journals()
    found["feed"] = bench.feed()
    found["invoices"] = bench.invoices()
    table = goals.table(found)
    text = report.text(found, table)
    Path(arguments.results).write_text(text)
    print(text)


if __name__ == "__main__":
    main()
