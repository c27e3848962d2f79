"""字体: what stands for what, and what is said where nothing does."""

from __future__ import annotations

import builtins
from typing import Any

import pytest
from corpus.made import made

from gongwen import GongwenError
from gongwen.layout import FORMS, faces, fonts, layout

FULL = frozenset(
    {
        "FandolFang R",
        "FandolKai",
        "FandolHei",
        "FandolSong",
        "Noto Serif CJK SC",
        "Noto Sans CJK SC",
        "Libertinus Serif",
    }
)


@pytest.mark.parametrize(
    ("found", "used"),
    [
        (FULL, ["FandolSong", "FandolFang R", "FandolKai", "FandolHei", "Noto Serif CJK SC"]),
        ({"Noto Serif CJK SC", "Noto Sans CJK SC"}, [*["Noto Serif CJK SC"] * 3, "Noto Sans CJK SC", "Noto Serif CJK SC"]),
        ({"AR PL KaitiM GB", "Noto Serif CJK SC"}, ["Noto Serif CJK SC", "Noto Serif CJK SC", "AR PL KaitiM GB", None, "Noto Serif CJK SC"]),
        ({"仿宋_GB2312", "KaiTi", "SimHei", "FZXiaoBiaoSong-B05S", "SimSun"}, ["FZXiaoBiaoSong-B05S", "仿宋_GB2312", "KaiTi", "SimHei", "SimSun"]),
    ],
)  # fmt: skip
def test_the_likest_font_stands_in(
    monkeypatch: pytest.MonkeyPatch, found: set[str], used: list[str | None]
) -> None:
    monkeypatch.setattr(faces, "families", lambda: frozenset(found))
    report = fonts()
    assert [face.used for face in report.faces] == used
    assert report.can_print
    assert all(face.wanted in str(report) for face in report.faces)


def test_what_to_install_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "families", lambda: frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"}))
    assert [face.install for face in fonts().faces] == [
        None,
        "texlive-lang-chinese",
        "fonts-arphic-gkai00mp",
        None,
        None,
    ]
    assert "fonts-arphic-gkai00mp" in fonts().advice
    monkeypatch.setattr(faces, "families", lambda: FULL)
    assert fonts().advice == "字体齐全。"


def test_a_chain_ends_in_all_chinese_fonts() -> None:
    names, bold = faces.chain("仿宋_GB2312", "text", FULL)
    assert names[:2] == ("FandolFang R", "Noto Serif CJK SC")
    assert set(names) == FULL - {"Libertinus Serif"}
    assert not bold


@pytest.mark.parametrize(
    ("wanted", "part", "first", "bold"),
    [
        ("方正小标宋简体", "title", "FandolSong", True),
        ("本单位字体", "text", "FandolFang R", False),
        ("本单位标题字体", "title", "FandolSong", True),
        ("FandolHei", "title", "FandolHei", False),
    ],
)
def test_a_font_of_any_name(wanted: str, part: str, first: str, bold: bool) -> None:  # noqa: FBT001
    names, is_bold = faces.chain(wanted, part, FULL)
    assert (names[0], is_bold) == (first, bold)


def test_without_a_chinese_font_the_rest_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "families", lambda: frozenset({"DejaVu Sans"}))
    monkeypatch.setattr("gongwen.layout.typeset.families", lambda: frozenset({"DejaVu Sans"}))
    with pytest.raises(GongwenError) as refused:
        layout(made(), "pdf")
    assert refused.value.code == "gongwen.missing_font"
    assert "apt-get install fonts-noto-cjk" in str(refused.value)
    assert "docx" in str(refused.value)
    assert not fonts().can_print
    assert [bool(layout(made(), form)) for form in FORMS if form != "pdf"] == [True] * 5


def test_without_typst_the_rest_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "typst":
            raise ImportError(name)
        return real(name, *rest, **more)

    faces._searched.cache_clear()
    faces._named.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(GongwenError) as refused:
        layout(made(), "pdf")
    assert refused.value.code == "gongwen.missing_typesetter"
    assert 'pip install "gongwen[layout]"' in str(refused.value)
    assert layout(made(), "docx")


def test_fonts_of_a_folder_of_ones_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv(faces.ENVIRONMENT, f"{tmp_path}:/nowhere")
    assert faces.folders()[0] == str(tmp_path)
    assert "/nowhere" not in faces.folders()
