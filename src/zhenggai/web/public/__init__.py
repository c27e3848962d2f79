"""公开页: what citizens see. Rendered beforehand from public editions; knows neither drafts nor the ledger, no session, no cookie, no script."""
