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
    parser.add_argument("--out", metavar="FILE", help="输出文件；省略时写到标准输出")


def run(options: argparse.Namespace) -> int:
    """Write the export."""
    from zhenggai.config.database import make_ready
    from zhenggai.core.errors import Refusal
    from zhenggai.exchange.exports import export
    from zhenggai.ledger.queries import inspection_by_code

    make_ready()
    content = export(inspection_by_code(options.inspection), options.format).content
    if not options.out and options.format == "xlsx" and sys.stdout.isatty():
        raise Refusal("工作簿不能显示在终端上，请用 --out 文件名 指定输出文件。")
    if not options.out:
        sys.stdout.buffer.write(content)
        return 0
    write_whole(Path(options.out), [content])
    print(f"已导出到 {options.out}（{len(content)} 字节）。", file=sys.stderr)
    return 0
