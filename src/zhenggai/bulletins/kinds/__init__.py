"""文种: the kinds of document that can be composed, as data beside this module (one .toml file each) or in the data folder.

A template of the same file name in ``<data>/kinds/`` stands in for ours; a new name adds one; ``extends = "tongbao"`` takes over ours and says
only what is other. A file that is no template is refused with its name, the key and the remedy, so that no half of a document is ever composed.
``docs/how-to/write-a-template.md`` tells how one is written.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from zhenggai.bulletins.kinds.sentences import Sentence, sentence
from zhenggai.bulletins.kinds.shapes import CHOICES, COLUMNS, GENERAL, SETTINGS, SHAPES, Shape
from zhenggai.bulletins.states import Audience
from zhenggai.core.errors import Refusal
from zhenggai.indicators import computing

_KEYS = {"name", "audience", "settings", "parts"}
_ROWS = ("items", "tasks")


class KindRefused(Refusal):
    """文种模板有误: a template that cannot be used."""

    code = "kind_refused"


@dataclass(frozen=True)
class Part:
    """构件: one part of a document: the block that makes it, its name (出处), its sentences, its tables and options."""

    block: str
    name: str
    words: Mapping[str, Sentence]
    lists: Mapping[str, tuple[Sentence, ...]]
    tables: Mapping[str, Mapping[str, Sentence]]
    of: str = "all"
    rows: str = "items"
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kind:
    """文种: a template. ``audience`` is for whom it is written unless another is chosen; ``settings`` are what only the unit knows."""

    code: str
    name: str
    audience: Audience
    settings: Mapping[str, str]
    parts: tuple[Part, ...]


def kind_of(code: str) -> Kind:
    """Return the kind with this code; KindRefused if there is none."""
    known = all_kinds()
    if code not in known:
        raise KindRefused(f"没有代码为“{code}”的文种，可选：{'、'.join(known)}。")
    return known[code]


def all_kinds() -> dict[str, Kind]:
    """Every kind by its code: ours in the order of their use, then those of the data folder."""
    from django.conf import settings  # noqa: PLC0415  # the folder is known once the settings are

    return _load(str(settings.DATA / "kinds"))


_OURS = ("tongbao", "baogao", "qingdan", "gongshi", "kongbai")


@cache
def _load(folder: str) -> dict[str, Kind]:
    files = {code: _shipped(code) for code in _OURS}
    files |= {file.stem: file for file in sorted(Path(folder).glob("*.toml"))}
    return {code: parse(file) for code, file in files.items()}


def _shipped(code: str) -> Path:
    return Path(__file__).parent / f"{code}.toml"


def parse(file: Path) -> Kind:
    """Read a template; KindRefused names the file, the key and what is wrong."""
    try:
        return _build(file.stem, _extended(file))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KindRefused(
            f"文种模板 {file} 无法读出：{error}。请检查是否为 UTF-8 编码的 TOML 文件，对照系统自带的模板修改。"
        ) from error
    except KeyError as error:
        raise KindRefused(f"文种模板 {file} 缺少 {error}，请对照系统自带的模板补上。") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise KindRefused(f"文种模板 {file} 有误：{error}。请对照系统自带的模板和编写说明修改。") from error


def _extended(file: Path) -> dict[str, Any]:
    """What a file says, with what it takes over; tables are joined key by key, everything else is replaced."""
    said = tomllib.loads(file.read_text(encoding="utf-8"))
    base = said.pop("extends", None)
    if base is None:
        return said
    if base not in _OURS:
        raise ValueError(f"extends 写的是“{base}”，只能是系统自带的文种：{'、'.join(_OURS)}")
    return _joined(tomllib.loads(_shipped(base).read_text(encoding="utf-8")), said)


def _joined(ours: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(ours)
    for key, value in own.items():
        both = isinstance(value, dict) and isinstance(found.get(key), dict)
        found[key] = _joined(found[key], value) if both else value
    return found


def _build(code: str, said: Mapping[str, Any]) -> Kind:
    _check_known(said, _KEYS, "模板")
    settings = _settings(said.get("settings", {}))
    if said["audience"] not in {each.value for each in Audience}:
        raise ValueError(f"audience 写的是“{said['audience']}”，只能是 public 或 internal")
    parts = tuple(_part(number, part) for number, part in enumerate(said["parts"], 1))
    if [part.block for part in parts].count("title") != 1 or parts[0].block != "title":
        raise ValueError('parts 的第一个构件须是标题（block = "title"），并且只有一个')
    return Kind(code, _string("name", said["name"]), Audience(said["audience"]), settings, parts)


def _settings(said: Mapping[str, Any]) -> dict[str, str]:
    _check_known(said, set(SETTINGS), "settings")
    days = said.get("notice_days", "")
    if days != "" and (type(days) is not int or not 1 <= days <= 366):  # noqa: PLR2004  # at most a year
        raise ValueError(f"settings.notice_days 写的是 {days!r}，须是 1 至 366 的整数")
    return {name: str(said.get(name, "")).strip() for name in SETTINGS}


def _part(number: int, said: Mapping[str, Any]) -> Part:
    where = f"parts 第 {number} 个构件"
    block = str(said.get("block", ""))
    if block not in SHAPES:
        raise ValueError(f"{where}的 block 写的是“{block}”，可选：{'、'.join(SHAPES)}")
    where, shape = f"{where}（{block}）", SHAPES[block]
    _check_known(
        said, {"block", "name", *shape.must, *shape.can, *shape.lists, *shape.tables, *shape.options}, where
    )
    known = GENERAL | set(SETTINGS) | shape.facts
    names = [name for name in (*shape.must, *shape.can) if name in shape.must or name in said]
    of, rows = said.get("of", "all"), said.get("rows", "items")
    if of not in CHOICES:
        raise ValueError(f"{where}的 of 写的是“{of}”，可选：{'、'.join(CHOICES)}")
    if rows not in _ROWS:
        raise ValueError(f"{where}的 rows 写的是“{rows}”，可选：{'、'.join(_ROWS)}")
    columns = tuple(_columns(where, said["columns"])) if "columns" in shape.options else ()
    return Part(
        block=block,
        name=_string("name", said.get("name", block))[:40],
        words={name: _sentence(where, name, said[name], known) for name in names},
        lists={name: tuple(_sentences(where, name, said[name], known)) for name in shape.lists},
        tables={
            name: _table(where, name, said, shape, known) for name in shape.tables if _needs(name, columns)
        },
        of=of,
        rows=rows,
        columns=columns,
    )


def _needs(table: str, columns: Sequence[tuple[str, str]]) -> bool:
    """A list without a column for the state needs no sentences for it."""
    return not columns or table in {code for code, _ in columns}


def _check_known(said: Mapping[str, Any], known: set[str], where: str) -> None:
    strange = sorted(set(said) - known)
    if strange:
        raise ValueError(f"{where}中不认识“{strange[0]}”，可用：{'、'.join(sorted(known))}")


def _string(name: str, said: Any) -> str:
    if not isinstance(said, str) or not said.strip():
        raise ValueError(f"{name} 须是一段文字")
    return said.strip()


def _sentence(where: str, name: str, said: Any, known: set[str] | frozenset[str]) -> Sentence:
    if not isinstance(said, str):
        raise TypeError(f"{where}的 {name} 须是一句话，写在引号中")
    try:
        found = sentence(said)
    except ValueError as error:
        raise ValueError(f"{where}的 {name}：{error}") from error
    if strange := sorted(found.facts - known):
        raise ValueError(
            f"{where}的 {name} 中不认识占位符“{{{strange[0]}}}”，可用：{'、'.join(sorted(known))}"
        )
    if strange := sorted(found.codes - set(computing.definitions())):
        raise ValueError(
            f"{where}的 {name} 中没有代码为“{strange[0]}”的台账指标，可用：{'、'.join(computing.definitions())}"
        )
    return found


def _sentences(where: str, name: str, said: Any, known: set[str] | frozenset[str]) -> Iterator[Sentence]:
    if not isinstance(said, list) or not said:
        raise TypeError(f"{where}的 {name} 须是若干句话，写在方括号中")
    for number, each in enumerate(said, 1):
        yield _sentence(where, f"{name} 第 {number} 句", each, known)


def _table(
    where: str, name: str, said: Mapping[str, Any], shape: Shape, known: set[str] | frozenset[str]
) -> dict[str, Sentence]:
    table = said[name]
    _check_known(table, set(shape.tables[name]), f"{where}的 {name}")
    return {key: _sentence(where, f"{name}.{key}", table[key], known) for key in shape.tables[name]}


def _columns(where: str, said: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Pairs of a column's code and its head."""
    if not said:
        raise ValueError(f"{where}的 columns 不能为空")
    for each in said:
        if not isinstance(each, list) or [type(cell) for cell in each] != [str, str]:
            raise TypeError(f"{where}的 columns 中每一列须是 [代码, 列名] 两段文字")
        if each[0] not in COLUMNS:
            raise ValueError(f"{where}的 columns 中不认识“{each[0]}”，可用：{'、'.join(COLUMNS)}")
        yield each[0], _string("列名", each[1])
