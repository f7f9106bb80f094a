"""What the papers say, each claim asserted on the very run whose video its experiment makes."""
