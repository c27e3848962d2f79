"""版式: styles as data; what is wrong with one is said by file, key and remedy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from corpus.made import made

from gongwen import GongwenError
from gongwen.layout import FORMS, layout, load_style, styles
from gongwen.layout.style import Page

OWN = Path(__file__).parents[2] / "src/gongwen/layout/styles/gbt9704.toml"


def test_the_official_format() -> None:
    style = load_style("gbt9704")
    page = style.page
    assert (page.top_mm, page.left_mm) == (37, 28)
    assert (page.width_mm - page.left_mm - page.right_mm, page.height_mm - page.top_mm - page.bottom_mm) == (
        156,
        225,
    )
    assert 22 * style.pitch_pt <= style.text_height_pt < 23 * style.pitch_pt
    assert 28 * style.character_pt <= style.text_width_pt < 29 * style.character_pt
    assert (style.title.size_pt, style.text.size_pt, style.page_number.size_pt) == (22, 16, 14)
    assert [style.level(n).font for n in (0, 1, 2, 3, 4, 7)] == [
        "黑体",
        "黑体",
        "楷体_GB2312",
        *["仿宋_GB2312"] * 3,
    ]


@pytest.mark.parametrize(
    ("name", "margins", "pitch", "bold"),
    [("local33", (28, 28, 27, 27), 33, True), ("local29", (35, 33, 27, 27), 29, False)],
)
def test_variations(name: str, margins: tuple[float, ...], pitch: float, bold: bool) -> None:  # noqa: FBT001
    style = load_style(name)
    page = style.page
    assert (page.top_mm, page.bottom_mm, page.left_mm, page.right_mm) == margins
    assert (style.pitch_pt, style.tracking_pt, style.level(3).bold) == (pitch, 0, bold)


def test_all_are_listed() -> None:
    assert list(styles()) == ["gbt9704", "local29", "local33"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["gbt9704", "local29", "local33"])
def test_every_style_sets_every_form(name: str, form: str) -> None:
    assert layout(made(), form, style=name)  # type: ignore[arg-type]


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "本单位.toml"
    own.write_text(OWN.read_text(encoding="utf-8").replace("left_mm = 28", "left_mm = 30"), encoding="utf-8")
    assert load_style(own).page.left_mm == 30
    assert layout(made(), "html", style=own) != layout(made(), "html")


def test_a_style_built_by_hand() -> None:
    style = replace(load_style("gbt9704"), page=Page(210, 297, 30, 30, 25, 25))
    assert b"margin:30mm 25mm 30mm 25mm" in layout(made(), "html", style=style)


WRONG = [
    ("left_mm = 28", "left_mm = -1", "page.left_mm", "应为 0 至 2000 之间的数"),
    ("left_mm = 28", 'left_mm = "28"', "page.left_mm", "应为 0 至 2000 之间的数"),
    ("left_mm = 28", "left_mm = nan", "page.left_mm", "应为 0 至 2000 之间的数"),
    ("left_mm = 28", "left_mm = 190", "page", "版心容不下文字"),
    ("left_mm = 28", "", "page.left_mm", "缺少这一项"),
    ("lines = 22", "lines = 100", "grid", "不相容"),
    ("lines = 22", "lines = 22.5", "grid.lines", "整数"),
    ("lines = 22", "lines = 22\npitch_pt = 29", "grid", "恰有一项"),
    ("characters = 28", "characters = 80", "grid.characters", "不相容"),
    ("size_pt = 22", "size_pt = 2", "title.size_pt", "小于 4 磅"),
    ('shape = "any"', 'shape = "round"', "title.shape", "可选：growing、diamond、any"),
    ("[heading.4]", "[heading.5]", "heading", "请写全 [heading.1] 至 [heading.4]"),
    ("[signature]", "[signatures]", "signatures", "没有这个键"),
    ('label = "', "label = 7 # ", "label", "应为文字"),
    ('font = "黑体"', 'font = "黑体"\nbold = 1', "heading.1.bold", "应为 true 或 false"),
    ("[page]", "[page", "", "不是 TOML 文件"),
]


@pytest.mark.parametrize(("right", "wrong", "key", "finding"), WRONG, ids=[case[1][:18] for case in WRONG])
def test_a_wrong_file_is_refused(tmp_path: Path, right: str, wrong: str, key: str, finding: str) -> None:
    own = tmp_path / "本单位.toml"
    text = OWN.read_text(encoding="utf-8")
    assert right in text
    own.write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(GongwenError) as refused:
        load_style(own)
    assert refused.value.code == "gongwen.bad_style"
    assert all(words in str(refused.value) for words in ("本单位.toml", key, finding))


@pytest.mark.parametrize(
    ("name", "finding"),
    [
        ("gbt", "没有这种版式。可选：gbt9704、local29、local33"),
        ("无此文件.toml", "文件打不开"),
        ("../gbt9704", "没有这种版式"),
    ],
)
def test_a_style_that_is_not_there(name: str, finding: str) -> None:
    with pytest.raises(GongwenError, match=finding):
        load_style(name)


def test_a_style_in_another_encoding(tmp_path: Path) -> None:
    own = tmp_path / "a.toml"
    own.write_bytes(OWN.read_text(encoding="utf-8").encode("gb18030"))
    with pytest.raises(GongwenError, match="不是 UTF-8 编码"):
        load_style(own)
