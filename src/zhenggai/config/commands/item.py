"""``zhenggai item``: the problems of an inspection, where each stands, and the acts of closing; as a post sees and may do it."""

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from zhenggai.exchange.items import TaskLine
    from zhenggai.ledger.models import Finding
    from zhenggai.parties.models import Post

HELP = "查看问题的办理情况，申请销号、审核、退回、撤回、登记复发"

ACTS = {
    "apply": ("APPLY", "申请销号"),
    "approve": ("APPROVE", "审核通过轮到的一步"),
    "return": ("RETURN", "退回申请"),
    "withdraw": ("WITHDRAW", "撤回本单位的申请"),
    "relapse": ("RELAPSE", "登记已销号的问题复发，另立新一轮"),
}
"""Word on the command line → the act, and what it does."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which item, from which post."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser(
        "list", help="列出一次检查的问题", description="列出一次检查的问题和办理情况。"
    )
    listed.add_argument("inspection", metavar="INSPECTION", help="检查编号")
    listed.add_argument("--waiting", action="store_true", help="只列出现在轮到该岗位审核的")
    _who(listed)
    show = actions.add_parser(
        "show", help="显示一个问题", description="显示一个问题的四项状态、销号还缺什么和办理经过。"
    )
    _item(show)
    _who(show)
    for word, (_, what) in ACTS.items():
        sub = actions.add_parser(word, help=what, description=f"{what}。")
        _item(sub)
        _said(sub, word)
        _who(sub)


def _item(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("inspection", metavar="INSPECTION", help="检查编号")
    parser.add_argument("number", metavar="NUMBER", help="问题编号")


def _who(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="post", metavar="POST", required=True, help="岗位的代码")
    parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")


def _said(parser: argparse.ArgumentParser, word: str) -> None:
    if word == "apply":
        parser.add_argument("--grade", default="done", help="等次：done、phased、infeasible，或其中文名称")
        parser.add_argument("--text", default="", help="申请说明")
        parser.add_argument("--next-check", metavar="DATE", default="", help="下次复查日期（长期坚持时填写）")
        parser.add_argument("--short", action="store_true", help="按立行立改的简易程序申请")
    else:
        parser.add_argument("--reason", dest="text", default="", help="意见或理由")
    if word == "relapse":
        parser.add_argument("--found", metavar="DATE", default="", help="发现日期，默认今天")


def run(options: argparse.Namespace) -> int:
    """Look, or do it from the post that is named."""
    from zhenggai.config.database import make_ready
    from zhenggai.parties.queries import post_by_code

    make_ready()
    by = post_by_code(options.post)
    if options.action == "list":
        _list(options, by)
    elif options.action == "show":
        _show(options, by)
    else:
        _do(options, by)
    return 0


def _do(options: argparse.Namespace, by: "Post") -> None:
    from zhenggai.exchange.acts import Asked, Move, day_of, number_of, perform

    asked = Asked(
        inspection=options.inspection,
        number=number_of(options.number),
        move=Move[ACTS[options.action][0]],
        grade=getattr(options, "grade", ""),
        text=options.text,
        next_check_on=day_of(getattr(options, "next_check", ""), "--next-check"),
        short=getattr(options, "short", False),
        found_on=day_of(getattr(options, "found", ""), "--found"),
    )
    sentence = perform(asked, by=by)
    if options.json:
        from zhenggai.ledger.handling.standing import finding_seen

        finding = finding_seen(by, asked.inspection, asked.number)
        print(json.dumps({**_brief(finding), "sentence": sentence}, ensure_ascii=False))
    else:
        print(sentence)


# --- list ------------------------------------------------------------------------------------------------------------------------------


def _list(options: argparse.Namespace, by: "Post") -> None:
    from django.utils import timezone

    from zhenggai.exchange.acts import standing_of
    from zhenggai.ledger.handling import waiting
    from zhenggai.ledger.handling.queries import items
    from zhenggai.ledger.handling.standing import inspection_seen, visible_findings

    inspection = inspection_seen(by, options.inspection)
    rows = visible_findings(by, items(inspection)).select_related("inspection").order_by("number")
    if options.waiting:
        rows = rows.filter(pk__in=waiting.steps(by, timezone.localdate()).values("finding"))
    found = list(rows)
    if options.json:
        print(json.dumps([_brief(row) for row in found], ensure_ascii=False))
        return
    for row in found:
        print(f"{row.number:>4}　{row.title[:36]}　{standing_of(row)}")
    print(f"共 {len(found)} 项。")


def _brief(finding: "Finding") -> dict[str, Any]:
    from zhenggai.exchange.acts import standing_of

    return {
        "inspection": finding.inspection.code,
        "number": finding.number,
        "title": finding.title,
        "review": finding.review,
        "grade": finding.grade,
        "cycle": finding.cycle,
        "returns": finding.returns,
        "closed_on": _iso(finding.closed_on),
        "next_check_on": _iso(finding.next_check_on),
        "standing": standing_of(finding),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _limit(task: "TaskLine") -> str:
    if not task.due_on:
        return ""
    first = f"，最初 {task.first_due_on}" if task.first_due_on != task.due_on else ""
    return f"（时限 {task.due_on}{first}）"


# --- show ------------------------------------------------------------------------------------------------------------------------------


def _show(options: argparse.Namespace, by: "Post") -> None:
    from django.utils import timezone

    from zhenggai.exchange.acts import number_of
    from zhenggai.exchange.items import history_of, missing_of, tasks_of
    from zhenggai.ledger.handling.standing import finding_seen

    finding = finding_seen(by, options.inspection, number_of(options.number))
    tasks = tasks_of(finding, timezone.localdate())
    missing, lines = missing_of(finding, timezone.localdate()), history_of(finding, by)
    if options.json:
        said = {
            **_brief(finding),
            "tasks": [vars(task) for task in tasks],
            "missing": missing,
            "history": lines,
        }
        print(json.dumps(said, ensure_ascii=False))
        return
    brief = _brief(finding)
    print(f"{brief['inspection']} 第 {finding.number} 号　{finding.title}")
    print(f"审核　　{brief['standing']}")
    for task in tasks:
        print(f"任务 {finding.number}.{task.number}　{task.title[:40]}")
        print(f"  时段　{task.horizon or '未定'}{'，长期坚持' if task.standing else ''}")
        print(f"  完成　{task.completion}")
        print(f"  进度　{task.schedule}{_limit(task)}")
        print(f"  责任　{task.answers or '未落实'}")
    print(
        "销号还缺："
        if missing
        else "销号所需的条件都已具备。"
        if brief["review"] != "closed"
        else "已经销号。"
    )
    for sentence in missing:
        print(f"  · {sentence}")
    print("办理经过：")
    for line in lines:
        print(f"  {line}")
