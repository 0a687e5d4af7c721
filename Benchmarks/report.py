"""The page of results, in Markdown."""
import platform
import subprocess
from datetime import date
from pathlib import Path


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def commit():
    here = Path(__file__).resolve().parent
    answer = subprocess.run(
        ["git", "-C", str(here), "rev-parse", "--short", "HEAD"], capture_output=True, text=True)
    return answer.stdout.strip() or "unknown"


def rows(header, lines):
    yield "| " + " | ".join(header) + " |"
    yield "|" + "---|" * len(header)
    for line in lines:
        yield "| " + " | ".join(line) + " |"


def goal_rows(goals):
    words = {True: "met", False: "**not met**", None: "not run"}
    return [(goal.name, goal.asks, goal.measured, words[goal.met]) for goal in goals]


def peer_rows(found):
    for size, figures in found["sizes"].items():
        for name, f in figures.items():
            yield size, name, "%.2f" % f.cpu, "%.2f" % f.wall, "%.0f" % f.peak
    for name, f in found["journals"].items():
        yield "100k", name + " (journal ready-made)", "%.2f" % f.cpu, "%.2f" % f.wall, \
            "%.0f" % f.peak
    for name, f in (found["invoices"] or {}).items():
        yield "20,000 invoices", name, "%.2f" % f.cpu, "%.2f" % f.wall, "%.0f" % f.peak


def growth_rows(found):
    for size, figures in found["sizes"].items():
        ours = figures["tonne"]
        counted = found["instructions"].get(size)
        yield (
            size, "%d" % ours.rows, "%.2f" % (ours.cpu * 1e6 / ours.rows),
            "%.0f" % counted if counted else "–", "%.0f" % ours.peak,
            "%.2f" % (ours.ledger / ours.rows) if ours.ledger else "–",
            "%.2f" % (ours.book / ours.rows))


def query_rows(found):
    for size, figures in found["sizes"].items():
        for name, f in figures["tonne"].queries.items():
            yield size, name, "%.0f" % (f.cpu * 1000), "%.0f" % (f.wall * 1000), "%.0f" % f.peak


def text(found, goals):
    lines = [
        "# Results",
        "",
        "Made by `make bench`, never by hand. %s, %s, commit %s." % (
            date.today().isoformat(), processor(), commit()),
        "Peers run in turn with tonne (A B A B), medians; CPU is user and system time of the whole",
        "job with all its processes. Every result was compared with the oracle of the workload.",
        "Sizes: %s; rounds: %d; instructions: %s." % (
            ", ".join(found["sizes"]), found["rounds"], found["tool"] or "not counted here"),
        "",
        "## Goals",
        "",
        *rows(("", "goal", "measured", ""), goal_rows(goals)),
        "",
        "## Side by side",
        "",
        *rows(("readings", "program", "CPU s", "wall s", "peak MiB"), peer_rows(found)),
        "",
        "## Growth",
        "",
        *rows(("size", "readings", "CPU µs a reading", "instructions a reading", "peak MiB",
               "bytes a reading, documents apart", "bytes a reading, all"), growth_rows(found)),
        "",
        "## Reading the book",
        "",
        *rows(("readings", "command", "CPU ms", "wall ms", "peak MiB"), query_rows(found)),
        "",
    ]
    return "\n".join(lines)
