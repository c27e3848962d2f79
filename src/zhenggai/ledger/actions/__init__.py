"""The acts by which the ledger changes: :mod:`reading` takes a document in, :mod:`deciding` settles what it proposed."""
