"""指标: named figures with unit, and their values for a period, each with its source."""
