"""日志: the catalogue of official acts and their append-only, hash-chained trail. Knows no app above it."""
