"""字词: what codes of an edition are called on the page. Plain Python."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

SOURCES: Mapping[str, tuple[str, str]] = {
    "computed": ("台账计算", "由整改台账按办理情况逐项计算得出，没有人手工填写。"),
    "derived": ("推算", "由本页的其他数字推算得出。"),
    "reported": ("单位填报", "由责任单位填报，经单位主要负责人签发；附有佐证材料的，列出其摘要。"),
    "document": ("文件所载", "引自所列来源文件。"),
    "waived": ("免予绑定", "没有绑定来源，由审核人按所写理由同意。"),
}
"""Source class → its name, and what that means in plain words."""

GRADES: Mapping[str, str] = {
    "done": "完成整改",
    "phased": "取得阶段性成效并长期坚持",
    "infeasible": "因客观原因不再整改",
}
"""Grade of a closure → its name."""

ALGORITHMS: Mapping[str, str] = {"sha256": "SHA-256", "sm3": "SM3（国密）"}

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def grouped(value: str) -> str:
    """A number in words with its thousands parted: 2888800 → 2,888,800. Anything else as it is."""
    if not _NUMBER.fullmatch(value):
        return value
    whole, dot, rest = value.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{dot}{rest}"


def is_number(value: str) -> bool:
    """Whether a text is a plain number: digits, perhaps a sign and a decimal point."""
    return bool(_NUMBER.fullmatch(value))


def day(written: str) -> str:
    """An ISO date as people write it: 2026-11-24 → 2026年11月24日. Anything else as it is."""
    parts = written.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):  # noqa: PLR2004  # year, month, day
        return written
    return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"


_BEIJING = timezone(timedelta(hours=8))


def moment(written: str) -> str:
    """An ISO moment in Beijing time, as people write it. Anything else as it is."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written
    if at.tzinfo is None:
        return written
    at = at.astimezone(_BEIJING)
    return f"{day(at.date().isoformat())}{at:%H:%M}（北京时间）"
