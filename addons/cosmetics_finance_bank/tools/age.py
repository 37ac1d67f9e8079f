"""Bands of age of what is open at the bank: plain data."""

BANDS = ((7, "0_7"), (30, "8_30"), (90, "31_90"), (None, "over_90"))
"""(last day of the band, code); the last band has no end."""
