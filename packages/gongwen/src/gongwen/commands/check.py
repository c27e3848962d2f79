"""检查命令: `gongwen check FILE... [--json]`, what cannot be right in a document, or should be looked at.

Guarantees
1. The exit status is 0 when every file was read and no remark is an error, else 1; wrong usage exits with 2.
2. Text goes by severity (错误、警告、提示), each remark with the words and the place it is about.
3. `--json` is one list of objects with the fields of `Remark`; with several files each object names its `file` too.
4. Results go to stdout, refusals in Chinese to stderr.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongwen.bulletin import read
from gongwen.checks import check
from gongwen.commands import DONE, REFUSED, Commands
from gongwen.errors import GongwenError
from gongwen.models import Remark, Severity

_GROUPS: tuple[tuple[Severity, str], ...] = (("error", "错误"), ("warning", "警告"), ("hint", "提示"))
_QUOTED = 40


def add(commands: Commands[Any]) -> None:
    """Enter the command."""
    command = commands.add_parser("check", help="检查公文中前后矛盾、算不拢、不合常理之处")
    command.add_argument("files", nargs="+", metavar="FILE", help="任何可读格式的文件")
    command.add_argument("--json", action="store_true", help="输出 JSON 列表")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check each file; a refused file does not keep the others from being checked."""
    status = DONE
    objects: list[dict[str, object]] = []
    for name in arguments.files:
        try:
            remarks = check(read(Path(name)))
        except GongwenError as error:
            sys.stderr.write(f"{error}\n")
            status = REFUSED
            continue
        if any(remark.severity == "error" for remark in remarks):
            status = REFUSED
        if arguments.json:
            shown = name if len(arguments.files) > 1 else None
            objects += [as_object(remark, shown) for remark in remarks]
        else:
            sys.stdout.writelines(f"{words}\n" for words in report(name, remarks))
    if arguments.json:
        sys.stdout.write(json.dumps(objects, ensure_ascii=False, indent=1) + "\n")
    return status


def as_object(remark: Remark, file: str | None = None) -> dict[str, object]:
    """A remark as JSON; spans are two-element lists."""
    head: dict[str, object] = {} if file is None else {"file": file}
    return head | {
        "code": remark.code,
        "severity": remark.severity,
        "message": remark.message,
        "span": list(remark.span),
        "text": remark.text,
        "path": remark.path,
        "related": [list(span) for span in remark.related],
    }


def report(name: str, remarks: list[Remark]) -> Iterator[str]:
    """Lines for a person: the count, then each severity with its remarks."""
    file = Path(name).name
    if not remarks:
        yield f"{file}：未发现问题。"
        return
    counts = "，".join(
        f"{title}{count}条" for kind, title in _GROUPS if (count := sum(r.severity == kind for r in remarks))
    )
    yield f"{file}：{counts}。"
    for kind, title in _GROUPS:
        chosen = [remark for remark in remarks if remark.severity == kind]
        if chosen:
            yield f"【{title}】"
            yield from (line(remark) for remark in chosen)


def line(remark: Remark) -> str:
    """One remark: reason, place by number and by character, the words, the code."""
    path = f"{remark.path}，" if remark.path else ""
    words = remark.text if len(remark.text) <= _QUOTED else remark.text[:_QUOTED] + "…"
    place = f"{path}第{remark.span.start + 1}至{remark.span.end}字"
    return f"  {remark.message}（{place}：“{words}”）[{remark.code}]"
