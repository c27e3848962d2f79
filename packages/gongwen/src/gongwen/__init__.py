"""公文: reads Chinese official documents into findings, measures, figures, dates and cited documents.

    >>> from gongwen import read
    >>> read("截至2025年6月底，已建标准机架达2.3万架。").quantities[0].value
    Decimal('23000')

Every result carries its span in the original text. Reading a string never fails; what is not understood is
listed in
`Bulletin.leftovers`.
"""

from __future__ import annotations

from gongwen.bulletin import read, read_lines
from gongwen.checks import check
from gongwen.cleantext import clean_text
from gongwen.compose import compose
from gongwen.decoding import decode
from gongwen.errors import GongwenError
from gongwen.formats import Extraction, extract, extract_file
from gongwen.models import (
    Assignment,
    Block,
    Bulletin,
    Citation,
    Claim,
    Contact,
    DateRef,
    Finding,
    Inspection,
    Leftover,
    Measure,
    Organisation,
    Quantity,
    Remark,
    Section,
    Span,
    Total,
)
from gongwen.version import __version__

__all__ = [
    "Assignment",
    "Block",
    "Bulletin",
    "Citation",
    "Claim",
    "Contact",
    "DateRef",
    "Extraction",
    "Finding",
    "GongwenError",
    "Inspection",
    "Leftover",
    "Measure",
    "Organisation",
    "Quantity",
    "Remark",
    "Section",
    "Span",
    "Total",
    "__version__",
    "check",
    "clean_text",
    "compose",
    "decode",
    "extract",
    "extract_file",
    "read",
    "read_lines",
]
