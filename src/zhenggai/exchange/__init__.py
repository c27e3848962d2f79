"""交换: what leaves the ledger as files, and comes back."""
