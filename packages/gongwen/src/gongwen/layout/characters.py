"""可印字符: what can stand in a file, of all that may stand in a text.

Guarantees
1. XML, HTML and PDF can hold every sign that is left; a lone surrogate becomes U+FFFD, a control character is left out.
2. A line break inside a paragraph is a blank, as `gongwen.compose` writes it; a tab, which parts cells, stays.
"""

from __future__ import annotations

_LEFT_OUT = [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0), 0xFFFE, 0xFFFF]
_PRINTABLE: dict[int, str | None] = dict.fromkeys(_LEFT_OUT)
_PRINTABLE |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_PRINTABLE |= dict.fromkeys((0x0A, 0x0D, 0x85, 0x2028, 0x2029), " ")


def printable(text: str) -> str:
    """The text without what no file can hold."""
    return text if text.isprintable() else text.translate(_PRINTABLE)


def width(text: str) -> float:
    """How wide words are, in characters: letters, figures and half-width marks are half as wide."""
    return len(text) - 0.5 * sum(map(str.isascii, text))
