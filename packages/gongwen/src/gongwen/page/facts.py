"""概况: what the document is, and how much was understood, at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from gongwen.models import Bulletin, Remark


def facts_html(bulletin: Bulletin, name: str, remarks: Sequence[Remark]) -> str:
    """Facts as a line, counts as tiles, notes on opening the file, the legend."""
    inspection = bulletin.inspection
    facts = (
        bulletin.kind, bulletin.issuer, bulletin.issued_on, inspection.authority, inspection.team, inspection.round,
        inspection.party and f"被检查方：{inspection.party}", name,
    )  # fmt: skip
    line = " · ".join(escape(fact) for fact in facts if fact)
    tiles = "".join(f"<li><b>{number}</b>{label}</li>" for label, number in _counts(bulletin, remarks))
    notes = "".join(f"<li>{escape(note)}</li>" for note in bulletin.notes)
    listed = f'<ul class="opening">{notes}</ul>' if notes else ""
    return f'<p class="facts">{line}</p><ul class="tiles">{tiles}</ul>{listed}{_LEGEND}'


def _counts(bulletin: Bulletin, remarks: Sequence[Remark]) -> tuple[tuple[str, int], ...]:
    return (
        ("问题", len(bulletin.findings)),
        ("措施", sum(len(finding.measures) for finding in bulletin.findings)),
        ("数字", len(bulletin.quantities)),
        ("引用文件", len(bulletin.citations)),
        ("日期", len(bulletin.dates)),
        ("整改情况", len(bulletin.claims)),
        ("单位", len({organisation.name for organisation in bulletin.organisations})),
        ("未识别", len(bulletin.leftovers)),
        ("检查意见", len(remarks)),
    )


_LEGEND = (
    '<p class="legend" aria-label="图例"><mark class="figure">数字</mark> <mark class="total figure">总数</mark> '
    '<mark class="citation">《文件》</mark> <mark class="date">日期</mark> <mark class="claim completed">已完成</mark> '
    '<mark class="claim ongoing">正在整改</mark> <mark class="claim not_done">未完成</mark> <mark class="organisation">单位</mark> '
    '<mark class="doubt">推断或识别不清</mark> <mark class="leftover">未识别</mark> <mark class="remark error">有误</mark></p>'
)
