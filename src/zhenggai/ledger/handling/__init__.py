"""办理: what becomes of an item after it is in the ledger: responsibility, time limits, progress, evidence, review, closure, relapse."""
