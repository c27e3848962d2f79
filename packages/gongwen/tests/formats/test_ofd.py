"""OFD 版式文件: lines by where they stand, whichever way a program wrote them."""

from __future__ import annotations

import pytest
from makers import ofd, placed, set_in_lines
from prints import PARAGRAPHS, TEXT

from gongwen import Extraction, GongwenError, extract, read


def opened(data: bytes) -> Extraction:
    return extract(data, name="通报.ofd")


def test_paragraphs_come_back_whole() -> None:
    assert opened(ofd(set_in_lines(PARAGRAPHS))).text == TEXT


def test_a_paragraph_goes_on_over_the_page() -> None:
    words = PARAGRAPHS[5]
    first = placed(words[:28], 38, 240) + placed(words[28:58], 28, 249) + placed("— 1 —", 100, 285, size=4)
    rest = words[58:]
    second = placed("— 2 —", 100, 285, size=4) + "".join(
        placed(rest[n : n + 30], 28, 37 + 9 * (n // 30)) for n in range(0, len(rest), 30)
    )
    assert opened(ofd(first, second)).text == words + "\n"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        (placed("整改17处", 30, 40, each=True), "整改17处"),
        (placed("后", 50, 40) + placed("先", 30, 40), "先后"),
        (placed("下", 30, 60) + placed("上", 30, 40), "上下"),
        ("<ofd:PageBlock><ofd:PageBlock>" + placed("块内", 30, 40) + "</ofd:PageBlock></ofd:PageBlock>", "块内"),
        (
            '<ofd:TextObject Boundary="30 40 60 6" CTM="0.3528 0 0 0.3528 0 0" Size="14"><ofd:TextCode X="0" Y="12" DeltaX="14 14">甲乙丙</ofd:TextCode></ofd:TextObject>',
            "甲乙丙",
        ),
        (
            '<ofd:TextObject Boundary="30 40 60 6" Size="5"><ofd:TextCode X="0" Y="4">甲乙</ofd:TextCode><ofd:TextCode X="10" Y="4">丙</ofd:TextCode></ofd:TextObject>',
            "甲乙丙",
        ),
        ('<ofd:TextObject Boundary="30 40 60 6" Size="5"><ofd:TextCode X="x" Y="" DeltaX="g 1">甲</ofd:TextCode></ofd:TextObject>', "甲"),
    ],
    ids=["each", "order", "height", "blocks", "matrix", "codes", "nonsense"],
)  # fmt: skip
def test_words_of_a_page(page: str, words: str) -> None:
    assert "".join(opened(ofd(page)).text.split("\n")) == words


def object_of(words: str, left: float, *, delta: str = "", more: str = "") -> str:
    code = f'<ofd:TextCode X="0" Y="4" DeltaX="{delta}">{words}</ofd:TextCode>'
    return f'<ofd:TextObject Boundary="{left:g} 40 90 6" Size="5" {more}>{code}</ofd:TextObject>'


def test_repeated_distances_are_repeated() -> None:
    page = object_of("甲乙丁", 30, delta="g 2 10") + placed("丙", 45, 40)
    assert opened(ofd(page)).text == "甲乙丙丁\n"


def test_a_matrix_moves_and_shrinks() -> None:
    shrunk = object_of("甲乙丙", 30, delta="10 10", more='CTM="0.5 0 0 0.5 0 0"')
    assert opened(ofd(placed("丁", 46, 38) + shrunk)).text == "甲乙丙丁\n"


def test_a_short_line_ends_its_paragraph_without_an_indent() -> None:
    full = "整" * 30
    page = placed(full, 28, 40) + placed("中共浅滩县委", 28, 49) + placed(full, 28, 58)
    assert opened(ofd(page)).text.splitlines() == [full + "中共浅滩县委", full]


@pytest.mark.parametrize(
    ("space", "prefix"),
    [
        ('xmlns="http://www.ofdspec.org/2016"', ""),
        ('xmlns:o="http://www.ofdspec.org/2016"', "o:"),
        ('xmlns:ofd="http://www.ofdspec.org"', "ofd:"),
    ],
)
def test_ways_to_write_the_namespace(space: str, prefix: str) -> None:
    assert opened(ofd(placed("甲乙", 30, 40, prefix=prefix), space=space, prefix=prefix)).text == "甲乙\n"


def test_what_was_not_read_is_noted() -> None:
    notes = opened(
        ofd(
            placed("甲", 30, 40) + '<ofd:ImageObject ResourceID="1"/>',
            extra={"Doc_0/Signs/Signatures.xml": "<a/>"},
        )
    ).notes
    assert [note for note in notes if "1张图片" in note]
    assert [note for note in notes if "签章未核验" in note]


def test_it_reads_as_the_document_it_is() -> None:
    found = read(opened(ofd(set_in_lines(PARAGRAPHS))))
    assert [f.title for f in found.findings] == ["河道巡查不到位", "工程资金拨付滞后"]
    assert found.issued_on == "2026-01-15"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (ofd('<ofd:ImageObject ResourceID="1"/>'), "gongwen.no_text"),
        (ofd(placed("甲", 30, 40), extra={"Doc_0/Document.xml": "<Document><Page BaseLoc='none.xml'/></Document>"}), "gongwen.damaged_file"),
        (ofd(placed("甲", 30, 40), extra={"Doc_0/Encryptions.xml": "<a/>"}), "gongwen.encrypted_file"),
        (ofd(placed("甲", 30, 40), extra={"OFD.xml": "<OFD><DocBody>"}), "gongwen.damaged_file"),
        (ofd(placed("甲", 30, 40))[:-20], "gongwen.damaged_file"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_refusals(data: bytes, code: str) -> None:
    with pytest.raises(GongwenError) as refused:
        opened(data)
    assert refused.value.code == code
    assert str(refused.value).startswith("通报.ofd：")
