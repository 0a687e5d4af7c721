"""Invoices of UBL 2.1 (EN 16931) for steel, concrete and chillers, five lines each."""
from datetime import datetime, timedelta

from workload import Random, thousandths

# Item, UN/ECE Rec 20 unit, its word, g CO2e a unit, most thousandths of the unit, price in cents.
ITEMS = (
    ("Reinforcing steel B500B", "KGM", "kg", 1_990, 25_000_000, 92),
    ("Structural steel S355", "KGM", "kg", 1_130, 40_000_000, 134),
    ("Ready-mix concrete C30/37", "MTQ", "m3", 301_000, 90_000, 11_450),
    ("Ready-mix concrete C40/50", "MTQ", "m3", 356_000, 60_000, 13_900),
    ("Air-cooled chiller 800 kW", "EA", "each", 41_500_000, 6_000, 14_950_000),
)
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
  <cbc:ID>{id}</cbc:ID>
  <cbc:IssueDate>{date}</cbc:IssueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party>
    <cbc:EndpointID schemeID="0088">73000100{supplier:05d}</cbc:EndpointID>
    <cac:PartyName><cbc:Name>Supplier {supplier} &amp; Sons</cbc:Name></cac:PartyName>
  </cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party>
    <cac:PartyName><cbc:Name>Data Centre Oy</cbc:Name></cac:PartyName>
  </cac:Party></cac:AccountingCustomerParty>
  <cac:Delivery><cac:DeliveryLocation><cbc:ID>FAC-{facility:04d}</cbc:ID></cac:DeliveryLocation></cac:Delivery>
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="EUR">{total}</cbc:PayableAmount></cac:LegalMonetaryTotal>
"""
LINE = """  <cac:InvoiceLine>
    <cbc:ID>{number}</cbc:ID>
    <cbc:InvoicedQuantity unitCode="{unit}">{quantity}</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="EUR">{amount}</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>{item}</cbc:Name></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="EUR">{price}</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
"""


def euros(cents):
    return "%d.%02d" % (cents // 100, cents % 100)


def lines(random, tally):
    """The text of five lines and their total in cents."""
    texts, total = [], 0
    for i, (item, unit, _, _, most, price) in enumerate(ITEMS):
        quantity = 1 + random.below(most)
        if unit == "EA":
            quantity = 1000 * (1 + random.below(most // 1000))
        amount = (quantity * price + 500) // 1000
        total += amount
        tally[i][0] += 1
        tally[i][1] += quantity
        texts.append(LINE.format(
            number=i + 1, unit=unit, item=item, amount=euros(amount), price=euros(price),
            quantity=str(quantity // 1000) if unit == "EA" else thousandths(quantity)))
    return "".join(texts), total


def write_invoices(count, year, out, create):
    tally = [[0, 0] for _ in ITEMS]
    for n in range(1, count + 1):
        random = Random(500_000 + n)
        day = datetime(year, 1, 1) + timedelta(days=random.below(365))
        text, total = lines(random, tally)
        with create("%s/invoices/%03d/INV-%06d.xml" % (out, n // 1000, n)) as file:
            file.write(HEAD.format(
                id="INV-%06d" % n, date=day.strftime("%Y-%m-%d"),
                supplier=1 + random.below(400), facility=1 + random.below(20),
                total=euros(total)))
            file.write(text)
            file.write("</Invoice>\n")
    with create(out + "/expected_invoices.csv") as file:
        file.write("item,unit,grams_per_unit,lines,quantity_thousandths,mg\n")
        for (item, _, unit, grams, _, _), (count, quantity) in zip(ITEMS, tally):
            file.write("%s,%s,%d,%d,%d,%d\n" % (item, unit, grams, count, quantity, quantity * grams))
