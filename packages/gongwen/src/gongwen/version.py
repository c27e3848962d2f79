"""版本: the reader's version, written into every output so that a stored reading can be told from a newer one."""

from __future__ import annotations

__version__ = "0.1.0"
# Counts the changes of the rules that change results; raised once for a set of them.
RULES = 2
READER = f"gongwen {__version__} rules {RULES}"
