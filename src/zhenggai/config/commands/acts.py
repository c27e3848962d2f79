"""``zhenggai acts``: a list of acts, done row by row through the same gate as every other door."""

import argparse
import json
import sys
from pathlib import Path

HELP = "按清单（CSV 或 Excel）逐行办理销号：申请、审核、退回、撤回、登记复发"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The list and who does it."""
    parser.add_argument(
        "file",
        metavar="FILE",
        help="办理清单 .csv 或 .xlsx；首行为：检查编号、问题编号、办理、等次、意见、下次复查日期",
    )
    parser.add_argument("--as", dest="post", metavar="POST", required=True, help="办理岗位的代码")
    parser.add_argument("--dry-run", action="store_true", help="只试办，显示每一行的结果，不留下任何改动")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出结果，每行一条")


def run(options: argparse.Namespace) -> int:
    """Do each row; a refused one is told and the others are done."""
    from zhenggai.config.commands.import_ import reason_of
    from zhenggai.config.database import make_ready
    from zhenggai.core.errors import Refusal
    from zhenggai.exchange.actrows import read_rows
    from zhenggai.exchange.acts import perform_rows
    from zhenggai.parties.queries import post_by_code

    make_ready()
    by = post_by_code(options.post)
    try:
        data = Path(options.file).read_bytes()
    except OSError as error:
        raise Refusal(f"{options.file}：无法打开文件（{reason_of(error)}），请检查路径和权限。") from error
    done = refused = 0
    for outcome in perform_rows(read_rows(Path(options.file).name, data), by=by, rehearse=options.dry_run):
        done, refused = done + outcome.is_done, refused + (not outcome.is_done)
        if options.json:
            print(json.dumps(outcome.as_dict(), ensure_ascii=False), flush=True)
        else:
            verdict = "" if outcome.is_done else "未办理："
            print(f"第 {outcome.line} 行　{verdict}{outcome.sentence}", flush=True)
    rehearsed = "（试办，没有留下改动）" if options.dry_run else ""
    print(f"办理 {done} 行，未办理 {refused} 行{rehearsed}。", file=sys.stderr)
    return 1 if refused else 0
