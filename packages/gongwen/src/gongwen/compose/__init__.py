"""成文 `compose(bulletin)`: from a Bulletin to a clean document in the official outline.

Two ways in: a bulletin that was read has its paragraphs (`blocks`), and they are set out again, clean; one that was built by hand or by a
ledger has none, and its paragraphs are made from title, sections, findings, measures, signature and contact.

Guarantees
1. Reading what was composed gives equal content: everything but spans, confidences, format and notes.
2. Composing what was read of a composed document gives the same document; scraps that are none may change once more.
3. Never raises on a bulletin that `read` made; the time is linear in its length.
"""

from __future__ import annotations

from typing import Literal

from gongwen.compose.blocks import as_markdown, as_text
from gongwen.compose.content import differences
from gongwen.compose.outline import built_blocks
from gongwen.models import Bulletin

__all__ = ["Form", "compose", "differences"]

Form = Literal["text", "markdown"]


def compose(bulletin: Bulletin, *, form: Form = "text") -> str:
    """成文. Plain text has one paragraph a line and cells parted by tabs; Markdown has # titles, ## headings and | tables |."""
    blocks = bulletin.blocks or built_blocks(bulletin)
    return as_markdown(blocks, bulletin) if form == "markdown" else as_text(blocks)
