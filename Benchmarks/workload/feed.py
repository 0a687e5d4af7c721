"""The readings of workload W as one Green Button feed (ESPI 1.1 in Atom): daily interval blocks."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:espi="http://naesb.org/espi">
  <id>urn:uuid:00000000-0000-5000-8000-000000000000</id>
  <title>Green Button Usage Feed</title>
  <updated>2026-01-02T00:00:00Z</updated>
  <entry>
    <id>urn:uuid:00000000-0000-5000-8003-000000000001</id>
    <link rel="self" href="/espi/1_1/resource/ReadingType/1"/>
    <title>Hourly energy delivered</title>
    <content>
      <espi:ReadingType>
        <espi:accumulationBehaviour>4</espi:accumulationBehaviour>
        <espi:commodity>1</espi:commodity>
        <espi:flowDirection>1</espi:flowDirection>
        <espi:intervalLength>3600</espi:intervalLength>
        <espi:powerOfTenMultiplier>0</espi:powerOfTenMultiplier>
        <espi:uom>72</espi:uom>
      </espi:ReadingType>
    </content>
  </entry>
"""
METER = """  <entry>
    <id>urn:uuid:00000000-0000-5000-8001-{n:012d}</id>
    <link rel="self" href="/espi/1_1/resource/RetailCustomer/1/UsagePoint/{n}"/>
    <title>{number}</title>
    <content>
      <espi:UsagePoint>
        <espi:ServiceCategory><espi:kind>0</espi:kind></espi:ServiceCategory>
      </espi:UsagePoint>
    </content>
  </entry>
  <entry>
    <id>urn:uuid:00000000-0000-5000-8002-{n:012d}</id>
    <link rel="self" href="/espi/1_1/resource/RetailCustomer/1/UsagePoint/{n}/MeterReading/1"/>
    <link rel="related" href="/espi/1_1/resource/ReadingType/1"/>
    <title>{number} hourly</title>
    <content><espi:MeterReading/></content>
  </entry>
"""
BLOCK = """  <entry>
    <id>urn:uuid:00000000-0000-5000-8004-{n:06d}{day:06d}</id>
    <link rel="self" href="{block}/{day}"/>
    <link rel="up" href="{block}"/>
    <content>
      <espi:IntervalBlock>
        <espi:interval>
          <espi:duration>{duration}</espi:duration>
          <espi:start>{start}</espi:start>
        </espi:interval>
"""
READING = """        <espi:IntervalReading>
          <espi:timePeriod>
            <espi:duration>3600</espi:duration>
            <espi:start>%d</espi:start>
          </espi:timePeriod>
          <espi:value>%d</espi:value>
        </espi:IntervalReading>
"""
PATH = "/espi/1_1/resource/RetailCustomer/1/UsagePoint/{n}/MeterReading/1/IntervalBlock"


def days(hours):
    """The spans of hours that each local day has."""
    start = 0
    for i in range(1, hours.count + 1):
        if i == hours.count or hours.label[i][:10] != hours.label[start][:10]:
            yield start, i
            start = i


def write_feed(work, out, create):
    with create(out + "/green_button.xml") as file:
        file.write(HEAD)
        for meter, (number, _, zone) in enumerate(work.meters):
            hours, values, n = work.hours[zone], work.readings(meter), meter + 1
            file.write(METER.format(n=n, number=number))
            for day, (first, end) in enumerate(days(hours)):
                file.write(BLOCK.format(
                    n=n, day=day + 1, block=PATH.format(n=n),
                    duration=3600 * (end - first), start=hours.epoch[first]))
                file.write("".join(
                    [READING % (hours.epoch[i], values[i]) for i in range(first, end)]))
                file.write("      </espi:IntervalBlock>\n    </content>\n  </entry>\n")
        file.write("</feed>\n")
