"""``zhenggai journal``: the trail of official acts."""

import argparse
import json
import time

HELP = "核验日志：哈希链是否完整，台账现有内容是否与日志一致"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the journal."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    verify = actions.add_parser(
        "verify", help="核验日志与台账", description="核验日志与台账；发现问题时退出码为 1。"
    )
    verify.add_argument("--json", action="store_true", help="以 JSON 输出结果")


def run(options: argparse.Namespace) -> int:
    """Verify and print; 1 if a fault was found."""
    from zhenggai.config.database import make_ready
    from zhenggai.journal.verify import verify

    make_ready()
    started = time.perf_counter()
    report = verify()
    seconds = time.perf_counter() - started
    if options.json:
        print(json.dumps(report.as_dict() | {"seconds": round(seconds, 3)}, ensure_ascii=False))
        return 0 if report.sound else 1
    for fault in report.faults:
        print(f"✗ {fault.sentence}")
    if report.sound:
        print(
            f"核验通过：{report.events} 条日志首尾相接，{report.rows} 行台账与日志一致，用时 {seconds:.1f} 秒。"
        )
        print(f"最后一条日志的摘要：{report.head}")
        return 0
    print(f"核验未通过：读到 {report.events} 条日志，最先出现问题的一处见第一行。请保留现场，从备份比对。")
    return 1
