"""净化文本: the text as a person would have typed it, what `gongwen text FILE` prints.

Guarantees
1. One paragraph, heading or table row a line; lines that a page broke are joined, blanks of justification are
   gone.
2. Characters are the source's own; debris of the web page around the document is left out.
3. Cleaning what was cleaned changes nothing.
"""

from __future__ import annotations

from gongwen.reading.clean import clean
from gongwen.reading.frame import read_frame
from gongwen.reading.roles import piece_text


def clean_text(text: str) -> str:
    """净化后的全文; ends with a line break unless it is empty. Never raises."""
    cleaned = clean(text)
    roles = read_frame(cleaned).roles
    lines = [
        piece_text(cleaned, number) for number in range(len(cleaned.pieces)) if roles.get(number) != "debris"
    ]
    return "".join(line + "\n" for line in lines)
