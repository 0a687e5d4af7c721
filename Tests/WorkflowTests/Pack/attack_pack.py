"""Attacks a small pack in every way it can think of, and tells which ones verify.py does not find.

usage: python3 attack_pack.py VERIFY.PY PACK.ZIP KEY...

Where the attacker holds the book he hashes everything again: `rehash` gives head, tiles and statement the
new root and leaves the checkpoints out, so that only what the records say can give him away. The keys are
those that the reader holds.
"""
import base64, hashlib, importlib.util, json, os, re, sys, zipfile

sys.path.insert(0, os.path.dirname(sys.argv[1]))

spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
verify = importlib.util.module_from_spec(spec)
spec.loader.exec_module(verify)
with zipfile.ZipFile(sys.argv[2]) as archive:
    PACK = {name: archive.read(name) for name in archive.namelist()}
COUNT = int(PACK["head"].split(b"\n")[1])
RECORDS = list(verify.record_bytes(PACK.__getitem__, COUNT))
KEYS = sys.argv[3:]
# Every bit by Tests/Referees/referees.sh, else one of each byte.
BITS = range(8) if "TONNE_REFEREE_TREES" in os.environ else range(1)
missed = []


def fault(pack, keys=(), checkpoints=()):
    try:
        verify.verify(sorted(pack), pack.__getitem__, keys, checkpoints)
    except verify.Fault as found:
        return str(found)
    return None


def attack(name, pack, words, keys=(), checkpoints=()):
    found = fault(pack, keys, checkpoints)
    if found is None or not re.search(words, found):
        missed.append(name)
    print("%s: %s" % (name, found))


def flips(name, step=1, twin=None):
    """Flips bits of each byte of a member, or of every so manieth, and of its twin; gives how many."""
    data = PACK[name]
    for place in range(0, len(data), step):
        for bit in BITS if len(BITS) > 1 else [place // step % 8]:
            pack = dict(PACK)
            pack[name] = data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1:]
            if twin:
                pack[twin] = pack[name]
            if fault(pack, KEYS) is None:
                missed.append("%s byte %d bit %d" % (name, place, bit))
    return len(BITS) * len(range(0, len(data), step))


def encode(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def rehash(records):
    pack = {name: data for name, data in PACK.items()
            if not name.startswith(("tile/", "notes/")) and name != "checkpoint"}
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


assert COUNT < 256 and fault(PACK, KEYS) is None, fault(PACK, KEYS)
assert fault(PACK) is None and fault(rehash(RECORDS)) is None
NOTES = sorted((name for name in PACK if name.startswith("notes/")), key=lambda name: int(name[6:-5]))
count = sum(flips(name) for name in PACK if name.startswith("tile/") or name in ("head", "checkpoint", "excerpts", "keys.vkey"))
count += sum(flips(name) for name in NOTES) + flips(NOTES[-1], twin="checkpoint")
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
lines = PACK["excerpts"].splitlines(True)
attack("an excerpt altered", {**PACK, "excerpts": PACK["excerpts"].replace(b"electricity", b"heat", 1)}, "excerpts")
attack("an excerpt taken away", {**PACK, "excerpts": b"".join(lines[1:])}, "cite of the documents")
attack("all excerpts taken away", {n: d for n, d in PACK.items() if n != "excerpts"}, "cite of the documents")
attack("an excerpt twice", {**PACK, "excerpts": lines[0] + PACK["excerpts"]}, "each once")
attack("an excerpt put in", {**PACK, "excerpts": PACK["excerpts"] + lines[0].replace(b"\n", b"x\n")}, "excerpts")
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

# Checkpoints and keys

def sign(seed, message):
    digest = hashlib.sha512(seed).digest()
    secret = int.from_bytes(digest[:32], "little") & (1 << 254) - 8 | 1 << 254

    def encode(p):
        x, y = [c * pow(p[2], verify.P - 2, verify.P) % verify.P for c in p[:2]]
        return (y | (x & 1) << 255).to_bytes(32, "little")
    public = encode(verify.times((secret, verify.BASE)))
    r = int.from_bytes(hashlib.sha512(digest[32:] + message).digest(), "little") % verify.L
    point = encode(verify.times((r, verify.BASE)))
    k = int.from_bytes(hashlib.sha512(point + public + message).digest(), "little") % verify.L
    return public, point + ((r + k * secret) % verify.L).to_bytes(32, "little")


def renoted(note):
    return {**PACK, "checkpoint": note, NOTES[-1]: note}


# RFC 8032, section 7.1, test 2: the signer of these tests is one.
seed = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
assert sign(seed, b"\x72") == (
    bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"), bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"))
assert verify.signed(*(lambda p, s: (p, b"\x72", s))(*sign(seed, b"\x72")))

note = PACK[NOTES[-1]]
text, _, lines = note.decode().rpartition("\n\n")
text, lines = text + "\n", lines.splitlines(True)
log, witness = lines
other = text.replace(text.split("\n")[2], base64.b64encode(b"\1" * 32).decode())
assert witness.split(" ")[1] != text.split("\n")[0] == log.split(" ")[1]
attack("another root, unsigned", renoted((other + "\n" + log + witness).encode()), "root of the first")
attack("a hyphen for the dash", renoted(note.replace("\u2014".encode(), b"-", 1)), "lines '")
bits = re.sub("(.)(=+)\n$", lambda found: chr(ord(found[1]) + 1) + found[2] + "\n", witness)
attack("base64 in a second spelling", renoted((text + "\n" + log + bits).encode()), "one spelling|base64|signature")
attack("no cosignature, where one is asked for", renoted((text + "\n" + log).encode()), "signed by it", KEYS)
public, forged = sign(seed, text.encode())
thief = text.split("\n")[0], hashlib.sha256(text.split("\n")[0].encode() + b"\n\1" + public).digest()[:4]
line = "\u2014 %s %s\n" % (thief[0], base64.b64encode(thief[1] + forged).decode())
stolen = renoted((text + "\n" + line).encode())
attack("a thief's key of the same name", stolen, "by a key of the log", KEYS)
vkey = "%s+%s+%s" % (thief[0], thief[1].hex(), base64.b64encode(b"\1" + public).decode())
assert fault(stolen, [vkey]) is None, fault(stolen, [vkey])
attack("a key with another id", PACK, "id", [vkey.replace(thief[1].hex(), "00000000")])
small = base64.b64encode(b"\1" + b"\1" + bytes(31)).decode()
ident = hashlib.sha256(b"x\n" + base64.b64decode(small)).hexdigest()[:8]
attack("a key of small order", PACK, "usable key", ["x+%s+%s" % (ident, small)])
early = sign(seed, b"cosignature/v1\ntime 5\n" + text.encode())
ident = hashlib.sha256(b"w\n\4" + early[0]).digest()[:4]
line = "\u2014 w %s\n" % base64.b64encode(ident + (5).to_bytes(8, "big") + early[1]).decode()
attack("a cosignature before its records", renoted((text + "\n" + log + line).encode()), "after the records",
       ["w+%s+%s" % (ident.hex(), base64.b64encode(b"\4" + early[0]).decode())])
attack("a checkpoint of another book", PACK, "origin", (), [("held", note.replace(b"tonne.sample", b"tonne.simple"))])
attack("a checkpoint of more records", PACK, "no more records", (), [
    ("held", note.replace(b"\n%d\n" % COUNT, b"\n%d\n" % (COUNT + 1)))])

print("MISSED: %s" % missed if missed else "all found")
sys.exit(1 if missed else 0)
