"""Errors, enumerations and the clock: plain Python, no tables. Imported by every app, imports none."""
