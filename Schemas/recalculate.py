"""Computes again what the records of an audit pack state: every posting, the readings, the totals.

verify.py, which stands beside this file, calls `check` after it has checked that the records are those of
the signed tree. Standard library of Python 3.8 or later; FORMAT.md, sections 4 to 6, says what is computed.
"""
import base64, collections, datetime, hashlib, json, re
from fractions import Fraction

DECIMAL = re.compile(r"0|-?[1-9][0-9]*|-?(0|[1-9][0-9]*)\.[0-9]*[1-9]")
# Units as text of the exact size in the base unit of their dimension.
UNITS = {symbol: (dimension, Fraction(size)) for dimension, units in {
    "energy": "Wh 3600 kWh 3600000 MWh 3600000000 GWh 3600000000000 J 1 kJ 1000 MJ 1000000 GJ 1000000000"
              " TJ 1000000000000 therm 105505585.262 therm_(EC) 105506000 Btu 1055.05585262"
              " kBtu 1055055.85262 MMBtu 1055055852.62",
    "mass": "mg 0.001 g 1 kg 1000 t 1000000 kt 1000000000 lb 453.59237 short_ton 907184.74"
            " long_ton 1016046.9088",
    "volume": "L 1 mL 0.001 m3 1000 gal_(US) 3.785411784 gal_(UK) 4.54609 bbl_(US) 158.987294928"
              " ft3 28.316846592 hundred_ft3 2831.6846592 thousand_ft3 28316.846592 yd3 764.554857984",
    "area": "m2 1 ft2 0.09290304", "length": "m 1 km 1000 mile 1609.344", "count": "piece 1",
    "freight": "t.km 1 short_ton-mile 1.45997231821056 long_ton-mile 1.6351689963958272",
    "duration": "s 1 min 60 h 3600 d 86400", "power": "W 1 kW 1000 MW 1000000",
    "reactive": "varh 1 kvarh 1000"}.items()
    for symbol, size in zip([s.replace("_", " ") for s in units.split()[::2]], units.split()[1::2])}
ROUNDING = {"physical-flow/1": "none", "unresolved-factor/1": "none",
            "factor-product/1": "half-even at the milligram",
            "factor-series-product/1": "half-even at the milligram",
            "refrigerant-loss/1": "half-even at the milligram",
            "stated-emission/1": "half-even at the milligram",
            "certificate-coverage/1": "toward zero at the milligram",
            "straight-line-monthly/1": "cumulative, towards zero, at the milligram"}
PURCHASED = {name: {"location": "scope2:" + name, "market": "scope2:" + name}
             for name in ("electricity", "heat", "cooling", "steam")}
PURCHASED["electricity"].update({"upstream": "scope3:3b-electricity-upstream",
    "transmission-and-distribution": "scope3:3c-transmission-and-distribution"})
FUEL = {"direct": "scope1:stationary-combustion", "upstream": "scope3:3a-fuels-upstream"}
FLUIDS = {"744": "CO2", "1270": "propylene", "290": "propane", "600": "butane", "600a": "isobutane"}
FLUIDS.update({number: family + number for family, numbers in {
    "CFC-": "11 12 13 113 114 115", "HCFC-": "21 22 123 124 141b 142b", "PFC-": "14 116 218",
    "HFC-": "23 32 41 125 134 134a 143a 152a 161 227ea 236fa 245fa 365mfc"}.items()
    for number in numbers.split()})
TOTALS = {prefix + suffix: (accounts, ["common"] + bases)
          for prefix, accounts in {"S1": ["source:scope1"], "S2": ["source:scope2"],
              "S3": ["source:scope3"],
              "TOT": ["source:scope1", "source:scope2", "source:scope3"]}.items()
          for suffix, bases in {"": [], "_LB": ["location"], "_MB": ["market"]}.items()}

class Fault(Exception):
    """The first thing wrong, in words."""

def same(where, what, expected, found):
    if expected != found:
        raise Fault("%s: %s: expected %s, found %s" % (where, what, expected, found))

# Amounts (FORMAT.md, section 4)

def decimal(text):
    if not DECIMAL.fullmatch(text):
        raise Fault("expected a decimal number, found %r" % text)
    return Fraction(text)

def convert(amount, unit, target):
    (kind, size), (other, base) = [
        UNITS.get(u, (u, Fraction(1)) if re.fullmatch("[A-Z]{3}", u) else (u, None)) for u in (unit, target)]
    same("unit " + unit, "a unit like " + target, (other, True), (kind, size is not None))
    return amount * size / base

def days(period):
    first, last = [datetime.date.fromisoformat(day) for day in period.split("/")]
    return first, last

def parts(activity):
    """The quantity of an activity by calendar month: by days, largest remainder."""
    text, (start, end) = activity["quantity"]["amount"], days(activity["period"])
    whole, months = decimal(text), []
    if not {"consumption", "expense", "stated_emission"} & set(activity["treatment"]):
        return {activity["period"]: whole}
    while start < end:
        stop = min(end, (start.replace(day=1) + datetime.timedelta(32)).replace(day=1))
        months.append(("%s/%s" % (start, stop), (stop - start).days))
        start = stop
    scale = 10 ** (max(3, len(text.partition(".")[2])) if len(months) > 1 else len(text))
    units, total = abs(int(whole * scale)), sum(length for _, length in months)
    shares = [units * length // total for _, length in months]
    order = sorted(range(len(months)), key=lambda i: (-(units * months[i][1] % total), i))
    for i in order[:units - sum(shares)]:
        shares[i] += 1
    return {month: Fraction(share if whole >= 0 else -share, scale)
            for (month, _), share in zip(months, shares)}

def masses(activity, amount, unit, kind, factor, chunk):
    """Exact milligrams of each substance that a factor, a series or the composition of a blend gives."""
    if kind == "factor-series":
        same("the activity", "readings", True, "series" in activity)
        whole = series_product(chunk(activity["series"]["chunk"]), chunk(factor["chunk"]))
        units = convert(Fraction(1), unit, factor["factor"]["activity_unit"])
        return [(factor["substance"], whole * units * convert(Fraction(1), factor["mass_unit"], "mg"))]
    if kind == "refrigerant-blend":
        kilograms = convert(amount, unit, "kg")
        return [(s["gas"], kilograms * decimal(s["fraction"]) * 10 ** 6) for s in factor["shares"]]
    units, sums = convert(amount, unit, factor["activity_unit"]), collections.OrderedDict()
    for part in factor["components"]:
        milligrams = convert(decimal(part["amount"]), part["unit"], "mg")
        sums[part["substance"]] = sums.get(part["substance"], 0) + units * milligrams
    return list(sums.items())

def source(substance, else_source):
    if substance == "CO2-biogenic":
        return "source:outside-scopes:biogenic-co2"
    return "source:" + else_source if in_scopes(substance) else "source:outside-scopes:ozone-depleting-substances"

def in_scopes(substance):
    return substance in ("CO2", "CH4", "N2O", "SF6", "NF3") or substance.startswith(("HFC-", "PFC-", "CO2e@"))

def role_source(activity, role):
    (kind, facts), = activity["treatment"].items()
    if kind == "consumption" and facts["direction"] == "import":
        table = PURCHASED.get(activity["activity"], {} if activity["activity"] == "water" else FUEL)
    elif kind in ("capital_good", "expense"):
        category = facts["source"].partition(":")[2].partition("-")[0]
        name = {"4": "transport", "9": "transport", "5": "waste", "12": "waste"}.get(
            category if facts["source"].startswith("scope3") else "", "cradle-to-gate")
        table = {name: facts["source"]}
    else:
        table = {"refrigerant_leak": {"direct": "scope1:fugitive"},
                 "certificate": {"market": "scope2:electricity"}}.get(kind, {})
    return table.get(role, "a role that the activity does not have")

def physical(activity, amount):
    """What is debited to physical accounts, in order of text."""
    (kind, facts), = activity["treatment"].items()
    unit, debits = activity["quantity"]["unit"], [amount]
    target, thing = unit, ""
    if kind.startswith("refrigerant"):
        target, thing = "kg", "|" + facts["refrigerant"]
        if kind == "refrigerant_leak":
            debits = [d for d in (decimal(facts["added"]), decimal(facts["recovered"]), amount) if d]
    elif kind == "certificate":
        target, thing = "MWh", "|certificate %s %s" % (facts["country"], facts["technology"])
        debits = [amount] * ((not facts["was_held"]) + ("cancelled_on" in facts))
    else:
        if decimal(activity.get("estimated", "0")):
            everything = activity["estimated"] == activity["quantity"]["amount"]
            debits.append(amount if everything else decimal(activity["estimated"]))
        if UNITS.get(unit, ("", 0))[0] == "energy" and ends(convert(Fraction(1), unit, "kWh")):
            target = "kWh"
    return sorted((convert(d, unit, target), target + thing) for d in debits)

def ends(number):
    rest = number.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1

def lines(debit, credit, commodity, basis, amount):
    return [(debit, commodity, basis, amount), (credit, commodity, basis, -amount)]

def emissions(rule, activity, calculation, kind, factor, chunk):
    """The postings that a rule gives: account, commodity, basis, amount."""
    (treatment, facts), = activity["treatment"].items()
    amount, unit = decimal(calculation["quantity"]["amount"]), calculation["quantity"]["unit"]
    role, place = calculation.get("role", ""), "object:%s:use:" % activity["facility"]
    basis = role if role in ("location", "market") else "common"
    module = {"expense": facts.get("module"), "refrigerant_leak": "B1"}.get(treatment, "B6")
    target = place + "%s:%s" % (module, activity["activity"])
    if treatment == "capital_good":
        target = "object:%s:stock:%s:%s:%s" % (
            activity["facility"], facts["module"], facts["asset"], facts["component"])
    if rule == "unresolved-factor/1" or rule == "certificate-coverage/1" and factor is None:
        what = "electricity" if rule.startswith("cert") else activity["activity"]
        names = ["control:unresolved-factor%s:%s:%s" % (contra, role or "direct", what)
                 for contra in ("", "-contra")]
        return lines(*(names if rule.startswith("unres") else names[::-1]), unit, basis, amount)
    if rule == "stated-emission/1":
        found, basis = [(facts["substance"], convert(amount, unit, "mg"))], facts["method"]
    elif rule == "refrigerant-loss/1" and factor is None:
        name = re.sub("^R-", "", facts["refrigerant"])
        gas = FLUIDS.get(name, name if name in FLUIDS.values() else None)
        same(facts["refrigerant"], "a refrigerant of one species", True, gas is not None)
        found = [(gas, convert(amount, unit, "mg"))]
    else:
        same("the calculation", "names a factor", True, factor is not None)
        found = masses(activity, amount, unit, kind, factor, chunk)
    result = []
    for substance, exact in found:
        commodity = "mg " + substance
        if rule == "straight-line-monthly/1":
            total, life = round(exact), int(facts["service_life_months"])
            last, now = days(activity["period"])[1] - datetime.timedelta(1), days(calculation["period"])[0]
            elapsed = (now.year - last.year) * 12 + now.month - last.month + 1
            share = int(Fraction(total * elapsed, life)) - int(Fraction(total * (elapsed - 1), life))
            share = share if 1 <= elapsed <= life else 0
            result += lines(place + "%s:amortisation" % facts["module"], target, commodity, "common", share)
        elif rule == "certificate-coverage/1":
            result += lines(source(substance, "scope2:electricity"), place + "B6:electricity", commodity,
                            "market", int(exact))
        else:
            origin = facts["source"] if rule.startswith("stated") else "scope1:fugitive" \
                if rule.startswith("refri") else role_source(activity, role)
            result += lines(target, source(substance, origin), commodity, basis, round(exact))
    return result

def check_calculation(where, entry, postings, records, number, chunk):
    calculation = entry["calculation"]
    rule, cited = calculation["rule"], int(calculation["activity"])
    same(where, "rounding of " + rule, ROUNDING.get(rule), calculation["rounding"])
    same(where, "an activity in front of it", (True, "activity"), (cited < number, records[cited][0]))
    activity, kind, factor = records[cited][1], None, None
    if "factor" in calculation:
        index = int(calculation["factor"])
        same(where, "a factor in front of it", True, index < number)
        kind, factor = records[index]
        same(where, "a factor that fits " + rule, True, kind == {
            "factor-series-product/1": "factor-series", "refrigerant-loss/1": "refrigerant-blend"}.get(rule, "factor"))
        data = json.dumps(factor, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()
        same(where, "factor_hash", hashlib.sha256(data).hexdigest(), calculation.get("factor_hash"))
    same(where, "facility", activity["facility"], entry["facility"])
    first, end = days(calculation["period"])
    same(where, "effective", str(end - datetime.timedelta(1)), entry["effective"])
    stated = decimal(calculation["quantity"]["amount"])
    if rule != "certificate-coverage/1":
        expected = decimal(activity["quantity"]["amount"]) if "series" in rule or rule.startswith("straight") else \
            parts(activity).get(calculation["period"])
        same(where, "quantity", "%s %s" % (expected, activity["quantity"]["unit"]),
             "%s %s" % (stated, calculation["quantity"]["unit"]))
    if rule == "physical-flow/1":
        same(where, "accounts of flows", True, all(
            p[0].split(":")[0] in ("physical", "certificate", "control") for p in postings))
        expected = physical(activity, stated)
        for side, found in (("debited", [(p[3], p[1]) for p in postings[::2]]),
                            ("credited", [(-p[3], p[1]) for p in postings[1::2]])):
            same(where, "amounts " + side, ["%s %s" % pair for pair in expected],
                 ["%s %s" % pair for pair in sorted(found)])
        same(where, "basis", {"common"}, {p[2] for p in postings})
    else:
        expected = emissions(rule, activity, calculation, kind, factor, chunk)
        for found, right in zip(postings, expected):
            same(where, "posting", "%s %s %s %s" % right, "%s %s %s %s" % found)
        same(where, "number of postings", len(expected), len(postings))

def check_journal(records, chunk):
    """Every entry; gives its postings by record number."""
    entries, gone, live, covered = {}, set(), {}, collections.Counter()
    for number, (kind, entry) in sorted(records.items()):
        if kind != "journal":
            continue
        where, sums = "record %d" % number, collections.Counter()
        postings = [(p["account"], p["commodity"], p["basis"], decimal(p["amount"])) for p in entry["postings"]]
        for _, commodity, basis, amount in postings:
            same(where, "whole milligrams", True, not commodity.startswith("mg ") or amount.denominator == 1)
            sums[commodity, basis] += amount
        for (commodity, basis), rest in sums.items():
            same(where, "balance of %s in basis %s" % (commodity, basis), 0, rest)
        same(where, "either a calculation or a reversal", True, ("calculation" in entry) != ("reversal" in entry))
        if "reversal" in entry:
            target = int(entry["reversal"]["entry"])
            same(where, "an entry that stands and is no reversal", True,
                 target in entries and target not in gone and "calculation" in records[target][1])
            same(where, "postings of the entry undone", len(entries[target]), len(postings))
            for found, undone in zip(postings, entries[target]):
                same(where, "posting undone", "%s %s %s %s" % (undone[:3] + (-undone[3],)), "%s %s %s %s" % found)
            gone.add(target)
        else:
            check_calculation(where, entry, postings, records, number, chunk)
        entries[number] = postings
    for number in sorted(set(entries) - gone):
        calculation = records[number][1].get("calculation")
        if calculation and calculation["rule"] == "certificate-coverage/1":
            cited, quantity = int(calculation["activity"]), calculation["quantity"]
            covered[cited] += convert(decimal(quantity["amount"]), quantity["unit"], "kWh")
            whole = records[cited][1]["quantity"]
            same("record %d" % number, "no more than its certificates cover", True,
                 covered[cited] <= convert(decimal(whole["amount"]), whole["unit"], "kWh"))
        elif calculation:
            key = tuple(calculation.get(k) for k in ("activity", "rule", "role", "period"))
            same("record %d" % number, "the first entry of its calculation", None, live.get(key))
            live[key] = number
    return entries

# Documents and series of the period (FORMAT.md, section 5)

def read_chunk(where, data):
    """A series chunk: its spans of start, step and count, and its values."""
    place = 4

    def unsigned():
        nonlocal place
        value = shift = 0
        while True:
            value |= (data[place] & 127) << shift
            place, shift = place + 1, shift + 7
            if data[place - 1] < 128:
                return value

    def signed():
        value = unsigned()
        return value >> 1 ^ -(value & 1)
    try:
        same(where, "signature", b"tsc1", data[:4])
        scale, end, spans, last, values = unsigned(), 0, [], 0, []
        for _ in range(unsigned()):
            start, step, count = end + signed(), unsigned(), unsigned()
            spans.append((start, step, count))
            end = start + step * count
        for _ in range(sum(count for _, _, count in spans)):
            last += signed()
            values.append(Fraction(last, 10 ** scale))
        return spans, values
    except IndexError:
        raise Fault("%s: expected a series chunk, found its end" % where)

def series_product(readings, values):
    """The sum of readings, each times the value in whose step it lies."""
    place, prices = 0, []
    for start, step, count in values[0]:
        prices += [(start + i * step, start + i * step + step) for i in range(count)]
    times = [start + i * step for start, step, count in readings[0] for i in range(count)]
    steps = [step for _, step, count in readings[0] for _ in range(count)]
    total = Fraction(0)
    for begin, step, reading in zip(times, steps, readings[1]):
        while place < len(prices) and prices[place][1] <= begin:
            place += 1
        same("a reading at %d" % begin, "a value for it", True,
             place < len(prices) and prices[place][0] <= begin and begin + step <= prices[place][1])
        total += reading * values[1][place]
    return total

def cited_places(records):
    """The places in documents that records cite."""
    for kind, body in records.values():
        if kind in ("activity", "waiting-line"):
            yield body["evidence"]
        if kind == "waiting-line" and "activity" in body:
            yield body["activity"]["evidence"]
        factor = body if kind == "factor" else body["factor"] if kind == "factor-series" else {}
        if "declaration" in factor:
            yield factor["declaration"]

def check_excerpts(take, names, cited, received):
    """cited: commitments, each with the file of the document. The texts of the files in the pack open theirs."""
    data, opened = take("excerpts").decode("utf-8") if "excerpts" in names else "", []
    same("excerpts", "a newline at its end", "", data.split("\n")[-1])
    for line in data.split("\n")[:-1]:
        file, salt, text = line.split(" ", 2)
        salted = base64.b64decode(salt, validate=True)
        same("excerpts", "16 bytes of salt in base64", (16, salt), (len(salted), base64.b64encode(salted).decode()))
        opened.append((hashlib.sha256(salted + text.encode()).hexdigest(), file))
    same("excerpts", "lines in the order of their hashes, each once", sorted(set(opened)), opened)
    same("excerpts", "what records cite of the documents, nothing else", [],
         sorted({pair for pair in cited if pair[1] in received} ^ set(opened))[:1])

def check_documents(take, chunk, names, records, used, stamps, whole):
    """What the entries of the period, or of the sample, rest on. Gives the counts of documents and chunks."""
    homes, booked, wanted, chunks = {}, set(), set(), set()
    for number, (kind, body) in sorted(records.items()):
        if kind == "document":
            homes[body["digest"]] = body.get("place", {}).get("container", body["digest"])
        held = body.get("activity", {}) if kind == "waiting-line" else body if kind == "activity" else {}
        series = body if kind == "factor-series" else held.get("series")
        if series:
            same("chunks/" + series["chunk"], "number of readings", int(series["count"]), len(chunk(series["chunk"])[1]))
            chunks.add(series["chunk"])
        if series and held:
            same("record %d" % number, "sum of readings", decimal(held["quantity"]["amount"]),
                 sum(chunk(series["chunk"])[1]))
        if kind != "journal" or "calculation" not in body:
            continue
        activity = records[int(body["calculation"]["activity"])][1]
        series = activity.get("series", {"documents": []})
        cited = {activity["evidence"]["document"], *series["documents"]}
        booked |= cited
        factor = records[int(body["calculation"]["factor"])][1] if "factor" in body["calculation"] else {}
        if number in used:
            wanted |= cited | set(factor.get("documents", []))
            wanted |= {factor["declaration"]["document"]} if "declaration" in factor else set()
    if whole:
        wanted |= set(homes) - booked
    same("the documents", "each cited one is recorded", wanted, wanted & set(homes))
    erased = {body["document"] for kind, body in records.values() if kind == "erasure"}
    received = {homes[digest] for digest in wanted} - stamps - erased
    if received and not any(name.startswith("evidence/") for name in names):
        return "none of %d" % len(received), len(chunks)
    check_excerpts(take, names, {(place["excerpt"], homes[place["document"]])
                                 for place in cited_places(records) if "excerpt" in place}, received)
    for digest in sorted(received):
        same("evidence/" + digest, "SHA-256", digest, hashlib.sha256(take("evidence/" + digest)).hexdigest())
    return str(len(received)), len(chunks)

# The statement (FORMAT.md, section 6)

def last_organisation(records):
    """The last one, with the lists of the parts that follow it."""
    found = None
    for kind, body in records.values():
        if kind == "organisation":
            found = dict(body)
        elif kind == "organisation-part":
            found.update((name, found[name] + body[name]) for name in body)
    return found

def check_statement(statement, records, entries, size, root):
    same("statement.json", "schema", "tonne-statement/1", statement["schema"])
    same("statement.json", "book", (records[0][1]["origin"], str(size), root.hex()),
         tuple(statement["book"][name] for name in ("origin", "records", "root")))
    start, end = statement["period"]["start"], statement["period"]["end_excluded"]
    used = {n for n in entries if start <= records[n][1]["effective"] < end}
    organisation = last_organisation(records)
    gwp_set = organisation["gwp_value_set"]
    same("statement.json", "gwp_value_set", gwp_set, statement["gwp_value_set"])
    table = [body for kind, body in records.values() if kind == "gwp-table" and body["set"] == gwp_set][-1]
    values = dict({line["gas"]: decimal(line["value"]) for line in table["values"]}, CO2=Fraction(1))
    shares = collections.defaultdict(lambda: Fraction(1))
    if organisation["consolidation_approach"] == "equity-share":
        shares.update((f["id"], decimal(f["ownership_share"])) for f in organisation["facilities"])
    sums, waiting = collections.Counter(), collections.Counter()
    for number in used:
        for account, commodity, basis, amount in entries[number]:
            if account.startswith("control:unresolved-factor:"):
                waiting[records[number][1]["facility"], account, commodity, basis] += amount
            substance = commodity[3:] if commodity.startswith("mg ") else ""
            if account.startswith("source:scope") and in_scopes(substance):
                sums[account, basis, substance] -= amount * shares[records[number][1]["facility"]]
    if any(waiting.values()):
        same("statement.json", "complete, where activities wait for a factor", False, statement["complete"])
    shown, twins = {}, any(a.startswith("source:scope3") and b in ("location", "market") for a, b, _ in sums)
    figures = {figure["id"]: figure for figure in statement["figures"]}
    same("statement.json", "figures, each once", len(figures), len(statement["figures"]))
    for name in ["S1", "S2_LB", "S2_MB"] + (["S3_LB", "S3_MB"] if twins else ["S3"]) + ["TOT_LB", "TOT_MB"]:
        accounts, bases = TOTALS[name]
        total = Fraction(0)
        for (account, basis, substance), mass in sums.items():
            if basis in bases and any(account == a or account.startswith(a + ":") for a in accounts) and mass:
                same("the GWP table", "a value of " + substance, True, substance[:4] == "CO2e" or substance in values)
                total += mass * (1 if substance.startswith("CO2e") else values[substance])
        figure = figures.get(name, {})
        same("statement.json", name + " exactly, in mg CO2e", total, decimal(figure.get("exact_quantity", "none")))
        tonnes = "%.3f" % 0 if not round(total / 10 ** 9, 3) else "%s%d.%03d" % (
            "-" if total < 0 else "", *divmod(abs(round(total / 10 ** 6)), 1000))
        same("statement.json", name + " as shown, in t CO2e", tonnes, figure.get("quantity"))
        shown[name] = tonnes
    return shown, used

# All of it

class Records(dict):
    """Type and body of each record of the pack by its number."""
    def __missing__(self, number):
        raise Fault("record %d: something cites it, and it is not in the pack" % number)

def check(records, take, names, stamps, size, root):
    """Computes everything again. stamps: digests of the tokens that stand in notes/. size and root are those of
    the whole tree, None where the records are a sample of it. Gives the lines of a report."""
    decoded, whole = {}, size is not None

    def chunk(digest):
        if digest not in decoded:
            data = take("chunks/" + digest)
            same("chunks/" + digest, "SHA-256", digest, hashlib.sha256(data).hexdigest())
            decoded[digest] = read_chunk("chunks/" + digest, data)
        return decoded[digest]
    try:
        entries, report = check_journal(records, chunk), []
        used = set(entries)
        if whole:
            statement = json.loads(take("statement.json").decode("utf-8"))
            shown, used = check_statement(statement, records, entries, size, root)
            report = ["%s from %s until %s" % (statement["organisation"], *statement["period"].values())] + [
                "%-8s%18s t CO2e" % figure for figure in shown.items()] + [
                "complete" if statement["complete"] else
                "INCOMPLETE, as the statement says: activities or lines wait"]
        documents, chunks = check_documents(take, chunk, names, records, used, stamps, whole)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError) as error:
        raise Fault("a record or the statement lacks what FORMAT.md asks for: %r" % error)
    return report + ["%d records, %d entries recomputed, %s" % (len(records), len(entries),
        "%d of them in the period" % len(used) if whole else "a sample: the totals were not computed"),
        "%s documents and %d series compared" % (documents, chunks)]
