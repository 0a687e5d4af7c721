"""Checks what closings and seals state against the records, from Schemas/records.md alone.

usage: check_seals.py FILE, one canonical record a line. Shares no code with the program.
"""
import base64
import hashlib
import json
import sys
from decimal import Context, Decimal

EXACT = Context(prec=200)
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def sha(data):
    return hashlib.sha256(data).digest()


def root(leaves):
    """RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha(b"\x01" + root(leaves[:split]) + root(leaves[split:]))


def add(a, b):
    """RFC 8032, section 5.1.4: extended coordinates."""
    x = (a[1] - a[0]) * (b[1] - b[0]) % P
    y = (a[1] + a[0]) * (b[1] + b[0]) % P
    t = 2 * a[3] * b[3] * D % P
    z = 2 * a[2] * b[2] % P
    e, f, g, h = y - x, z - t, z + t, y + x
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    result = (0, 1, 1, 0)
    while n:
        if n & 1:
            result = add(result, point)
        point = add(point, point)
        n >>= 1
    return result


def decompressed(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - xx) % P == 0
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = decompressed((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signed(key, signature, message):
    """RFC 8032, section 5.1.7."""
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    k = int.from_bytes(digest, "little") % L
    left, right = times(s, BASE), add(decompressed(signature[:32]), times(k, decompressed(key)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


def plain(number):
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(lines):
    return sha("".join(line + "\n" for line in lines).encode()).hex()


def sums(entries, key):
    totals = {}
    for _, body in entries:
        for posting in body["postings"]:
            name = key(body, posting)
            totals[name] = EXACT.add(totals.get(name, Decimal(0)), Decimal(posting["amount"]))
    return {name: total for name, total in totals.items() if total}


def check(record, records, leaves, keys, origin):
    body = record["body"]
    size = int(body["state"]["size"])
    assert root(leaves[:size]).hex() == body["state"]["root"], "state"
    bare = {name: value for name, value in body.items() if name != "approvals"}
    text = f"tonne-approval/1\n{origin}\n{record['type']}\n{canonical(bare)}\n"
    for approval in body["approvals"]:
        key = keys[approval["key"]]
        assert signed(key, base64.b64decode(approval["signature"]), text.encode()), "signature"
    if record["type"] == "period-reopen":
        return
    start, end = body["period"].split("/")
    entries = [
        (other["actor"], other["body"])
        for other in records[: int(record["number"])]
        if other["type"] == "journal" and start <= other["body"]["effective"] < end
    ]
    assert sorted({actor for actor, _ in entries}) == body["preparers"], "preparers"
    if record["type"] == "period-closing":
        return
    assert str(len(entries)) == body["entries"], "entries"
    fields = ("account", "commodity", "basis")
    sources = sums(entries, lambda _, posting: tuple(posting[name] for name in fields))
    assert [
        dict(zip(fields, name), amount=plain(total))
        for name, total in sorted(sources.items())
        if name[0].startswith("source:")
    ] == body["totals"], "totals"
    balances = sums(
        entries,
        lambda entry, posting: (entry["facility"], *(posting[name] for name in fields)),
    )
    lines = ["\t".join((*name, plain(total))) for name, total in balances.items()]
    assert digest(sorted(lines, key=str.encode)) == body["balances"], "balances"
    cited = {
        int(entry["calculation"]["factor"]): entry["calculation"]["factor_hash"]
        for _, entry in entries
        if "factor" in entry.get("calculation", {})
    }
    assert digest(f"{number} {cited[number]}" for number in sorted(cited)) == body["factors"]


def main(path):
    lines = open(path, "rb").read().splitlines()
    records = [json.loads(line) for line in lines]
    leaves = [sha(b"\x00" + line) for line in lines]
    origin = records[0]["body"]["origin"]
    keys, checked = {}, 0
    for record in records:
        if record["type"] == "key-add":
            name, number, data = record["body"]["key"].split("+", 2)
            keys[f"{name}+{number}"] = base64.b64decode(data)[1:]
        if record["type"] in ("period-closing", "period-seal", "period-reopen"):
            check(record, records, leaves, keys, origin)
            checked += 1
    print(f"ok: {checked}")


main(sys.argv[1])
