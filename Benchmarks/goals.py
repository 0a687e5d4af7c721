"""The goals G1 to G11: what was measured, what is asked, met or not."""
from dataclasses import dataclass


@dataclass
class Goal:
    name: str
    asks: str
    measured: str
    met: object  # True, False, or None where a peer or a size is missing


def ratio(goal, text, ours, theirs, most):
    """A goal of the form: ours at most `most` times theirs."""
    if ours is None or theirs is None:
        return Goal(goal, text, "not run here", None)
    value = ours / theirs
    return Goal(goal, text, "%.3f (%.2f s of %.2f s)" % (value, ours, theirs), value <= most)


def at_most(goal, text, value, most, unit):
    if value is None:
        return Goal(goal, text, "not run here", None)
    return Goal(goal, text, "%s %s" % (("%.2f" if value < 100 else "%.0f") % value, unit),
                value <= most)


class Found:
    """Answers of the measurements; `None` for what was not run."""

    def __init__(self, found):
        self.found = found

    def cpu(self, size, name):
        figures = self.found["sizes"].get(size, {}).get(name)
        return figures.cpu if figures else None

    def journal(self, name):
        figures = self.found["journals"].get(name)
        return figures.cpu if figures else None

    def ours(self, size):
        return self.found["sizes"].get(size, {}).get("tonne")

    def query(self, name):
        largest = self.ours("10m") or self.ours("1m")
        return largest.queries[name].cpu * 1000 if largest else None


def table(raw):
    found = Found(raw)
    ours = found.ours
    largest = ours("10m") or ours("1m") or ours("100k")
    invoices = raw["invoices"]
    small = found.cpu("100k", "tonne")
    peak = None
    if ours("10m") and ours("1m"):
        peak = max(ours("10m").peak / 64, ours("10m").peak / ours("1m").peak / 1.1)
    return [
        ratio("G1", "1M readings: at most 1/12 of the sqlite3 shell's CPU",
              found.cpu("1m", "tonne"), found.cpu("1m", "sqlite"), 1 / 12),
        ratio("G2", "1M: at most 0.4 of polars' CPU",
              found.cpu("1m", "tonne"), found.cpu("1m", "polars"), 0.4),
        ratio("G2", "10M: at most 0.3 of polars' CPU",
              found.cpu("10m", "tonne"), found.cpu("10m", "polars"), 0.3),
        ratio("G3", "1M: at most 5 times the C program that only reads the rows",
              found.cpu("1m", "tonne"), found.cpu("1m", "limit"), 5),
        at_most("G4", "1M: at most 4,000 instructions a row",
                raw["instructions"].get("1m"), 4_000, "instructions a row"),
        at_most("G4", "10M: at most 3,000 instructions a row",
                raw["instructions"].get("10m"), 3_000, "instructions a row"),
        at_most("G5", "facility and month over the largest book: process at most 150 ms",
                found.query("balance"), 150, "ms"),
        at_most("G5", "statement of the year over the largest book: process at most 150 ms",
                found.query("statement"), 150, "ms"),
        at_most("G6", "verify every amount and the tree of the largest book: at most 1 s",
                found.query("verify"), 1_000, "ms"),
        at_most("G7", "the book without documents: at most 6 bytes a reading",
                largest.ledger / largest.rows if largest and largest.ledger else None, 6,
                "bytes a reading"),
        at_most("G8", "peak memory at 10M: at most 64 MiB and 1.1 of that at 1M (share of both)",
                peak, 1, "of what is allowed"),
        at_most("G9", "Green Button: at most 1.5 times the instructions of the SAX2 parse",
                raw["feed"], 1.5, "times the parse"),
        ratio("G10", "20,000 invoices posted: at most twice libxml2's reader",
              invoices["tonne"].cpu if invoices else None,
              invoices["limit"].cpu if invoices else None, 2),
        ratio("G11", "100k: at most 1/20 of ledger's CPU", small, found.journal("ledger"), 1 / 20),
        ratio("G11", "100k: at most 1/100 of hledger's CPU",
              small, found.journal("hledger"), 1 / 100),
        ratio("G11", "100k: at most 1/100 of beancount's CPU",
              small, found.journal("beancount"), 1 / 100),
    ]
