"""Measures whole processes: wall time, processor time, peak memory, instructions."""
import os
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Figures:
    wall: float  # s
    cpu: float  # s, user and system, with all children
    peak: float  # MiB, of the largest process


class Failed(Exception):
    """A measured command failed, or its result is wrong."""


def once(command, environment=None):
    begin = time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=errors,
            env={**os.environ, **(environment or {})})
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begin
        if status != 0:
            errors.seek(0)
            text = errors.read().decode(errors="replace")[-800:]
            raise Failed("%s: status %d\n%s" % (" ".join(command), status, text))
    return Figures(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median(runs):
    return Figures(
        statistics.median(run.wall for run in runs), statistics.median(run.cpu for run in runs),
        max(run.peak for run in runs))


def paired(jobs, rounds):
    """Runs jobs in turn, A B A B, so that what disturbs the machine disturbs all of them.

    jobs: name -> function that runs the job once and gives its figures.
    """
    runs = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, run in jobs.items():
            runs[name].append(run())
    return {name: median(figures) for name, figures in runs.items()}


def counts_instructions():
    """`perf` where the machine lends its counters, else `callgrind`, else `None`."""
    if shutil.which("perf"):
        trial = subprocess.run(
            ["perf", "stat", "-x,", "-e", "instructions:u", "true"], capture_output=True, text=True)
        if re.match(r"\d+,", trial.stderr.strip()):
            return "perf"
    return "callgrind" if shutil.which("valgrind") else None


def instructions(command, tool, environment=None):
    """User instructions of one process, and of its children."""
    environment = {**os.environ, **(environment or {})}
    if tool == "perf":
        run = subprocess.run(
            ["perf", "stat", "-x,", "-e", "instructions:u", *command], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
        return int(re.search(r"^(\d+),,instructions:u", run.stderr, re.M).group(1))
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            ["valgrind", "--tool=callgrind", "--trace-children=yes",
             "--callgrind-out-file=%s/out.%%p" % folder, *command],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if run.returncode != 0:
            raise Failed(run.stderr[-800:])
        return sum(int(n) for n in re.findall(r"Collected : (\d+)", run.stderr))
