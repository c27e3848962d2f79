"""``zhenggai export``: one inspection's ledger as a file."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from zhenggai.config.files import write_whole

if TYPE_CHECKING:
    from zhenggai.journal.acts import Actor
    from zhenggai.ledger.models import Inspection

HELP = "导出一次检查的台账，或三张清单中的一张"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which inspection, in which form, to where."""
    parser.add_argument("inspection", metavar="INSPECTION", help="检查编号，例如 2024-XS-01")
    parser.add_argument(
        "--format",
        choices=("json", "csv", "xlsx", "docx"),
        default="json",
        help="格式，默认 json；docx 只用于清单",
    )
    parser.add_argument(
        "--list",
        dest="kind",
        choices=("problems", "tasks", "duties"),
        default="",
        help="只导出一张清单：问题清单、任务清单或责任清单，格式为 xlsx 或 docx",
    )
    parser.add_argument(
        "--as",
        dest="post",
        metavar="POST",
        default="",
        help="以哪个岗位导出（岗位代码），只导出该岗位可见的内容；省略时为 office，尚未设立任何岗位时由系统导出",
    )
    parser.add_argument("--out", metavar="FILE", help="输出文件；省略时写到标准输出")


def run(options: argparse.Namespace) -> int:
    """Write the export."""
    from zhenggai.config.actors import actor
    from zhenggai.config.database import make_ready
    from zhenggai.core.errors import Refusal
    from zhenggai.ledger.handling.standing import inspection_seen

    make_ready()
    by = actor(options.post)
    content = _content(inspection_seen(by, options.inspection), options, by)
    if not options.out and options.format in ("xlsx", "docx") and sys.stdout.isatty():
        raise Refusal("工作簿和文档不能显示在终端上，请用 --out 文件名 指定输出文件。")
    if not options.out:
        sys.stdout.buffer.write(content)
        return 0
    write_whole(Path(options.out), [content])
    print(f"已导出到 {options.out}（{len(content)} 字节）。", file=sys.stderr)
    return 0


def _content(inspection: "Inspection", options: argparse.Namespace, by: "Actor") -> bytes:
    """The bytes of the ledger, or of the list that is asked for."""
    from zhenggai.core.errors import Refusal
    from zhenggai.exchange.exports import FORMS, export
    from zhenggai.exchange.list_files import export_list
    from zhenggai.exchange.lists import ListKind

    if options.kind:
        return export_list(inspection, ListKind(options.kind), options.format, by=by).content
    if options.format not in FORMS:
        raise Refusal("docx 只用于三张清单，请加上 --list problems、tasks 或 duties。")
    return export(inspection, options.format, by=by).content
