"""版本: the reader's version, written into every output so that a stored reading can be told from a newer one."""

from __future__ import annotations

__version__ = "0.1.0"
READER = f"gongwen {__version__}"
