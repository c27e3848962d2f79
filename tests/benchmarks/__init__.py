"""Benchmarks: what our work costs beside the floor on the same machine. ``make bench`` prints ratios; nothing here is a timed test."""
