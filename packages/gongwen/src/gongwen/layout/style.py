"""版式: what a page, its type and its lines measure, as data in TOML.

Guarantees
1. A style is one of the package's own, by name, or a file of the user's, by path; both are held to the same keys.
2. A missing, unknown or impossible value is a `BadStyleError` that names file, key and remedy.
3. Lengths are millimetres (`_mm`) or points (`_pt`), as their keys say.

Source: GB/T 9704-2012, 5 and 7; variations: documents of local bodies.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from gongwen.errors import BadStyleError

POINTS_A_MM = 72 / 25.4
_FOLDER = Path(__file__).parent / "styles"
_LARGEST = {"mm": 2000.0, "pt": 200.0}
_MOST = 200


@dataclass(frozen=True, slots=True)
class Page:
    """页面: paper and margins."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float


@dataclass(frozen=True, slots=True)
class Grid:
    """文档网格: lines a page and characters a line that fill the type area (版心), or a fixed distance of lines."""

    lines: int = 0
    characters: int = 0
    pitch_pt: float = 0


@dataclass(frozen=True, slots=True)
class Title:
    """标题."""

    font: str
    size_pt: float
    shape: Literal["growing", "diamond", "any"] = "any"
    blank_lines_after: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """正文."""

    font: str
    size_pt: float
    latin: str = ""
    indent_characters: int = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """层次标题."""

    font: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: how far the date's right edge is set in, in characters."""

    right_characters: int = 4
    blank_lines_before: int = 2


@dataclass(frozen=True, slots=True)
class PageNumber:
    """页码: `below_mm` from the type area down to its top."""

    font: str
    size_pt: float
    place: Literal["outside", "centre"] = "outside"
    below_mm: float = 7


@dataclass(frozen=True, slots=True)
class Table:
    """表格: one with more than `wide_columns` columns stands on turned pages, in `wide_size_pt`."""

    head_font: str
    font: str
    size_pt: float
    wide_columns: int = 6
    wide_size_pt: float = 10.5


@dataclass(frozen=True, slots=True)
class Style:
    """版式."""

    label: str
    page: Page
    grid: Grid
    title: Title
    text: Text
    heading: dict[str, Heading]
    signature: Signature
    page_number: PageNumber
    table: Table

    @property
    def text_width_pt(self) -> float:
        """版心宽."""
        return (self.page.width_mm - self.page.left_mm - self.page.right_mm) * POINTS_A_MM

    @property
    def text_height_pt(self) -> float:
        """版心高."""
        return (self.page.height_mm - self.page.top_mm - self.page.bottom_mm) * POINTS_A_MM

    @property
    def pitch_pt(self) -> float:
        """行距 in whole twentieths of a point, rounded down so that the last line still fits."""
        if self.grid.pitch_pt:
            return self.grid.pitch_pt
        return int(self.text_height_pt / self.grid.lines * 20) / 20

    @property
    def tracking_pt(self) -> float:
        """字距: what is added to each character so that `characters` fill the line; 3号 in 156 mm is a little too wide."""
        if not self.grid.characters:
            return 0.0
        return self.text_width_pt / self.grid.characters - self.text.size_pt - 0.001

    @property
    def character_pt(self) -> float:
        """一字: the width of one character of the text."""
        return self.text.size_pt + self.tracking_pt

    def level(self, level: int) -> Heading:
        """The type of a heading's level; what is deeper is set as the deepest."""
        return self.heading[str(min(max(level, 1), 4))]

    @property
    def fonts(self) -> tuple[str, ...]:
        """Every font that is named, once."""
        named = (
            self.title.font, self.text.font, *(each.font for each in self.heading.values()),
            self.page_number.font, self.table.head_font, self.table.font,
        )  # fmt: skip
        return tuple(dict.fromkeys(named))


def styles() -> dict[str, str]:
    """可用版式: the package's own styles, name → what it is."""
    return {path.stem: load_style(path.stem).label for path in sorted(_FOLDER.glob("*.toml"))}


def load_style(style: Style | str | os.PathLike[str]) -> Style:
    """A style by name (`gbt9704`), by the path of a file (one that ends in .toml), or as it is. Raises `BadStyleError`."""
    if isinstance(style, Style):
        return style
    named = os.fspath(style)
    if named.endswith(".toml"):
        return _read(Path(named))
    return _own(named)


@cache
def _own(name: str) -> Style:
    paths = {path.stem: path for path in _FOLDER.glob("*.toml")}
    if name not in paths:
        remedy = f"可选：{'、'.join(sorted(paths))}；也可以给出自己的 .toml 文件"
        raise BadStyleError(name, "", "没有这种版式", remedy)
    return _read(paths[name])


def _read(path: Path) -> Style:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadStyleError(
            path.name, "", f"文件打不开（{error.strerror}）", "请核对文件名和读取权限"
        ) from None
    except UnicodeDecodeError:
        raise BadStyleError(path.name, "", "文件不是 UTF-8 编码", "请另存为 UTF-8 后重试") from None
    except tomllib.TOMLDecodeError as error:
        raise BadStyleError(path.name, "", f"不是 TOML 文件（{error}）", "请照自带的版式文件改正") from None
    style: Style = _Reader(path.name).record(Style, said, "")
    _check(style, path.name)
    return style


class _Reader:
    """Builds the records above out of what TOML said; keeps the file's name for the sentence of a refusal."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse(self, place: str, finding: str, remedy: str) -> BadStyleError:
        return BadStyleError(self.name, place, finding, remedy)

    def record(self, model: type[Any], said: object, place: str) -> Any:
        """A table as a dataclass: every key known, every key there that has no default."""
        if not isinstance(said, Mapping):
            raise self.refuse(place, "应为一节", f"请写成 [{place}]")
        known = _typed_fields(model)
        for key in said:
            if key not in known:
                raise self.refuse(f"{place}.{key}".lstrip("."), "没有这个键", f"可用的键：{'、'.join(known)}")
        values = {}
        for key, (field, kind) in known.items():
            path = f"{place}.{key}".lstrip(".")
            if key in said:
                values[key] = self.value(kind, said[key], path)
            elif field.default is MISSING:
                raise self.refuse(path, "缺少这一项", "请照 gbt9704.toml 补上")
        return model(**values)

    def value(self, kind: Any, said: object, place: str) -> Any:
        """A value of the type that its key has."""
        if is_dataclass(kind):
            return self.record(kind, said, place)  # type: ignore[arg-type]
        if get_origin(kind) is dict:
            return self._levels(said, place)
        if get_origin(kind) is Literal:
            if said not in get_args(kind):
                raise self.refuse(place, "的取值不认识", f"可选：{'、'.join(get_args(kind))}")
            return said
        if kind is str:
            if not isinstance(said, str) or not said.strip() or not said.isprintable():
                raise self.refuse(place, "应为文字", '请写成 "仿宋_GB2312" 这样的形式')
            return said
        if kind is bool:
            if not isinstance(said, bool):
                raise self.refuse(place, "应为 true 或 false", "请改正")
            return said
        return self._number(kind, said, place)

    def _number(self, kind: Any, said: object, place: str) -> float:
        most = _LARGEST.get(place.rpartition("_")[2], float(_MOST))
        fits = isinstance(said, int if kind is int else (int, float)) and not isinstance(said, bool)
        if not fits or not 0 <= said <= most:  # type: ignore[operator]
            whole = "整数" if kind is int else "数"
            raise self.refuse(place, f"应为 0 至 {most:g} 之间的{whole}", "请改正")
        return said  # type: ignore[return-value]

    def _levels(self, said: object, place: str) -> dict[str, Heading]:
        if not isinstance(said, Mapping) or set(said) != {"1", "2", "3", "4"}:
            raise self.refuse(place, "应有四级", "请写全 [heading.1] 至 [heading.4]")
        return {level: self.record(Heading, said[level], f"{place}.{level}") for level in sorted(said)}


def _typed_fields(model: type[Any]) -> dict[str, tuple[Field[Any], Any]]:
    hints = get_type_hints(model)
    return {field.name: (field, hints[field.name]) for field in fields(model)}


def _check(style: Style, name: str) -> None:
    """What numbers that are fine by themselves cannot be together."""
    for place, finding, remedy in _impossible(style):
        raise BadStyleError(name, place, finding, remedy)


def _impossible(style: Style) -> Iterator[tuple[str, str, str]]:
    smallest = 4.0
    for place, size in (
        ("title.size_pt", style.title.size_pt),
        ("text.size_pt", style.text.size_pt),
        ("page_number.size_pt", style.page_number.size_pt),
        ("table.size_pt", style.table.size_pt),
        ("table.wide_size_pt", style.table.wide_size_pt),
    ):
        if size < smallest:
            yield place, f"小于 {smallest:g} 磅", "字号请用磅值，3号字是 16"
    if style.text_width_pt < 10 * style.text.size_pt or style.text_height_pt < 5 * style.text.size_pt:
        yield "page", "页边距过大，版心容不下文字", "请减小页边距"
        return
    if bool(style.grid.lines) == bool(style.grid.pitch_pt):
        yield "grid", "lines 与 pitch_pt 应当恰有一项", "请写每页行数，或写固定行距"
        return
    if style.pitch_pt < style.text.size_pt or style.pitch_pt > style.text_height_pt:
        yield (
            "grid",
            f"行距 {style.pitch_pt:g} 磅与字号 {style.text.size_pt:g} 磅或版心不相容",
            "请调整行数或行距",
        )
    if style.grid.characters and not 0.7 <= style.character_pt / style.text.size_pt <= 2:  # noqa: PLR2004
        yield "grid.characters", "每行字数与字号、版心宽度不相容", "请调整每行字数"
