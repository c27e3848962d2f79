"""``zhenggai import``: read documents into the ledger."""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zhenggai.journal.acts import Actor
    from zhenggai.ledger.imports import Outcome

HELP = "把文件读入台账：逐条形成建议，--accept-all 全部采纳"
BUILDS = True
"""Works in a data folder that holds no system yet."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files and how they are taken in."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="文件：.docx、.doc、.wps、.pdf、.ofd、.html、.xlsx、.csv、.txt、.md、图片等",
    )
    parser.add_argument(
        "--inspection",
        metavar="CODE",
        default="",
        help="所属检查的编号；省略时按文件内容查找，找不到则登记新检查",
    )
    parser.add_argument("--accept-all", action="store_true", help="采纳全部可以直接采纳的条目")
    parser.add_argument(
        "--as",
        dest="post",
        metavar="POST",
        default="",
        help="办理岗位的代码；省略时为 office，尚未设立任何岗位时由系统办理",
    )
    parser.add_argument("--json", action="store_true", help="以 JSON 输出结果，每个文件一行")


def run(options: argparse.Namespace) -> int:
    """Read each file; a failing one is reported and the others are done."""
    from zhenggai.config.actors import actor
    from zhenggai.config.database import make_ready

    make_ready(build=True)
    by = actor(options.post)
    failed = [file for file in options.files if not _read(file, options, by)]
    return 1 if failed else 0


def _read(file: str, options: argparse.Namespace, by: "Actor") -> bool:
    from zhenggai.core.errors import Refusal
    from zhenggai.ledger.imports import read_file

    try:
        data = Path(file).read_bytes()
    except OSError as error:
        print(f"{file}：无法打开文件（{reason_of(error)}），请检查路径和权限。", file=sys.stderr)
        return False
    try:
        outcome = read_file(
            name=_plain_name(file),
            data=data,
            inspection_code=options.inspection,
            accept_all=options.accept_all,
            by=by,
        )
    except Refusal as refusal:
        print(f"{file}：{refusal.sentence}", file=sys.stderr)
        return False
    for note in outcome.notes:
        print(f"{file}：{note}", file=sys.stderr)
    print(json.dumps(outcome.as_dict(), ensure_ascii=False) if options.json else _sentence(outcome))
    return True


def _plain_name(file: str) -> str:
    """The file's name; bytes of it that are no text show as �."""
    return os.fsencode(Path(file).name).decode("utf-8", "replace")


def reason_of(error: OSError) -> str:
    """Why a file could not be opened, in words."""
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    if isinstance(error, IsADirectoryError):
        return "这是一个目录"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    return str(error.strerror)


def _sentence(outcome: "Outcome") -> str:
    total = outcome.total
    if outcome.repeated:
        text = f"{outcome.reading.inspection.code}：该文件已读入（第 {outcome.reading.edition} 版），{total.unchanged} 条无变化"
    else:
        text = (
            f"{outcome.reading.inspection.code}：读入第 {outcome.reading.edition} 版，新增 {total.new} 条、有变化 {total.changed} 条、"
            f"无变化 {total.unchanged} 条、新版中未见 {total.missing} 条"
        )
    if total.unsure:
        text += f"、需人工认定 {total.unsure} 条"
    if wrong := outcome.remarks["error"] + outcome.remarks["warning"]:
        text += f"；检查意见 {wrong} 条，请在读件台查看"
    if outcome.accepted:
        text += f"；采纳 {outcome.accepted} 条"
    return f"{text}；待核 {outcome.open} 条。"
