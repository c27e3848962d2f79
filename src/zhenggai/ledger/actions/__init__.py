"""The acts by which the ledger changes: :mod:`reading` takes a document in, :mod:`deciding` settles what it proposed."""

from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting  # noqa: F401  # every act is in the catalogue
