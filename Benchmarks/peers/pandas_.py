"""pandas; keeps no ledger. usage: pandas_.py DATADIR OUT"""
import sys

import pandas as pd

data, out = sys.argv[1:3]
readings = pd.read_csv(data + "/readings.csv", dtype={"meter_id": str, "start": str, "end": str})
meters = pd.read_csv(data + "/meters.csv")
factors = pd.read_csv(data + "/grid_factors.csv")
factors["time"] = pd.to_datetime(factors["start"], utc=True, format="ISO8601")
factors["mg"] = (factors["gCO2e/kWh"] * 1000).round().astype("int64")
readings["time"] = pd.to_datetime(readings["start"], utc=True, format="ISO8601")
readings["month"] = readings["start"].str[:7]
readings["wh"] = (readings["kWh"] * 1000).round().astype("int64")
joined = readings.merge(meters, on="meter_id").merge(
    factors[["zone", "time", "mg"]], on=["zone", "time"])
joined["amount"] = (joined["wh"] * joined["mg"] + 500) // 1000
joined.groupby(["facility", "month"])["amount"].sum().to_csv(out + "/pandas.csv", header=False)
