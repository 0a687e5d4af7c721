"""polars, streaming; keeps no ledger. usage: polars_.py DATADIR OUT"""
import sys

import polars as pl

data, out = sys.argv[1:3]
ISO = "%Y-%m-%dT%H:%M:%S%#z"
readings = pl.scan_csv(data + "/readings.csv", schema_overrides={
    "start": pl.String, "end": pl.String, "kWh": pl.Float64})
meters = pl.scan_csv(data + "/meters.csv")
factors = pl.scan_csv(data + "/grid_factors.csv", schema_overrides={"start": pl.String}).select(
    "zone", time=pl.col("start").str.to_datetime(ISO, time_zone="UTC"),
    mg=(pl.col("gCO2e/kWh") * 1000).round().cast(pl.Int64))
readings = readings.select(
    "meter_id", time=pl.col("start").str.to_datetime(ISO, time_zone="UTC"),
    month=pl.col("start").str.slice(0, 7), wh=(pl.col("kWh") * 1000).round().cast(pl.Int64))
report = (
    readings.join(meters, on="meter_id").join(factors, on=["zone", "time"])
    .group_by("facility", "month").agg(((pl.col("wh") * pl.col("mg") + 500) // 1000).sum())
    .sort("facility", "month"))
report.collect(engine="streaming").write_csv(out + "/polars.csv", include_header=False)
