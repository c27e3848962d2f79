"""清单: what was understood, listed beside the document; every entry leads to its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from gongwen.models import Bulletin, Finding, Remark, Section
from gongwen.page.marks import STATUS, figure_note

_SEVERITY = {"error": "有误", "warning": "存疑", "hint": "提示"}


def lists_html(bulletin: Bulletin, remarks: Sequence[tuple[int, Remark]]) -> str:
    """Remarks, outline, findings, figures, citations, leftovers; empty ones are left out."""
    parts = (
        ("检查意见", [_remark(number, remark) for number, remark in remarks], True),
        ("问题", [_finding(finding) for finding in bulletin.findings], True),
        ("目录", [_section(section, depth) for section, depth in _walk(bulletin.sections, 0)], False),
        ("数字", [_figure(n, figure_note(q), q.inferred) for n, q in enumerate(bulletin.quantities)], False),
        (
            "引用文件",
            [
                f'<a href="#c{n}">《{escape(c.title)}》</a> {escape(c.verb or "")}'
                for n, c in enumerate(bulletin.citations)
            ],
            False,
        ),
        ("未识别", [f"{escape(left.text)}　{escape(left.reason)}" for left in bulletin.leftovers], False),
    )
    return "".join(_group(title, entries, opened=opened) for title, entries, opened in parts if entries)


def _group(title: str, entries: Iterable[str], *, opened: bool) -> str:
    items = [f"<li>{entry}</li>" for entry in entries]
    is_open = " open" if opened else ""
    return f"<details{is_open}><summary>{title} <small>{len(items)}</small></summary><ol>{''.join(items)}</ol></details>"


def _remark(number: int, remark: Remark) -> str:
    return f'<a href="#r{number}"><b class="{remark.severity}">{_SEVERITY[remark.severity]}</b> {escape(remark.message)}</a>'


def _finding(finding: Finding) -> str:
    status = (
        f' <i class="{finding.status_class}">{STATUS[finding.status_class]}</i>'
        if finding.status_class
        else ""
    )
    return f'<a href="#f-{escape(finding.path)}">{escape(finding.path)} {escape(finding.title)}</a>{status}'


def _section(section: Section, depth: int) -> str:
    return f'<span style="--d:{depth}" class="depth">{escape(section.number)}{escape(section.title)}</span>'


def _walk(sections: Iterable[Section], depth: int) -> Iterator[tuple[Section, int]]:
    for section in sections:
        yield section, depth
        yield from _walk(section.children, depth + 1)


def _figure(number: int, note: str, inferred: bool) -> str:  # noqa: FBT001
    doubt = " <i>推断</i>" if inferred else ""
    return f'<a href="#q{number}">{escape(note)}</a>{doubt}'
