"""Replays the controls of a book as a pack's verifier does, without a pack around it.

usage: check_controls.py SCHEMAS FILE [NOTE]..., one canonical record a line, and checkpoints. Prints OK or the first thing wrong.
"""
import hashlib
import sys

sys.path.insert(0, sys.argv[1])
import verify  # noqa: E402


def main(path, *notes):
    raw = dict(enumerate(open(path, "rb").read().splitlines()))
    held = [(note, open(note, "rb").read()) for note in notes]
    leaves = [hashlib.sha256(b"\0" + raw[number]).digest() for number in range(len(raw))]
    try:
        records, times, actors = verify.read_records(raw)
        report = verify.check_controls(records, times, actors, leaves, records[0][1]["origin"], held, [])
    except verify.Fault as fault:
        print("WRONG: %s" % fault)
        return 1
    print("\n".join(report + ["OK"]))
    return 0


sys.exit(main(*sys.argv[2:]))
