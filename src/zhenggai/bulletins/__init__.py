"""文稿: composes the official document out of the ledger, binds every figure to its source, has it approved, and freezes it as an edition."""
