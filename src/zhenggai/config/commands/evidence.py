"""``zhenggai evidence``: what stands in the store of files."""

import argparse
from datetime import timedelta

HELP = "存档文件：清理没有登记的文件"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the store."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    sweep = actions.add_parser(
        "sweep",
        help="清理没有登记的文件",
        description="列出中断的上传留下的、没有任何登记的文件；加 --delete 才删除。",
    )
    sweep.add_argument("--delete", action="store_true", help="删除；省略时只计数")
    sweep.add_argument(
        "--older-than",
        type=_hours,
        default=24.0,
        metavar="HOURS",
        help="只看存入已超过这么多小时的，默认 24；系统运行时不要少于 1",
    )


def _hours(word: str) -> float:
    hours = float(word)
    if not 0 <= hours <= 24 * 366 * 10:
        raise ValueError
    return hours


def run(options: argparse.Namespace) -> int:
    """Sweep, and say what was found."""
    from zhenggai.config.database import make_ready
    from zhenggai.evidence.sweep import sweep

    make_ready()
    swept = sweep(older_than=timedelta(hours=options.older_than), delete=options.delete)
    print(
        f"有登记的文件 {swept.named} 个，存入不足 {options.older_than:g} 小时的 {swept.young} 个，均不动；"
        f"没有登记的文件 {swept.orphans} 个，未写完的临时文件 {swept.unfinished} 个，共 {swept.size:,} 字节。"
    )
    if options.delete:
        print(f"已删除 {swept.deleted} 个。")
    elif swept.orphans + swept.unfinished:
        print("未删除任何文件；确认后加 --delete 再次运行。")
    return 0
