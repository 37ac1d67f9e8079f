"""Bring up, test and measure the whole system from a bare machine; needs nothing but Python."""
