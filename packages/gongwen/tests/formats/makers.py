"""Files made to measure: .docx, .ofd, .xlsx and .html out of parts, so that a test shows all that matters of its file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """An archive with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# ---- Word ----


def word(body: str, *, space: str = W, **parts: str) -> bytes:
    """A .docx with this body; other parts of word/ by their name without .xml."""
    named = {
        f"word/{name}.xml": f'<w:{root} xmlns:w="{space}">{content}</w:{root}>'
        for name, content in parts.items()
        for root in [name]
    }
    main = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{space}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
        'xmlns:o="urn:schemas-microsoft-com:office:office">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return zipped({"[Content_Types].xml": _TYPES, "word/document.xml": main, **named})


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; a plain string is a run of its own."""
    inner = "".join(run if run.startswith("<") else r(run) for run in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    marked = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{marked}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    """A paragraph that Word numbers."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def levels(*forms: tuple[str, str]) -> str:
    """A list's definition: format and text of each level."""
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(forms)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{inner}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def table(*rows: Iterable[str]) -> str:
    """A table; a cell that begins with < is written as it stands."""
    lines = "".join(
        "<w:tr>"
        + "".join(cell if cell.startswith("<") else f"<w:tc>{p(cell)}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{lines}</w:tbl>"


# ---- OFD ----

O = "http://www.ofdspec.org/2016"  # noqa: E741  (as its files abbreviate it)


def ofd(
    *pages: str, space: str = f'xmlns:ofd="{O}"', prefix: str = "ofd:", extra: Mapping[str, str] | None = None
) -> bytes:
    """An .ofd whose pages hold these objects."""
    listed = "".join(
        f'<{prefix}Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    parts = {
        "OFD.xml": f"<{prefix}OFD {space}><{prefix}DocBody><{prefix}DocRoot>Doc_0/Document.xml</{prefix}DocRoot></{prefix}DocBody></{prefix}OFD>",
        "Doc_0/Document.xml": (
            f"<{prefix}Document {space}><{prefix}CommonData><{prefix}PageArea><{prefix}PhysicalBox>0 0 210 297</{prefix}PhysicalBox>"
            f"</{prefix}PageArea></{prefix}CommonData><{prefix}Pages>{listed}</{prefix}Pages></{prefix}Document>"
        ),
        **{
            f"Doc_0/Pages/Page_{n}/Content.xml": f"<{prefix}Page {space}><{prefix}Content><{prefix}Layer>{page}</{prefix}Layer></{prefix}Content></{prefix}Page>"
            for n, page in enumerate(pages)
        },
    }
    return zipped({**parts, **(extra or {})})


def placed(
    text: str, left: float, top: float, *, size: float = 5.0, prefix: str = "ofd:", each: bool = False
) -> str:
    """A line of an .ofd: one object with distances, or each character an object of its own."""
    if each:
        return "".join(
            placed(sign, left + size * n, top, size=size, prefix=prefix) for n, sign in enumerate(text)
        )
    delta = f' DeltaX="g {len(text) - 1} {size:g}"' if len(text) > 1 else ""
    return (
        f'<{prefix}TextObject ID="1" Boundary="{left:g} {top:g} {size * len(text):g} {size:g}" Font="1" Size="{size:g}">'
        f'<{prefix}TextCode X="0" Y="{0.85 * size:g}"{delta}>{escape(text)}</{prefix}TextCode></{prefix}TextObject>'
    )


def set_in_lines(
    paragraphs: Iterable[str], *, width: int = 30, left: float = 28.0, top: float = 37.0, step: float = 9.0
) -> str:
    """Paragraphs of an .ofd as a setter breaks them: first lines set in by two characters."""
    objects, line = [], 0
    for paragraph in paragraphs:
        words, indent = paragraph, 2
        while words:
            objects.append(placed(words[: width - indent], left + 5.0 * indent, top + step * line))
            words, indent, line = words[width - indent :], 0, line + 1
    return "".join(objects)
