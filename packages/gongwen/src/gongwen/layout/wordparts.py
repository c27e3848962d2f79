"""Word 文档的各部件: what stands around the text in a .docx: types, relations, styles, settings, fonts, page numbers, properties.

Guarantees
1. No author, no time, no path: the same bulletin in the same style is the same file, byte for byte.
2. Every font is named as the style names it, with one that stands in for it where it is not installed.
"""

from __future__ import annotations

from functools import lru_cache
from math import floor
from xml.sax.saxutils import escape, quoteattr

from gongwen.layout.style import POINTS_A_MM, Style

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# What stands in for a font where it is missing; office programs know these by one name or the other.
_ALTERNATIVES = {
    "方正小标宋简体": "方正小标宋_GBK",
    "仿宋_GB2312": "仿宋",
    "楷体_GB2312": "楷体",
    "黑体": "SimHei",
    "宋体": "SimSun",
}

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{_WORD}.fontTable+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{_WORD}.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    "</Types>"
)
RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
DOCUMENT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/fontTable" Target="fontTable.xml"/>'
    f'<Relationship Id="rId4" Type="{_OFFICE}/footer" Target="footer1.xml"/>'
    f'<Relationship Id="rId5" Type="{_OFFICE}/footer" Target="footer2.xml"/>'
    "</Relationships>"
)
SETTINGS = (
    f'{HEAD}<w:settings {W}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:doNotExpandShiftReturn/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)


def twips(points: float) -> int:
    """Twentieths of a point, as Word counts lengths."""
    return round(points * 20)


def twips_mm(millimetres: float) -> int:
    """The same of millimetres."""
    return round(millimetres * POINTS_A_MM * 20)


def half_points(points: float) -> int:
    """Half points, as Word counts sizes of type."""
    return round(points * 2)


def core(title: str) -> str:
    """文档属性: title and language, nobody's name."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator></dc:creator><dc:language>zh-CN</dc:language></cp:coreProperties>"
    )


def fonts_of(font: str, latin: str) -> str:
    """字体: Chinese characters in one, letters and figures in the other."""
    western = quoteattr(latin or font)
    return f'<w:rFonts w:ascii={western} w:hAnsi={western} w:eastAsia={quoteattr(font)} w:cs={western} w:hint="eastAsia"/>'


@lru_cache(maxsize=16)
def font_table(fonts: tuple[str, ...]) -> str:
    """字体表: what stands in for each font."""
    entries = "".join(
        f'<w:font w:name={quoteattr(font)}><w:altName w:val={quoteattr(_ALTERNATIVES.get(font, "宋体"))}/><w:charset w:val="86"/></w:font>'
        for font in fonts
    )
    return f"{HEAD}<w:fonts {W}>{entries}</w:fonts>"


TITLE_PITCH = 1.4


def line_of(style: Style, size_pt: float) -> str:
    """行距: the style's, exactly; more only where the type asks for it."""
    return f'w:line="{twips(max(style.pitch_pt, TITLE_PITCH * size_pt))}" w:lineRule="exact"'


def style_sheet(style: Style) -> str:
    """样式表."""
    text, title = style.text, style.title
    indent = f'<w:ind w:firstLineChars="{100 * text.indent_characters}" w:firstLine="{twips(text.indent_characters * style.character_pt)}"/>'
    none = '<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    spacing = f'<w:spacing w:before="0" w:after="0" {line_of(style, text.size_pt)}/>'
    size = half_points(text.size_pt)
    number = style.page_number
    parts = [
        (
            f"{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts_of(text.font, text.latin)}"
            f'<w:kern w:val="2"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
            "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        ),
        (
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
            f'<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/>{spacing}{indent}<w:jc w:val="both"/></w:pPr>'
            f'<w:rPr><w:spacing w:val="{floor(style.tracking_pt * 20)}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
        ),
        (
            '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/>'
            f'<w:pPr><w:keepNext/><w:snapToGrid w:val="0"/><w:spacing {line_of(style, title.size_pt)}/>{none}<w:jc w:val="center"/></w:pPr>'
            f'<w:rPr>{fonts_of(title.font, "")}<w:spacing w:val="0"/><w:sz w:val="{half_points(title.size_pt)}"/><w:szCs w:val="{half_points(title.size_pt)}"/></w:rPr></w:style>'
        ),
        (
            '<w:style w:type="paragraph" w:styleId="Subtitle"><w:name w:val="Subtitle"/><w:basedOn w:val="Normal"/><w:qFormat/>'
            f'<w:pPr>{none}<w:jc w:val="center"/></w:pPr><w:rPr>{fonts_of(style.level(2).font, text.latin)}</w:rPr></w:style>'
        ),
        *(_heading(style, level) for level in (1, 2, 3, 4)),
        (
            '<w:style w:type="paragraph" w:styleId="Cell"><w:name w:val="Table Text"/><w:basedOn w:val="Normal"/>'
            f'<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="{_TABLE_LINE}" w:lineRule="auto"/>{none}<w:jc w:val="left"/></w:pPr>'
            f'<w:rPr>{fonts_of(style.table.font, text.latin)}<w:spacing w:val="0"/></w:rPr></w:style>'
        ),
        (
            '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
            f'<w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="{twips(number.size_pt)}" w:lineRule="exact"/>{none}</w:pPr>'
            f'<w:rPr>{fonts_of(number.font, number.font)}<w:sz w:val="{half_points(number.size_pt)}"/><w:szCs w:val="{half_points(number.size_pt)}"/></w:rPr></w:style>'
        ),
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
        "</w:styles>",
    ]
    return "".join(parts)


_TABLE_LINE = 276


def _heading(style: Style, level: int) -> str:
    said = style.level(level)
    bold = "<w:b/>" if said.bold else '<w:b w:val="0"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f"<w:rPr>{fonts_of(said.font, style.text.latin)}{bold}</w:rPr></w:style>"
    )


def footer(style: Style, *, even: bool) -> str:
    """页码: — 1 — with a one-em dash on each side, one character in on the outer side."""
    number = style.page_number
    side = "center" if number.place == "centre" else "left" if even else "right"
    inset = "" if side == "center" else f' w:{side}="{twips(number.size_pt)}"'
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:firstLineChars="0" w:firstLine="0"{inset}/><w:jc w:val="{side}"/></w:pPr>'
        f"{field}</w:p></w:ftr>"
    )


def section(style: Style, *, turned: bool = False) -> str:
    """节: paper, margins, page numbers and the grid of lines and characters. A turned page has the binding side at its top."""
    page = style.page
    wide, high = twips_mm(page.width_mm), twips_mm(page.height_mm)
    top, right, bottom, left = page.top_mm, page.right_mm, page.bottom_mm, page.left_mm
    if turned:
        wide, high = high, wide
        top, right, bottom, left = page.left_mm, page.top_mm, page.right_mm, page.bottom_mm
    number = style.page_number
    foot = max(bottom - number.below_mm - number.size_pt / POINTS_A_MM, 5.0)
    # A grid of characters narrower than the type is misread by LibreOffice (it counts the fraction upwards): `Normal` has the distance instead.
    grid = f'<w:docGrid w:type="lines" w:linePitch="{twips(style.pitch_pt)}"/>'
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{wide}" w:h="{high}"' + (' w:orient="landscape"' if turned else "") + "/>"
        f'<w:pgMar w:top="{twips_mm(top)}" w:right="{twips_mm(right)}" w:bottom="{twips_mm(bottom)}" w:left="{twips_mm(left)}"'
        f' w:header="{twips_mm(15)}" w:footer="{twips_mm(foot)}" w:gutter="0"/><w:cols w:space="425"/>{grid}</w:sectPr>'
    )
