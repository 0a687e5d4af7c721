#!/usr/bin/env python3
"""Checks an audit pack of tonne: python3 verify.py pack.zip [--key KEY]... [--checkpoint NOTE]...

It prints the totals and OK, or the first thing wrong; the exit status is then 1. It needs the standard library of
Python 3.8 or later and shares no code with the program that wrote the pack. This file checks that nothing was
altered: signatures, tree, proofs, form of the records; beside it, recalculate.py computes the amounts again and
controls.py asks who was allowed to record what.
FORMAT.md describes what is read here. Take the three files from another place than the pack you check.
"""
import argparse, base64, datetime, functools, hashlib, json, re, sys, zipfile
sys.dont_write_bytecode = True
from controls import Controls
from recalculate import Fault, Records, check, same

ENVELOPE = ["actor", "body", "number", "recorded_at", "type", "version"]
FORBIDDEN = re.compile("[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
BODY = re.compile("([^\n]+)\n(0|[1-9][0-9]{0,11})\n([A-Za-z0-9+/]{43}=)\n((?:[^\n]+\n)*)")
PATIENCE = 3600  # seconds by which the clocks of the book and of a witness may differ

# Ed25519 (RFC 8032, section 5.1)

P, L = 2 ** 255 - 19, 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P

def times(*pairs):
    """The sum of points, each so many times."""
    total = (0, 1, 1, 0)
    for bit in reversed(range(max(factor.bit_length() for factor, _ in pairs))):
        total = add(total, total)
        for factor, p in pairs:
            total = add(total, p) if factor >> bit & 1 else total
    return total

def point(data):
    """The point of 32 bytes; None where they name none, or not in the one canonical way."""
    sign, y = divmod(int.from_bytes(data, "little"), 2 ** 255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or x * x % P != square or x == 0 and sign:
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P

BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

@functools.lru_cache(None)
def signed(key, message, signature):
    a, s = point(key), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or s >= L or times((8, a))[0] == 0:  # a point of small order fits anything
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    x, y, z, _ = times((s, BASE), (k, (P - a[0], a[1], 1, P - a[3])))
    x, y = x * pow(z, P - 2, P) % P, y * pow(z, P - 2, P) % P
    return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]

# Notes, keys and proofs (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof)

def unbase64(where, text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise Fault("%s: expected base64, found %r" % (where, text))
    same(where, "base64 in its one spelling", base64.b64encode(data).decode(), text)
    return data

def text_of(where, data):
    try:
        text = data.decode("utf-8")
    except ValueError:
        raise Fault("%s: expected UTF-8" % where)
    same(where, "control characters", None, re.search("[\0-\x09\x0b-\x1f]", text))
    return text

@functools.lru_cache(None)
def parse_key(where, line):
    """name+id+base64: gives name, id, kind (1 a log, 4 a witness) and the 32 bytes."""
    found = re.fullmatch(r"([^\s+]+)\+([0-9a-f]{8})\+(\S+)", line)
    same(where, "a key as name+id+base64", True, found is not None)
    name, data = found.group(1), unbase64(where, found.group(3))
    same(where, "an Ed25519 key of a log or a witness", True, data[:1] in (b"\1", b"\4") and len(data) == 33)
    same(where, "a usable key", True, point(data[1:]) is not None and times((8, point(data[1:])))[0] != 0)
    same(where, "id", hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8], found.group(2))
    return name, bytes.fromhex(found.group(2)), data[0], data[1:]

def parse_note(where, data):
    """Gives its text and the signatures below: name, id and the bytes after it."""
    text, dash = text_of(where, data), "\u2014 "
    body, gap, rest = text.rpartition("\n\n")
    same(where, "an empty line, then signatures", (True, "\n"), (bool(gap), rest[-1:]))
    signatures = []
    for line in rest[:-1].split("\n"):
        found = re.fullmatch(dash + r"([^\s+]+) (\S+)", line)
        same(where, "lines '\u2014 name base64'", True, found is not None)
        signature = unbase64(where, found.group(2))
        same(where, "an id and a signature", True, len(signature) > 4)
        signatures.append((found.group(1), signature[:4], signature[4:]))
    return body + "\n", signatures

def parse_body(where, text):
    found = BODY.fullmatch(text)
    same(where, "origin, size and root, a line each", True, found is not None)
    return found.group(1), int(found.group(2)), unbase64(where, found.group(3))

def signers(where, note, keys):
    """Who of the keys signed, as {name: time or None}; the names of others. A wrong signature is a fault."""
    (text, signatures), known, unknown = note, {}, []
    for name, ident, data in signatures:
        mine = [key for key in keys if key[:2] == (name, ident)]
        for _, _, kind, key in mine:
            time = int.from_bytes(data[:8], "big") if kind == 4 else None
            message = text if kind == 1 else "cosignature/v1\ntime %d\n%s" % (time, text)
            same(where, "the signature of " + name, True, signed(key, message.encode(), data[8:] if kind == 4 else data))
            known[name, ident] = time
        unknown += [] if mine else [name]
    return known, unknown

def path_root(where, index, size, leaf, path):
    """The root to which a path leads from a leaf: RFC 9162, section 2.1.3.2."""
    same(where, "a leaf of the tree", True, 0 <= index < size)
    node, last = leaf, size - 1
    for sibling in path:
        same(where, "hashes, as many as the tree is high", True, last > 0)
        if index & 1 or index == last:
            node = hashlib.sha256(b"\1" + sibling + node).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            node = hashlib.sha256(b"\1" + node + sibling).digest()
        index, last = index >> 1, last >> 1
    same(where, "hashes, as many as the tree is high", 0, last)
    return node

def check_proof(where, data, record, number, note):
    """A .tlog-proof of a record, which ends in the note."""
    head, gap, rest = text_of(where, data).partition("\n\n")
    lines = head.split("\n")
    same(where, "the checkpoint of the pack", note, rest.encode())
    same(where, "heading and number", ["c2sp.org/tlog-proof@v1", "index %d" % number], lines[:2])
    path = [unbase64(where, line) for line in lines[2:]]
    same(where, "hashes of 32 bytes", [32] * len(path), [len(node) for node in path])
    _, size, root = parse_body(where, parse_note(where, note)[0])
    same(where, "the root of the checkpoint", root.hex(),
         path_root(where, number, size, hashlib.sha256(b"\0" + record).digest(), path).hex())

# The tree (FORMAT.md, section 2)

def tile_name(level, index, width):
    parts = ["%03d" % (index % 1000)]
    while index >= 1000:
        index //= 1000
        parts.insert(0, "x%03d" % (index % 1000))
    return "tile/%s/%s%s" % (level, "/".join(parts), "" if width == 256 else ".p/%d" % width)

def record_bytes(take, size):
    for first in range(0, size, 256):
        width = min(256, size - first)
        data, place = take(tile_name("entries", first // 256, width)), 0
        for number in range(first, first + width):
            where = "record %d" % number
            same(where, "bytes of its length", 2, len(data[place:place + 2]))
            length = int.from_bytes(data[place:place + 2], "big")
            place += 2 + length
            same(where, "bytes in the bundle", True, place <= len(data))
            yield data[place - length:place]
        same("the bundle of record %d" % first, "bytes after its last record", 0, len(data) - place)

def tree_root(nodes):
    while len(nodes) > 1:
        pairs = [nodes[i:i + 2] for i in range(0, len(nodes), 2)]
        nodes = [hashlib.sha256(b"\1" + b"".join(p)).digest() if len(p) == 2 else p[0] for p in pairs]
    return nodes[0] if nodes else hashlib.sha256(b"").digest()

def check_tiles(take, nodes):
    level = 0
    while nodes:
        tiles = [nodes[i:i + 256] for i in range(0, len(nodes), 256)]
        for index, tile in enumerate(tiles):
            name = tile_name(level, index, len(tile))
            same(name, "the hashes of the records", True, take(name) == b"".join(tile))
        level, nodes = level + 1, [tree_root(tile) for tile in tiles if len(tile) == 256]

# Records (FORMAT.md, section 3)

def parse(where, data):
    def members(pairs):
        names = [name for name, _ in pairs]
        same(where, "names of members, sorted, each once", sorted(set(names)), names)
        same(where, "names of lower case", True, all(re.fullmatch("[a-z0-9_]+", n) for n in names))
        return dict(pairs)

    def refuse(token):
        raise Fault("%s: expected strings, found the number %s" % (where, token))

    def walk(value, depth):
        same(where, "levels, at most 32", True, depth <= 32)
        if isinstance(value, str):
            same(where, "control characters or marks of direction", None, FORBIDDEN.search(value))
        elif not isinstance(value, (bool, dict, list)):
            raise Fault("%s: expected no null" % where)
        for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
            walk(child, depth + 1)
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=members, parse_int=refuse,
                           parse_float=refuse, parse_constant=refuse)
        walk(value, 0)
        again = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
    except (ValueError, RecursionError) as error:
        raise Fault("%s: expected JSON in UTF-8, found %s" % (where, error))
    same(where, "canonical bytes, SHA-256", hashlib.sha256(again).hexdigest(), hashlib.sha256(data).hexdigest())
    return value

def read_records(raw):
    """raw: the bytes by number. Gives type and body of each, its time, and who recorded it."""
    records, times_of, actors, last = Records(), {}, {}, ""
    for number, data in sorted(raw.items()):
        where, value = "record %d" % number, parse("record %d" % number, data)
        same(where, "members", ENVELOPE, list(value) if isinstance(value, dict) else value)
        same(where, "version", "tonne-entry/1", value["version"])
        same(where, "number", str(number), value["number"])
        same(where, "type, time and actor as text", [str] * 3,
             [type(value[name]) for name in ("type", "recorded_at", "actor")])
        time = value["recorded_at"]
        try:
            times_of[number] = datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            times_of[number] = None
        same(where, "a time in UTC", True, times_of[number] is not None and len(time) == 20)
        same(where, "time not before the record in front of it", True, time >= last)
        last = time
        records[number], actors[number] = (value["type"], value["body"]), value["actor"]
    return records, times_of, actors

# The pack

def check_notes(notes, stamps, keys, own, origin, size, leaves, times_of):
    """notes: name and bytes. own: the keys that the pack brings itself. Gives lines of a report."""
    report, by, newest = [], set(), 0
    logs = [key for key in keys + own if key[2] == 1 and key[0] == origin]
    for where, data in notes:
        note = parse_note(where, data)
        theirs, count, root = parse_body(where, note[0])
        same(where, "origin", origin, theirs)
        same(where, "no more records than the pack has", True, count <= size)
        if leaves is not None:
            same(where, "root of the first %d records" % count, tree_root(leaves[:count]).hex(), root.hex())
        known, unknown = signers(where, note, keys + own)
        same(where, "a signature by a key of the log", True, not logs or any(key[:2] in known for key in logs))
        for (name, ident), time in known.items():
            latest = times_of.get(count - 1)
            if time is not None and latest is not None:
                same(where, "a cosignature after the records", True,
                     latest.replace(tzinfo=datetime.timezone.utc).timestamp() <= time + PATIENCE)
        by, newest = by | set(known), max(newest, count)
        names = ["%s%s%s" % (name, "" if time is None else " at %s" % moment(time),
                 "" if any(key[:2] == (name, ident) for key in keys) else ", a key of the pack alone")
                 for (name, ident), time in known.items()]
        report.append("%s: the first %d records, signed by %s%s" % (where, count, "; ".join(names) or "nobody known",
            "; not checked: " + ", ".join(unknown) if unknown else ""))
        for name, token in stamps.items():
            if hashlib.sha256(note[0].encode()).digest() in token:
                report.append("%s: names it; check it with 'openssl ts -verify -digest %s'" % (
                    name, hashlib.sha256(note[0].encode()).hexdigest()))
    for key in keys:
        same("the key of " + key[0], "a checkpoint signed by it", True, key[:2] in by)
    if notes and newest < size:
        report.append("NOT SIGNED: the records from %d on" % newest)
    return report

def check_controls(records, times_of, actors, leaves, origin, notes, keys):
    """notes: name and bytes of all checkpoints. Gives lines of a report."""
    controls = Controls(origin, signed, parse_key, lambda size: tree_root(leaves[:size]).hex())
    try:
        for number in sorted(records):
            controls.admit(number, records[number][0], actors[number], records[number][1], times_of[number])
        for where, data in notes:
            note = parse_note(where, data)
            mine = [(key.name, key.ident, key.kind, key.public) for key in controls.keys]
            controls.check_checkpoint(where, parse_body(where, note[0])[1], signers(where, note, mine)[0])
    except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise Fault("record %d: expected the members of its type, found %r" % (number, error))
    controls.check_pins(keys)
    return controls.report()

def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") \
        if seconds < 253402300800 else "%d s" % seconds

def verify(names, read, keys=(), checkpoints=()):
    """names: the members of the pack; read: gives the bytes of one; keys: verifier keys that the reader holds;
    checkpoints: name and bytes of notes that he holds. Returns lines of a report."""
    left = set(names)
    same("the pack", "members, in order, each once", sorted(left), list(names))

    def take(name):
        same("the pack", "the member " + name, True, name in left)
        left.discard(name)
        return read(name)
    keys = [parse_key("--key", key) for key in keys]
    own = [parse_key("keys.vkey", line) for line in text_of("keys.vkey", take("keys.vkey")).splitlines()] \
        if "keys.vkey" in left else []
    notes = [(name, take(name)) for name in sorted(left) if re.fullmatch(r"notes/[0-9]+\.note", name)]
    stamps = {name: take(name) for name in sorted(left) if re.fullmatch(r"notes/[0-9]+(-[0-9]+)?\.tsr", name)}
    if "head" in left:
        head = text_of("head", take("head"))
        origin, size, stated = parse_body("head", head)
        same("head", "three lines", 3, head.count("\n"))
        raw = dict(enumerate(record_bytes(take, size)))
        leaves = [hashlib.sha256(b"\0" + raw[number]).digest() for number in range(size)]
        root = tree_root(leaves)
        same("the records", "root", stated.hex(), root.hex())
        check_tiles(take, leaves)
    else:
        note = take("checkpoint")
        left.add("checkpoint")
        origin, size, root = parse_body("checkpoint", parse_note("checkpoint", note)[0])
        numbers = sorted(int(name[8:]) for name in left if re.fullmatch("records/(0|[1-9][0-9]*)", name))
        raw, leaves = {number: take("records/%d" % number) for number in numbers}, None
        for number, data in raw.items():
            name = "records/%d.tlog-proof" % number
            check_proof(name, take(name), data, number, note)
    if notes or "checkpoint" in left:
        same("checkpoint", "the newest of notes/", max(notes, key=lambda n: int(n[0][6:-5]), default=("", b""))[1],
             take("checkpoint"))
    records, times_of, actors = read_records(raw)
    same("record 0", "the origin of the tree", ("genesis", origin),
         (records[0][0], records[0][1].get("origin")) if raw else None)
    if leaves is not None:
        notes += list(checkpoints)
    elif checkpoints:
        raise Fault("a sample does not hold the tree: compare its checkpoint with yours by a whole pack")
    report = check_notes(notes, stamps, keys, own, origin, size, leaves, times_of)
    report += check_controls(records, times_of, actors, leaves, origin, notes, keys) if leaves is not None else [
        "a sample: who was allowed to record what does not follow from it"]
    tokens = {hashlib.sha256(data).hexdigest() for data in stamps.values()}
    same("notes/", "time stamps that are recorded", set(), tokens - {
        body.get("digest") for kind, body in records.values() if kind == "document"})
    computed = check(records, take, names, tokens, None if leaves is None else size, root)
    same("the pack", "other members", [], sorted(left - {"FORMAT.md", "controls.py", "recalculate.py", "verify.py"}))
    return computed + report + ([] if notes else ["NOT SIGNED: the pack has no checkpoint"]) + [
        "%d records in the tree" % size,
        "root %s: compare it with the one you hold" % base64.b64encode(root).decode(),
        "     %s, as statements print it" % root.hex(), "OK"]

def main():
    parser = argparse.ArgumentParser(description="Checks an audit pack of tonne.")
    parser.add_argument("pack")
    parser.add_argument("--key", action="append", default=[], help="a public key you hold, name+id+base64")
    parser.add_argument("--checkpoint", action="append", default=[], help="the file of a checkpoint you hold")
    options = parser.parse_args()
    try:
        held = [(name, open(name, "rb").read()) for name in options.checkpoint]
        with zipfile.ZipFile(options.pack) as pack:
            print("\n".join(verify(pack.namelist(), pack.read, options.key, held)))
    except (Fault, OSError, zipfile.BadZipFile) as error:
        print("WRONG: %s" % error)
        return 1
    return 0

if __name__ == "__main__":
    sys.exit(main())
