"""摘要: what was read, for a person: a few lines for one document, a table for many."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from gongwen.commands.outcomes import Outcome

_HEAD = ("文件", "格式", "文种", "问题", "措施", "数字", "文件引用", "日期", "剩余", "意见", "说明")
_LONGEST = 36


def summary(outcome: Outcome) -> str:
    """A few lines."""
    counts = outcome.counts
    if counts is None:
        return outcome.problem
    return "\n".join(
        [
            f"{Path(outcome.file).name}：{counts.kind}，{counts.title or '（未见标题）'}",
            f"  发文：{counts.issuer or '未见署名'}，{counts.issued_on or '未见日期'}",
            (
                f"  问题 {counts.findings} 个，措施 {counts.measures} 条，数字 {counts.figures} 处，引用文件 {counts.citations} 件，"
                f"日期 {counts.dates} 处，未识别 {counts.leftovers} 处，检查意见 {counts.remarks} 条"
            ),
        ]
    )


def table(outcomes: Sequence[Outcome]) -> str:
    """One row a file, and their sum."""
    rows = [_row(outcome) for outcome in outcomes]
    rows.append(_sum(outcomes))
    widths = [max(width(row[n]) for row in [_HEAD, *rows]) for n in range(len(_HEAD))]
    return "\n".join(_aligned(row, widths) for row in [_HEAD, *rows])


def _row(outcome: Outcome) -> tuple[str, ...]:
    name, counts = _short(Path(outcome.file).name), outcome.counts
    if counts is None:
        return (name, *[""] * 9, _short(outcome.problem.partition("：")[2] or outcome.problem))
    numbers = (
        counts.findings,
        counts.measures,
        counts.figures,
        counts.citations,
        counts.dates,
        counts.leftovers,
        counts.remarks,
    )
    return (name, counts.format, counts.kind, *map(str, numbers), "")


def _sum(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    read = [outcome.counts for outcome in outcomes if outcome.counts]
    refused = sum(outcome.counts is None for outcome in outcomes)
    names = ("findings", "measures", "figures", "citations", "dates", "leftovers", "remarks")
    totals = [str(sum(getattr(counts, name) for counts in read)) for name in names]
    return (f"合计 {len(read)} 件", "", "", *totals, f"未能读取 {refused} 件" if refused else "")


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    """Words to the left, numbers to the right."""
    cells = []
    for number, (cell, room) in enumerate(zip(row, widths, strict=True)):
        gap = " " * (room - width(cell))
        cells.append(gap + cell if 3 <= number <= 9 else cell + gap)  # noqa: PLR2004  (the columns of numbers)
    return "  ".join(cells).rstrip()


def width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
