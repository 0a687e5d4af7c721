"""Attacks a small pack in every way it can think of, and tells which ones verify.py does not find.

usage: python3 attack_pack.py VERIFY.PY PACK.ZIP

Where the attacker holds the book he hashes everything again: `rehash` gives head, tiles and statement the
new root, so that only what the records say can give him away.
"""
import base64, hashlib, importlib.util, json, re, sys, zipfile

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
with zipfile.ZipFile(sys.argv[2]) as archive:
    PACK = {name: archive.read(name) for name in archive.namelist()}
COUNT = int(PACK["head"].split(b"\n")[1])
RECORDS = list(verify.record_bytes(PACK.__getitem__, COUNT))
missed = []


def fault(pack):
    try:
        verify.verify(sorted(pack), pack.__getitem__)
    except verify.Fault as found:
        return str(found)
    return None


def attack(name, pack, words):
    found = fault(pack)
    if found is None or not re.search(words, found):
        missed.append(name)
    print("%s: %s" % (name, found))


def flips(name, step=1):
    """Flips each bit of each byte of a member, or of every so manieth; gives how many."""
    data = PACK[name]
    for place in range(0, len(data), step):
        for bit in range(8):
            pack = dict(PACK)
            pack[name] = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1:]
            if fault(pack) is None:
                missed.append("%s byte %d bit %d" % (name, place, bit))
    return 8 * len(range(0, len(data), step))


def encode(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def rehash(records):
    pack = {name: data for name, data in PACK.items() if not name.startswith("tile/")}
    leaves = [hashlib.sha256(b"\0" + data).digest() for data in records]
    pack[verify.tile_name("entries", 0, len(records))] = b"".join(
        len(data).to_bytes(2, "big") + data for data in records)
    pack[verify.tile_name(0, 0, len(records))] = b"".join(leaves)
    root = verify.tree_root(leaves)
    pack["head"] = b"\n".join([PACK["head"].split(b"\n")[0], b"%d" % len(records), base64.b64encode(root), b""])
    statement = json.loads(PACK["statement.json"])
    statement["book"].update({"records": str(len(records)), "root": root.hex()})
    pack["statement.json"] = json.dumps(statement).encode()
    return pack


def changed(number, change):
    value = json.loads(RECORDS[number])
    change(value)
    return rehash(RECORDS[:number] + [encode(value)] + RECORDS[number + 1:])


def first(kind, rule=None, member=None):
    for number, data in enumerate(RECORDS):
        value = json.loads(data)
        if value["type"] == kind and (member is None or member in value["body"]) and (
                rule is None or value["body"].get("calculation", {}).get("rule") == rule):
            return number
    raise SystemExit("the pack has no %s" % kind)


def post(amounts):
    def change(value):
        for posting, amount in zip(value["body"]["postings"], amounts):
            posting["amount"] = amount
    return change


assert COUNT < 256 and fault(PACK) is None, fault(PACK)
assert fault(rehash(RECORDS)) is None
count = sum(flips(name) for name in PACK if name.startswith("tile/") or name == "head")
# SHA-256 stands for the other bytes, and a whole verification for each bit takes long.
count += sum(flips(name, 97) for name in PACK if name.startswith(("chunks/", "evidence/")))
print("%d flips of one bit" % count)

bundle = verify.tile_name("entries", 0, COUNT)
attack("a byte after the last record", {**PACK, bundle: PACK[bundle] + b"\0"}, "after its last")
attack("the last byte cut off", {**PACK, bundle: PACK[bundle][:-1]}, "bytes in the bundle")
attack("half a length", {**PACK, bundle: PACK[bundle][:-len(RECORDS[-1]) - 1]}, "its length")
attack("a member too many", {**PACK, "evidence/extra": b""}, "other members")
evidence = sorted(name for name in PACK if name.startswith("evidence/"))
attack("documents exchanged", {**PACK, evidence[0]: PACK[evidence[1]], evidence[1]: PACK[evidence[0]]}, "SHA-256")
attack("a document taken away", {n: d for n, d in PACK.items() if n != evidence[0]}, "the member evidence")
chunk = [name for name in PACK if name.startswith("chunks/")][0]
attack("a series taken away", {n: d for n, d in PACK.items() if n != chunk}, "the member chunks")

attack("the last record dropped", rehash(RECORDS[:-1]), "")
attack("a record in the middle dropped", rehash(RECORDS[:5] + RECORDS[6:]), "record 5: number")
attack("two records exchanged", rehash(RECORDS[:5] + [RECORDS[6], RECORDS[5]] + RECORDS[7:]), "record 5: number")
entry = first("journal", "factor-product/1")
attack("one amount changed", changed(entry, post(["1"])), "balance")
attack("both amounts changed", changed(entry, post(["1", "-1"])), "posting")
attack("scope 2 posted as scope 3", changed(entry, lambda v: v["body"]["postings"][1].update(
    {"account": "source:scope3:1-purchased-goods"})), "posting")
attack("another basis", changed(entry, lambda v: [p.update({"basis": "common"}) for p in v["body"]["postings"]]), "posting")
attack("a posting of half a milligram", changed(entry, post(["0.5", "-0.5"])), "whole milligrams")
attack("less quantity", changed(entry, lambda v: v["body"]["calculation"]["quantity"].update({"amount": "1"})), "quantity")
attack("another rounding", changed(entry, lambda v: v["body"]["calculation"].update({"rounding": "none"})), "rounding")
attack("moved out of the year", changed(entry, lambda v: v["body"].update({"effective": "2024-12-31"})), "effective")
attack("at another facility", changed(entry, lambda v: v["body"].update({"facility": "elsewhere"})), "facility")
factor = first("factor")
attack("a factor made smaller", changed(factor, lambda v: v["body"]["components"][0].update({"amount": "0.1"})), "factor_hash")
activity = first("activity")
attack("an activity made smaller", changed(activity, lambda v: v["body"]["quantity"].update({"amount": "1"})), "quantity|amounts")
attack("a flow made smaller", changed(first("journal", "physical-flow/1"), post(["1", "-1"])), "amounts")
reversal = first("journal", member="reversal")
attack("a reversal of more", changed(reversal, post(["9", "-9"])), "undone")
attack("a reversal of what is reversed", rehash(RECORDS + [encode(
    {**json.loads(RECORDS[reversal]), "number": str(COUNT), "recorded_at": "2099-01-01T00:00:00Z"})]), "stands")
attack("an entry booked twice", rehash(RECORDS + [encode(
    {**json.loads(RECORDS[entry]), "number": str(COUNT), "recorded_at": "2099-01-01T00:00:00Z"})]), "first entry")
attack("a record dated back", changed(entry, lambda v: v.update({"recorded_at": "2001-01-01T00:00:00Z"})), "time")
attack("a smaller potential", changed(first("gwp-table"), lambda v: [l.update({"value": "1"}) for l in v["body"]["values"]]), "exactly")
attack("another origin", changed(0, lambda v: v["body"].update({"origin": "tonne.other"})), "origin")
for name, old, new, words in [
        ("a space", b'{"actor"', b'{ "actor"', "canonical"), ("an escaped slash", b"text/csv", b"text\\/csv", "canonical"),
        ("a number", b'"number":"5"', b'"number":5', "number"), ("a null", b'"actor":"test"', b'"actor":null', "null"),
        ("a member twice", b'"actor":"test",', b'"actor":"test","actor":"test",', "each once"),
        ("another version", b"tonne-entry/1", b"tonne-entry/2", "version"),
        ("a mark of direction", b'"actor":"test"', '"actor":"te\u202est"'.encode(), "direction"),
        ("bytes that are no UTF-8", b'"actor":"test"', b'"actor":"\xfftest"', "UTF-8")]:
    number = 5 if old not in RECORDS[first("document")] or b"number" in old else first("document")
    forged = RECORDS[number].replace(old, new, 1)
    assert forged != RECORDS[number], name
    attack(name, rehash(RECORDS[:number] + [forged] + RECORDS[number + 1:]), words)
waiting = json.loads(RECORDS[entry])
waiting["body"]["calculation"].update({"rule": "unresolved-factor/1", "rounding": "none"})
for name in ("factor", "factor_hash"):
    del waiting["body"]["calculation"][name]
role, amount = waiting["body"]["calculation"]["role"], waiting["body"]["calculation"]["quantity"]["amount"]
waiting["body"]["postings"] = [
    {"account": "control:unresolved-factor%s:%s:electricity" % (contra, role), "amount": sign + amount,
     "basis": role, "commodity": "kWh"} for contra, sign in (("", ""), ("-contra", "-"))]
waiting.update({"number": str(COUNT), "recorded_at": "2099-01-01T00:00:00Z"})
attack("an activity that waits, concealed", rehash(RECORDS + [encode(waiting)]), "complete")
statement = json.loads(PACK["statement.json"])
for figure in statement["figures"]:
    if figure["id"] in ("S1", "S2_LB", "S2_MB", "S3", "TOT_LB", "TOT_MB"):
        for member in ("exact_quantity", "quantity"):
            other = json.loads(PACK["statement.json"])
            [f for f in other["figures"] if f["id"] == figure["id"]][0][member] = "1"
            attack("%s of %s" % (member, figure["id"]), {**PACK, "statement.json": json.dumps(other).encode()}, figure["id"])

print("MISSED: %s" % missed if missed else "all found")
sys.exit(1 if missed else 0)
