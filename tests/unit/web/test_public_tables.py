"""Tables of an edition, their dictionary, what may stand in a cell; searching; differences."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.web.editions import content, corrected
from zhenggai.web.public import tables
from zhenggai.web.public.changes import changes
from zhenggai.web.public.search import EXCERPTS, LONGEST, MOST, Index, TooLong, fold
from zhenggai.web.public.tables import TABLES, Table, as_csv, as_json, cell, dictionary_csv, dictionary_json
from zhenggai.web.public.words import day, grouped, moment


def read(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_dictionary_has_the_columns_of_the_table(table: Table):
    head, *rows = read(as_csv(table, content()))
    said = [row for row in read(dictionary_csv())[1:] if row[0] == table.name]
    assert [row[2] for row in said] == head
    entries = json.loads(as_json(table, content()))[table.name]
    assert all(list(entry) == [row[1] for row in said] for entry in entries)
    assert len(entries) == len(rows) > 0
    assert [
        each["column"] for each in json.loads(dictionary_json())["columns"] if each["table"] == table.name
    ] == [row[1] for row in said]
    assert all(row[3] and row[4] for row in said)


def test_every_key_of_an_edition_is_a_column():
    """What the edition says of a figure, a closure, an indicator is not lost on the way into the tables."""
    own = content()
    for table in TABLES:
        assert set(own[table.name][0]) <= {column.key for column in table.columns}, table.name


def test_numbers_are_numbers():
    head, first, *_ = read(as_csv(tables.FIGURES, content()))
    row = dict(zip(head, first, strict=True))
    assert (row["数值"], row["单位"], row["文中写法"]) == ("2888800", "元", "288.88万元")
    assert row["佐证摘要"].split(" ") == ["3f" * 32, "ab" * 32]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=1+1", "'=1+1"), ("+86", "+86"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2", "-2"), ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), ("＝1+1", "'＝1+1"), ("-0.50", "-0.50"),
        ("12", "12"), (12, "12"), (-3, "-3"), (["a", "b"], "a b"), (["=a"], "'=a"), ("a=1", "a=1"), ("", ""), ("a\x00b", "a\ufffdb"),
    ],
)  # fmt: skip
def test_cells(value: object, written: str):
    assert cell(value) == (f"'{written}" if value == "+86" else written)


@given(st.text(max_size=20))
def test_no_cell_is_a_formula(value: str):
    written = cell(value)
    assert not written.startswith(("=", "+", "@", "\t", "\r"))
    if written.startswith("-"):
        float(written)


def test_every_text_of_every_table_is_harmless():
    own = content()
    for one in (*own["figures"], *own["closures"], *own["progress"]):
        one.update({key: "=HYPERLINK(1)" for key, value in one.items() if isinstance(value, str)})
    for table in TABLES:
        assert not [each for row in read(as_csv(table, own)) for each in row if each.startswith("=")]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2888800", "2,888,800"),
        ("-1234.50", "-1,234.50"),
        ("12", "12"),
        ("0.5", "0.5"),
        ("约5", "约5"),
        ("", ""),
    ],
)
def test_numbers_are_parted_by_thousands(value: str, said: str):
    assert grouped(value) == said


@pytest.mark.parametrize(
    ("written", "said"), [("2026-01-09", "2026年1月9日"), ("", ""), ("2026年", "2026年"), ("a-b-c", "a-b-c")]
)
def test_days(written: str, said: str):
    assert day(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026-11-24T16:30:00+00:00", "2026年11月25日00:30（北京时间）"),
        ("2026-11-24", "2026-11-24"),
        ("x", "x"),
        ("", ""),
    ],
)
def test_moments(written: str, said: str):
    assert moment(written) == said


# --- searching ---------------------------------------------------------------------------------------------------------------------------


def edition(title: str = "通报", *paragraphs: str, number: int = 1) -> dict[str, object]:
    return {
        "path": f"a/{number}/",
        "title": title,
        "number": number,
        "day": "2026年11月24日",
        "latest": True,
        "paragraphs": list(paragraphs),
    }


EDITIONS = [
    edition(
        "关于巡视整改进展情况的通报", "追回资金288.88万元，涉及农户1206户。", "修订《惠民补贴发放管理办法》。"
    ),
    edition("销号公示", "治水护河责任落实不严。", "ＡＢＣ河段已清理，资金到位。"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("资金", [0, 1]), ("农户", [0]), ("公示", [1]), ("资金 农户", [0]), ("巡视　农户", [0]), ("abc", [1]), ("ABC河", [1]), ("２８８", [0]),
        ("资金 没有", []), ("没有", []), ("", []), ("   ", []), ("\x00", []), ("《惠民", [0]), ("的", [0]),
    ],
)  # fmt: skip
def test_words_are_found(query: str, found: list[int]):
    results, total = Index(EDITIONS).find(query)
    assert [result.title for result in results] == [EDITIONS[at]["title"] for at in found]
    assert total == len(found)


def test_an_excerpt_has_its_place_and_marks_the_words():
    (result,), _ = Index([edition("通报", "前言。", "甲" * 200 + "追回资金" + "乙" * 200 + "资金")]).find(
        "资金"
    )
    (excerpt,) = result.excerpts
    assert (excerpt.number, excerpt.place) == (1, 2)
    assert [text for hit, text in excerpt.pieces if hit] == ["资金"]
    said = "".join(text for _, text in excerpt.pieces)
    assert said.startswith("…甲")
    assert said.endswith("乙…")
    assert len(said) < 120


def test_what_is_shown_is_bounded():
    results, total = Index([edition("资金", *["资金"] * 9, number=n) for n in range(MOST + 5)]).find("资金")
    assert (len(results), total) == (MOST, MOST + 5)
    assert {len(result.excerpts) for result in results} == {EXCERPTS}


@pytest.mark.parametrize("query", ["资" * (LONGEST + 1), "一 二 三 四 五 六 七"])
def test_long_questions_are_refused(query: str):
    with pytest.raises(TooLong, match="最多"):
        Index(EDITIONS).find(query)


@given(st.text(max_size=30))
def test_folding_keeps_every_place(text: str):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(min_size=1, max_size=60), st.data())
def test_any_part_of_a_paragraph_is_found_and_the_excerpt_is_of_it(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    word = text[start : start + data.draw(st.integers(1, 5))]
    results, total = Index([edition("通报", text)]).find(word)
    wanted = word.replace("\x00", "").split()
    if (
        wanted
        and "\x00" not in word
        and fold(word).split()
        and "".join(fold(word).split()) == "".join(map(fold, wanted))
    ):
        assert total == 1
        for excerpt in results[0].excerpts:
            assert "".join(piece for _, piece in excerpt.pieces).strip("…") in text


# --- differences -------------------------------------------------------------------------------------------------------------------------


def test_what_changed():
    found = changes(content(), corrected())
    assert [(each.label, each.before, each.now) for each in found.figures] == [
        ("涉及农户", "1206户", "1216户")
    ]
    assert [line.kind for line in found.lines] == ["changed", "added"]
    assert found.closed == ["第9号 项目招投标监管不力"]
    assert changes(corrected(), content()).no_longer_closed == found.closed


def test_nothing_changed():
    assert changes(content(), content()).none
    assert not changes(content(), corrected()).none


def test_figures_alike_are_told_apart_by_their_order():
    new = content()
    new["figures"][8] |= {"text": "21", "value": "21"}
    (change,) = changes(content(), new).figures
    assert (change.before, change.now, change.number) == ("20", "21", 9)


def test_figures_come_and_go():
    new = content()
    gone = new["figures"].pop(0)
    found = changes(content(), new).figures
    assert [(each.label, each.before, each.now, each.number) for each in found] == [
        (gone["label"], "288.88万元（2,888,800元）", "", 0)
    ]
    assert [(each.before, each.now) for each in changes(new, content()).figures] == [
        ("", "288.88万元（2,888,800元）")
    ]


@given(
    st.lists(st.text("甲乙丙。1", max_size=8), max_size=6),
    st.lists(st.text("甲乙丙。1", max_size=8), max_size=6),
)
def test_both_texts_can_be_read_from_a_changed_paragraph(old: list[str], new: list[str]):
    before, after = content(), content()
    before["paragraphs"] = [{"role": "text", "text": each} for each in old]
    after["paragraphs"] = [{"role": "text", "text": each} for each in new]
    for line in changes(before, after).lines:
        was = "".join(piece.text for piece in line.pieces if piece.kind != "added")
        now = "".join(piece.text for piece in line.pieces if piece.kind != "removed")
        assert line.kind == "added" or was in old
        assert line.kind == "removed" or now == new[line.number]
