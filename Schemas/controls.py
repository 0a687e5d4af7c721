"""The controls of a book, replayed from its records: the part of verify.py that asks who was allowed to do what.

Keys and their handover, roles and their conflicts, what closes, seals and reopens periods with whose signatures, and
whether what a seal states is what the entries in front of it say. The rules are those of
Schemas/records.md, "Keys, roles and periods".
"""
import base64, collections, decimal, hashlib, json
from recalculate import Fault, same

ROLES = ("preparer", "reviewer", "auditor", "administrator")
ALONE = {"auditor", "administrator"}  # who has one of these has no other role
PREPARER, EITHER, ADMINISTRATOR = {"preparer"}, {"preparer", "reviewer"}, {"administrator"}
PERMITTED = dict(
    {kind: PREPARER for kind in (
        "organisation", "organisation-part", "matching-rules", "matching-rules-part", "gwp-table",
        "refrigerant-blend", "factor", "factor-series", "document", "document-part", "activity", "waiting-line", "journal", "period-adjustment")},
    **{kind: EITHER for kind in ("decision", "period-closing", "period-seal", "period-reopen")},
    **{kind: ADMINISTRATOR for kind in (
        "genesis", "key-add", "key-revoke", "role-grant", "role-revoke", "erasure")})
OPEN, SOFT, CLOSED, SEALED = range(4)
EXACT = decimal.Context(prec=200, traps=[decimal.Inexact, decimal.InvalidOperation])

def canonical(value):
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

def digest(lines):
    return hashlib.sha256("".join(line + "\n" for line in lines).encode()).hexdigest()

def plain(number):
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"

def span(period):
    return tuple(period.split("/"))

def covers(period, day):
    start, end = span(period)
    return start <= day < end

def overlap(one, other):
    return span(one)[0] < span(other)[1] and span(other)[0] < span(one)[1]

class Key:
    def __init__(self, text, parsed, actor, added):
        self.name, self.ident, self.kind, self.public = parsed
        self.text, self.actor, self.added, self.ended = text, actor, added, None
        self.reference = "%s+%s" % (self.name, self.ident.hex())

class Controls:
    """A fold over all records of a book, in order.

    signed(public, message, signature) and parse_key(where, text) are those of verify.py; root(size) gives the root
    over the first records."""

    def __init__(self, origin, signed, parse_key, root):
        self.origin, self.signed, self.parse_key, self.root = origin, signed, parse_key, root
        self.roles, self.has_roles, self.keys = collections.defaultdict(set), False, []
        self.events, self.entries, self.late, self.day = [], [], range(0), ""

    def admit(self, number, kind, actor, body, time):
        self.day = time.date().isoformat()
        where = "record %d" % number
        if self.has_roles:
            same(where, "a role of %s that may record a %s" % (actor, kind), True,
                 bool(self.roles[actor] & PERMITTED.get(kind, set())))
        self.check_lateness(where, number, kind, body)
        step = getattr(self, kind.replace("-", "_"), None)
        if step:
            step(where, number, body)
        if kind == "journal":
            self.entries.append((number, actor, body))

    def check_lateness(self, where, number, kind, body):
        late = number in self.late
        if kind != "journal":
            same(where, "an entry, which an adjustment announced", False, late)
        elif not late:
            same(where, "an entry of an open period", OPEN, self.state(body["effective"]))

    # Roles

    def role_grant(self, where, number, body):
        actor, role = body["actor"], body["role"]
        same(where, "a role", True, role in ROLES)
        same(where, "an administrator first", True, self.has_roles or role == "administrator")
        held = self.roles[actor]
        same(where, "a role that %s has not" % actor, False, role in held)
        same(where, "no conflict of roles", set(), {other for other in held if {role, other} & ALONE})
        held.add(role)
        self.has_roles = True

    def role_revoke(self, where, number, body):
        actor, role = body["actor"], body["role"]
        same(where, "a role that %s has" % actor, True, role in self.roles[actor])
        others = [held for name, held in self.roles.items() if name != actor and "administrator" in held]
        same(where, "an administrator who stays", True, role != "administrator" or bool(others))
        self.roles[actor].discard(role)

    # Keys

    def log_keys(self):
        return [key for key in self.keys if key.actor is None]

    def key_add(self, where, number, body):
        key = Key(body["key"], self.parse_key(where, body["key"]), body.get("actor"), number)
        same(where, "a key that was not entered before", False, any(key.text == other.text for other in self.keys))
        handover, logs = body.get("handover"), self.log_keys()
        if key.actor is None:
            same(where, "a log key with the name of the book", (1, self.origin), (key.kind, key.name))
            same(where, "a handover by the log key before it, if there is one", bool(logs), handover is not None)
            if logs:
                text = "tonne-key-handover/1\n%s\n%s\n" % (self.origin, key.text)
                same(where, "the signature of the handover", True, self.fits(logs[-1], text, handover))
                logs[-1].ended = number
        else:
            same(where, "a person's key, not with the name of the book", False, key.name == self.origin)
            same(where, "no handover for a person's key", None, handover)
        self.keys.append(key)

    def key_revoke(self, where, number, body):
        found = [key for key in self.keys if key.text == body["key"] and key.ended is None]
        same(where, "a key in force", 1, len(found))
        same(where, "a person's key: a log key hands over", False, found[0].actor is None)
        found[0].ended = number

    def fits(self, key, text, signature):
        try:
            return self.signed(key.public, text.encode(), base64.b64decode(signature, validate=True))
        except ValueError:
            return False

    # Periods

    def state(self, day):
        state = OPEN
        for _, period, reached in self.events:
            if covers(period, day):
                state = OPEN if reached is None else max(state, reached)
        return state

    def states(self, period):
        days = {span(period)[0]} | {day for _, other, _ in self.events for day in span(other) if covers(period, day)}
        return {self.state(day) for day in days}

    def seals(self, period):
        return [index for index, (_, other, reached) in enumerate(self.events) if reached == SEALED and other == period]

    def standing_seal(self, period):
        seals = self.seals(period)
        return bool(seals) and not any(
            reached is None and overlap(other, period) for _, other, reached in self.events[seals[-1]:])

    def period_adjustment(self, where, number, body):
        count = int(body["entries"])
        same(where, "an adjustment with entries", True, count > 0)
        self.late = range(number + 1, number + 1 + count)

    def period_closing(self, where, number, body):
        target = SOFT if body["stage"] == "soft" else CLOSED
        same(where, "a day that is not closed yet", True, min(self.states(body["period"])) < target)
        if target == CLOSED:
            self.check_firm(where, body)
        approvers = self.approvers(where, "period-closing", body)
        if target == CLOSED and self.has_roles:
            self.check_reviewer(where, approvers, body["preparers"])
        self.check_facts(where, number, body)
        self.events.append((number, body["period"], target))

    def period_seal(self, where, number, body):
        period = body["period"]
        same(where, "a book with roles", True, self.has_roles)
        same(where, "a period that is closed", True, min(self.states(period)) >= CLOSED)
        same(where, "no seal that stands", False, self.standing_seal(period))
        same(where, "version", str(len(self.seals(period)) + 1), body["version"])
        self.check_firm(where, body)
        self.check_reviewer(where, self.approvers(where, "period-seal", body), body["preparers"])
        self.check_seal(where, body, self.check_facts(where, number, body))
        self.events.append((number, period, SEALED))

    def check_firm(self, where, body):
        """The period is over, and whatever was found has a waiver with a reason."""
        same(where, "a period that is over", True, span(body["period"])[1] <= self.day)
        waived = {waiver["finding"] for waiver in body["waivers"] if waiver["reason"]}
        found = [item["finding"] for item in body["checklist"]]
        same(where, "no open finding", [], [finding for finding in found if finding not in waived])

    def period_reopen(self, where, number, body):
        same(where, "a book with roles", True, self.has_roles)
        same(where, "a day that is closed", True, max(self.states(body["period"])) >= CLOSED)
        entitled = {actor for actor in self.approvers(where, "period-reopen", body) if self.roles[actor] & EITHER}
        same(where, "two people, one of them a reviewer", (True, True),
             (len(entitled) >= 2, any("reviewer" in self.roles[actor] for actor in entitled)))
        self.check_root(where, number, body)
        self.events.append((number, body["period"], None))

    # Approvals

    def approvers(self, where, kind, body):
        """The persons who signed the record without its approvals, each with a key in force."""
        bare = {name: value for name, value in body.items() if name != "approvals"}
        text = "tonne-approval/1\n%s\n%s\n%s\n" % (self.origin, kind, canonical(bare))
        actors = []
        for approval in body["approvals"]:
            keys = [key for key in self.keys if key.actor is not None and key.reference == approval["key"]]
            same(where, "a person's key " + approval["key"], True, bool(keys) and keys[-1].kind == 1)
            same(where, "a key in force", None, keys[-1].ended)
            same(where, "the signature of " + approval["key"], True, self.fits(keys[-1], text, approval["signature"]))
            actors.append(keys[-1].actor)
        return actors

    def check_reviewer(self, where, approvers, preparers):
        same(where, "nobody who approves entries of their own", [], [a for a in approvers if a in preparers])
        same(where, "the signature of a reviewer", True, any("reviewer" in self.roles[actor] for actor in approvers))

    # Figures

    def check_root(self, where, number, body):
        size = int(body["state"]["size"])
        same(where, "records that were there", True, size <= number)
        same(where, "root of the first %d records" % size, self.root(size), body["state"]["root"])
        return size

    def check_facts(self, where, number, body):
        """Who recorded the entries of the period; gives these."""
        size, period = self.check_root(where, number, body), body["period"]
        entries = [entry for entry in self.entries if covers(period, entry[2]["effective"])]
        same(where, "no entry of the period after the request", [], [n for n, _, _ in entries if n >= size])
        same(where, "preparers", sorted({actor for _, actor, _ in entries}, key=str.encode), body["preparers"])
        return entries

    def check_seal(self, where, body, entries):
        same(where, "entries", str(len(entries)), body["entries"])
        fields, factors = ("account", "commodity", "basis"), {}
        totals, balances = collections.Counter(), collections.Counter()
        for _, _, entry in entries:
            for posting in entry["postings"]:
                name, amount = tuple(posting[field] for field in fields), EXACT.create_decimal(posting["amount"])
                balances[(entry["facility"],) + name] = EXACT.add(
                    decimal.Decimal(balances[(entry["facility"],) + name]), amount)
                if name[0].startswith("source:"):
                    totals[name] = EXACT.add(decimal.Decimal(totals[name]), amount)
            if "factor" in entry.get("calculation", {}):
                factors[int(entry["calculation"]["factor"])] = entry["calculation"]["factor_hash"]
        waiting = sorted(name[1] for name, sum in balances.items()
                         if sum and (name[1] + ":").startswith("control:unresolved-factor:"))
        same(where, "nothing that waits for a factor", [], waiting)
        same(where, "totals", [dict(zip(fields, name), amount=plain(totals[name])) for name in sorted(totals)
                               if totals[name]], body["totals"])
        lines = ["\t".join(name + (plain(sum),)) for name, sum in balances.items() if sum]
        same(where, "balances", digest(sorted(lines, key=str.encode)), body["balances"])
        same(where, "factors", digest("%d %s" % (n, factors[n]) for n in sorted(factors)), body["factors"])

    # Checkpoints

    def check_checkpoint(self, where, size, signers):
        """signers: name and id of each key of the book that signed."""
        logs = self.log_keys()
        by = [key for key in logs if (key.name, key.ident) in signers]
        for key in by:
            since = key is logs[0] or key.added < size  # the first one signed before it was entered
            same(where, "the log key of that time", True, since and (key.ended is None or key.ended >= size))
        same(where, "a signature by the log key of the book", True, not logs or bool(by))

    def check_pins(self, keys):
        """keys: name, id, kind and bytes of those that the reader holds."""
        known = {(key.name, key.ident, key.kind, key.public) for key in self.log_keys()}
        for key in keys:
            if key[2] == 1 and key[0] == self.origin and known:
                same("the key of " + key[0], "a log key that the records name", True, tuple(key) in known)

    def report(self):
        sealed = sorted({period for _, period, reached in self.events if reached == SEALED})
        lines = ["roles and approvals hold: %d persons" % len(self.roles) if self.has_roles else
                 "no roles: one person may have recorded and closed everything"]
        return lines + ["sealed: %s, version %d" % (period, len(self.seals(period))) for period in sealed
                        if self.standing_seal(period)]
