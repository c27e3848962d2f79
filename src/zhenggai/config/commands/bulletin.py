"""``zhenggai bulletin``: documents composed from the ledger, checked, approved, published; as a post sees and may do it."""

import argparse
import json
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from zhenggai.config.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from zhenggai.bulletins.facts import Draft, Trouble
    from zhenggai.bulletins.models import Bulletin
    from zhenggai.journal.acts import Actor

_NUMBER = re.compile("[1-9][0-9]{0,5}")
"""Of an edition, as it is typed."""

HELP = "起草、检查、送审、审核、发布文稿（通报、报告、清单、公示）"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do, with which draft, from which post."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = _sub(actions, "list", "列出一次检查的文稿")
    listed.add_argument("inspection", metavar="INSPECTION", help="检查编号")
    compose = _sub(actions, "compose", "按台账起草文稿")
    compose.add_argument("inspection", metavar="INSPECTION", help="检查编号")
    compose.add_argument(
        "--kind", default="tongbao", help="文种：tongbao、baogao、qingdan、gongshi 或自备模板"
    )
    compose.add_argument(
        "--audience", choices=("public", "internal"), help="公开范围，默认按文种：向社会公开或内部报送"
    )
    compose.add_argument("--title", default="", help="文稿名称，默认按模板")
    check = _sub(actions, "check", "审前检查：数字是否都有来源，表述是否与台账一致")
    _draft(check)
    bind = _sub(actions, "bind", "绑定有把握的建议")
    _draft(bind)
    renew = _sub(actions, "renew", "把来源已更新的数字按现值改写")
    _draft(renew)
    for word, what, reason in (
        ("submit", "送审", False),
        ("approve", "审核通过轮到的一步", True),
        ("return", "退回起草", True),
        ("recall", "撤回修改", True),
        ("drop", "作废", True),
    ):
        sub = _sub(actions, word, what)
        _draft(sub)
        if reason:
            sub.add_argument("--reason", default="", help="意见或理由")
    revise = _sub(actions, "revise", "在已发布的最新一版上起草更正版")
    _draft(revise)
    revise.add_argument("--reason", required=True, help="更正了什么、为什么")
    publish = _sub(actions, "publish", "定版发布；或只用 --static 写出全部公开页")
    publish.add_argument("draft", nargs="?", metavar="DRAFT", help="文稿编号；省略时只写出公开页")
    publish.add_argument("--static", type=Path, metavar="DIR", help="把公开页写成文件，任何网页服务器都能用")
    publish.add_argument("--base-url", default="", metavar="URL", help="公开页的网址，用于二维码和订阅")
    file = _sub(actions, "file", "写出文稿或已发布版本的文件")
    _draft(file)
    file.add_argument("--format", default="docx", help="docx、pdf、html、md、txt 或 json")
    file.add_argument("--style", default="gbt9704", help="版式，默认 GB/T 9704；也可给出版式文件")
    file.add_argument("--out", type=Path, metavar="FILE", help="输出文件；省略时写到标准输出")
    package = _sub(actions, "package", "写出已发布版本的核验包")
    _draft(package)
    package.add_argument("--out", type=Path, metavar="FILE", help="输出文件；省略时写到标准输出")


def _sub(actions: Any, word: str, what: str) -> argparse.ArgumentParser:
    sub: argparse.ArgumentParser = actions.add_parser(word, help=what, description=f"{what}。")
    sub.add_argument("--as", dest="post", metavar="POST", default="office", help="岗位的代码，默认 office")
    sub.add_argument("--json", action="store_true", help="以 JSON 输出结果")
    return sub


def _draft(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("draft", metavar="DRAFT", help="文稿编号，例如 2026-XS-01-W01；指定版次时加 /2")


def run(options: argparse.Namespace) -> int:
    """Look, or do it from the post that is named."""
    from zhenggai.config.database import make_ready
    from zhenggai.parties.queries import post_by_code

    make_ready()
    by = post_by_code(options.post)
    return _DOERS[options.action](options, by)


# --- looking -----------------------------------------------------------------------------------------------------------------------------


def _list(options: argparse.Namespace, by: "Actor") -> int:
    from zhenggai.bulletins.queries import visible_bulletins
    from zhenggai.ledger.handling.standing import inspection_seen

    rows = visible_bulletins(by).filter(inspection=inspection_seen(by, options.inspection)).order_by("pk")
    said = [_said(row) for row in rows]
    if options.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        for each in said:
            print(f"{each['draft']}  {each['state_label']}  {each['title']}")
        if not said:
            print("还没有文稿，用 zhenggai bulletin compose 起草。")
    return 0


def _said(row: "Bulletin") -> dict[str, Any]:
    from zhenggai.bulletins.states import DraftState

    return {
        "draft": f"{row.code}/{row.number}",
        "key": row.pk,
        "kind": row.kind,
        "audience": row.audience,
        "title": row.title,
        "state": row.state,
        "state_label": DraftState(row.state).label,
        "revision": row.revision,
    }


def _named(code: str, by: "Actor") -> "Bulletin":
    """The draft with this code, the newest edition unless one is named; NotFound if the post may not know of it."""
    from zhenggai.bulletins.queries import visible_bulletins
    from zhenggai.bulletins.states import DraftState
    from zhenggai.core.errors import NotFound

    name, slash, number = code.partition("/")
    rows = visible_bulletins(by).filter(code=name)
    if not slash:
        rows = rows.exclude(state=DraftState.DROPPED.value)
    elif _NUMBER.fullmatch(number):
        rows = rows.filter(number=int(number))
    else:
        rows = rows.none()
    found = rows.order_by("-number", "-pk").first()
    if found is None:
        raise NotFound(f"没有编号为“{code}”的文稿，请用 zhenggai bulletin list 查看已有的文稿。", code=code)
    return found


def _examined(row: "Bulletin") -> "tuple[Draft, list[Trouble]]":
    from django.utils import timezone

    from zhenggai.bulletins.checks import check
    from zhenggai.bulletins.queries import draft_of, sheet_of

    today: date = timezone.localdate()
    draft = draft_of(sheet_of(row, today), today)
    return draft, check(draft)


def _check(options: argparse.Namespace, by: "Actor") -> int:
    """Print what the checks found; 1 if something stands in the way."""
    from zhenggai.bulletins.checks import blocking
    from zhenggai.bulletins.states import FigureState

    draft, troubles = _examined(_named(options.draft, by))
    states = Counter(each.state for each in draft.figures)
    blocked = blocking(troubles)
    if options.json:
        print(
            json.dumps(
                {
                    "figures": {state.value: states[state] for state in FigureState},
                    "troubles": [
                        {"code": t.code, "severity": t.severity.value, "place": t.place, "sentence": t.sentence, "remedy": t.remedy}
                        for t in troubles
                    ],
                    "blocking": len(blocked),
                },
                ensure_ascii=False,
            )
        )  # fmt: skip
        return 1 if blocked else 0
    counted = "、".join(f"{state.label} {states[state]}" for state in FigureState if states[state])
    print(f"数字 {len(draft.figures)} 个：{counted or '无'}")
    for trouble in troubles:
        where = f"第 {trouble.place.line + 1} 段：" if trouble.place else ""
        print(f"[{trouble.severity.label}] {where}{trouble.sentence}{trouble.remedy}（{trouble.code}）")
    print(f"{len(blocked)} 处必须处理，不能送审。" if blocked else "没有必须处理的问题，可以送审。")
    return 1 if blocked else 0


# --- acting ------------------------------------------------------------------------------------------------------------------------------


def _compose(options: argparse.Namespace, by: "Actor") -> int:
    from zhenggai.bulletins.actions.drafting import open_draft
    from zhenggai.bulletins.kinds import kind_of
    from zhenggai.bulletins.states import Audience
    from zhenggai.ledger.handling.standing import inspection_seen

    audience = Audience(options.audience) if options.audience else kind_of(options.kind).audience
    row = open_draft(
        inspection=inspection_seen(by, options.inspection), kind=options.kind, audience=audience, title=options.title, by=by
    )  # fmt: skip
    return _tell(options, row, "已起草")


def _bind(options: argparse.Namespace, by: "Actor") -> int:
    from zhenggai.bulletins.sure import bind_confident

    row = _named(options.draft, by)
    made = bind_confident(bulletin=row, by=by)
    return _tell(options, row, f"已绑定 {len(made)} 个数字")


def _renew(options: argparse.Namespace, by: "Actor") -> int:
    from zhenggai.bulletins.actions.binding import renew
    from zhenggai.bulletins.states import FigureState

    row = _named(options.draft, by)
    draft, _ = _examined(row)
    stale = [each.binding for each in draft.figures if each.state is FigureState.STALE]
    touched = renew(bulletin=row, bindings=stale, by=by)
    return _tell(options, row, f"已改写 {len(touched)} 段")


def _decide(options: argparse.Namespace, by: "Actor") -> int:
    from zhenggai.bulletins.actions import approving

    row = _named(options.draft, by)
    if options.action == "submit":
        return _tell(options, approving.submit(bulletin=row, by=by), "已送审")
    acts: dict[str, tuple[Callable[..., Bulletin], str]] = {
        "approve": (approving.approve, "已通过"),
        "return": (approving.send_back, "已退回"),
        "recall": (approving.recall, "已撤回"),
        "drop": (approving.drop, "已作废"),
    }
    act, words = acts[options.action]
    return _tell(options, act(bulletin=row, reason=options.reason, by=by), words)


def _revise(options: argparse.Namespace, by: "Actor") -> int:
    from zhenggai.bulletins.actions.drafting import revise

    return _tell(
        options, revise(edition=_edition(options, by), correction=options.reason, by=by), "已起草更正版"
    )


def _publish(options: argparse.Namespace, by: "Actor") -> int:
    from zhenggai.bulletins.actions.publishing import publish
    from zhenggai.core.errors import Refusal
    from zhenggai.web.public.keep import refresh
    from zhenggai.web.public.static import write_site

    if not options.draft and not options.static:
        raise Refusal("请给出要发布的文稿编号，或用 --static 目录 写出全部公开页。")
    said: dict[str, Any] = {}
    notes: tuple[str, ...] = ()
    if options.draft:
        edition = publish(bulletin=_named(options.draft, by), by=by)
        notes += refresh().notes
        said = {"code": edition.code, "number": edition.number, "digest": edition.content_digest}
        print(f"已发布 {edition.code} 第 {edition.number} 版：{edition.title}", file=sys.stderr)
    if options.static:
        report = write_site(options.static, base_url=options.base_url)
        notes += report.notes
        said |= {"folder": str(report.folder), "files": report.files, "changed": report.changed}
        done = f"{report.files} 个文件，{report.size} 字节" + ("" if report.changed else "，没有变化")
        print(f"公开页已写入 {options.static}：{done}。", file=sys.stderr)
    for note in dict.fromkeys(notes):
        print(f"请注意：{note}", file=sys.stderr)
    if options.json:
        print(json.dumps(said, ensure_ascii=False))
    elif options.draft:
        print(said["digest"])
    return 0


def _edition(options: argparse.Namespace, by: "Actor") -> Any:
    from zhenggai.bulletins.models import Edition
    from zhenggai.core.errors import NotFound

    row = _named(options.draft, by)
    found = Edition.objects.filter(bulletin=row).first()
    if found is None:
        raise NotFound(f"文稿 {row.code} 第 {row.number} 版还没有发布。", code=row.code)
    return found


def _file(options: argparse.Namespace, by: "Actor") -> int:
    from zhenggai.bulletins.files import document_of, written
    from zhenggai.bulletins.queries import paragraphs_of
    from zhenggai.core.errors import Refusal

    row = _named(options.draft, by)
    document = document_of([(each.role, each.text) for each in paragraphs_of(row)], title=row.title)
    content = written(document, options.format, style=options.style)
    if not options.out and options.format in ("docx", "pdf") and sys.stdout.isatty():
        raise Refusal("文档不能显示在终端上，请用 --out 文件名 指定输出文件。")
    return _written([content], options.out)


def _package(options: argparse.Namespace, by: "Actor") -> int:
    return _written([_edition(options, by).package.text.encode(), b"\n"], options.out)


def _written(pieces: "Sequence[bytes]", out: Path | None) -> int:
    if out is None:
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        return 0
    write_whole(out, pieces)
    print(f"已写出 {out}（{sum(map(len, pieces))} 字节）。", file=sys.stderr)
    return 0


def _tell(options: argparse.Namespace, row: "Bulletin", words: str) -> int:
    row.refresh_from_db()
    said = _said(row)
    if options.json:
        print(json.dumps(said, ensure_ascii=False))
    else:
        print(f"{words}：{said['draft']} {said['title']}（{said['state_label']}）")
    return 0


_DOERS = {
    "list": _list,
    "compose": _compose,
    "check": _check,
    "bind": _bind,
    "renew": _renew,
    "submit": _decide,
    "approve": _decide,
    "return": _decide,
    "recall": _decide,
    "drop": _decide,
    "revise": _revise,
    "publish": _publish,
    "file": _file,
    "package": _package,
}
