"""文稿: the composer of a draft, its acts, versions and editions, as pages."""
