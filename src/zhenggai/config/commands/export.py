"""``zhenggai export``: one inspection's ledger as a file."""

import argparse
import sys
from pathlib import Path

from zhenggai.config.files import write_whole

HELP = "导出一次检查的台账"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which inspection, in which form, to where."""
    parser.add_argument("inspection", metavar="INSPECTION", help="检查编号，例如 2024-XS-01")
    parser.add_argument("--format", choices=("json", "csv", "xlsx"), default="json", help="格式，默认 json")
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
    from zhenggai.exchange.exports import export
    from zhenggai.ledger.handling.standing import inspection_seen

    make_ready()
    by = actor(options.post)
    content = export(inspection_seen(by, options.inspection), options.format, by=by).content
    if not options.out and options.format == "xlsx" and sys.stdout.isatty():
        raise Refusal("工作簿不能显示在终端上，请用 --out 文件名 指定输出文件。")
    if not options.out:
        sys.stdout.buffer.write(content)
        return 0
    write_whole(Path(options.out), [content])
    print(f"已导出到 {options.out}（{len(content)} 字节）。", file=sys.stderr)
    return 0
