"""批量办理: acts of closing that are named rather than clicked, one by one through the same gate; from a list, or from the command line.

What the asker may not see is refused like what does not exist. A refused act changes nothing and the next one is done.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from zhenggai.core.errors import Refusal
from zhenggai.exchange.actrows import Row
from zhenggai.journal.acts import Actor
from zhenggai.ledger.actions import closing
from zhenggai.ledger.handling import queries, rules
from zhenggai.ledger.handling.models import Closure
from zhenggai.ledger.handling.profiles import Profile
from zhenggai.ledger.handling.standing import finding_seen
from zhenggai.ledger.handling.states import ClosureState, Grade, Review
from zhenggai.ledger.models import Finding


class Move(Enum):
    """办理 that can be asked for by name."""

    APPLY = "申请销号"
    APPROVE = "审核通过"
    RETURN = "退回"
    WITHDRAW = "撤回申请"
    RELAPSE = "登记复发"


class NotUnderstood(Refusal):
    """没有看懂: a cell or word that names nothing."""

    code = "not_understood"


@dataclass(frozen=True)
class Asked:
    """What is asked for: an act on an item; ``grade`` is a code or a label, ours or the profile's."""

    inspection: str
    number: int
    move: Move
    grade: str = ""
    text: str = ""
    next_check_on: date | None = None
    short: bool = False
    found_on: date | None = None


@dataclass(frozen=True)
class Outcome:
    """办理结果 of one row: done or refused, and the sentence. ``code`` is that of the refusal."""

    line: int
    inspection: str
    number: str
    move: str
    is_done: bool
    sentence: str
    code: str = ""

    def as_dict(self) -> dict[str, Any]:
        """JSON object."""
        return {
            "line": self.line,
            "inspection": self.inspection,
            "number": self.number,
            "act": self.move,
            "done": self.is_done,
            "sentence": self.sentence,
            "code": self.code,
        }


def perform(asked: Asked, *, by: Actor) -> str:
    """Do one act and return what stands now, as a sentence. Raises what the act refuses, and NotFound."""
    finding = finding_seen(by, asked.inspection, asked.number)
    _DOING[asked.move](finding, asked, by)
    finding.refresh_from_db()
    return f"{asked.inspection} 第 {asked.number} 号：已办理“{asked.move.value}”，{standing_of(finding)}。"


def perform_rows(rows: Sequence[Row], *, by: Actor, rehearse: bool = False) -> Iterator[Outcome]:
    """Do row after row and give each one's result as soon as it is known. With ``rehearse`` all is undone at the end."""
    if not rehearse:
        yield from (_outcome(row, by) for row in rows)
        return
    with transaction.atomic():
        outcomes = [_outcome(row, by) for row in rows]
        transaction.set_rollback(True)
    yield from outcomes


def _outcome(row: Row, by: Actor) -> Outcome:
    cells = row.cells
    said = (cells.get("检查编号", ""), cells.get("问题编号", ""), cells.get("办理", ""))
    try:
        sentence = perform(_asked(row), by=by)
    except Refusal as refusal:
        return Outcome(row.line, *said, False, refusal.sentence, refusal.code)
    return Outcome(row.line, *said, True, sentence)


def _asked(row: Row) -> Asked:
    """What a row asks for; NotUnderstood names the cell and the remedy."""
    if row.fault:
        raise NotUnderstood(f"{row.fault}。")
    cells = row.cells
    known = {move.value: move for move in Move}
    if cells["办理"] not in known:
        raise NotUnderstood(f"“办理”写的是“{cells['办理']}”，请改为{'、'.join(known)}之一。")
    if not cells["检查编号"]:
        raise NotUnderstood("“检查编号”没有填写，请填写检查的编号，例如 2025-XS-01。")
    return Asked(
        inspection=cells["检查编号"],
        number=number_of(cells["问题编号"]),
        move=known[cells["办理"]],
        grade=cells.get("等次", ""),
        text=cells.get("意见", ""),
        next_check_on=day_of(cells.get("下次复查日期", ""), "下次复查日期"),
    )


def number_of(written: str) -> int:
    """The number of an item as written; NotUnderstood."""
    if not re.fullmatch(r"[0-9]{1,9}", written):
        raise NotUnderstood(f"“问题编号”写的是“{written}”，请填写台账中的编号，例如 7。")
    return int(written)


_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


def day_of(written: str, field: str) -> date | None:
    """A day as people write it; None for nothing; NotUnderstood."""
    if not written:
        return None
    found = _DAY.fullmatch(written)
    try:
        return date(*(int(part) for part in found.groups())) if found else _no_day(written, field)
    except ValueError:
        return _no_day(written, field)


def _no_day(written: str, field: str) -> date:
    raise NotUnderstood(f"“{field}”的“{written}”不是日期，请写成 2027-03-01。")


def grade_of(written: str, profile: Profile) -> Grade:
    """The grade as coded or labelled; NotUnderstood names those that there are."""
    for grade in Grade:
        if written in (grade.value, grade.label, profile.grades[grade]):
            return grade
    labels = "、".join(profile.grades[grade] for grade in Grade)
    what = f"写的是“{written}”" if written else "没有填写"
    raise NotUnderstood(f"“等次”{what}，申请销号请写明{labels}之一。")


def standing_of(finding: Finding) -> str:
    """Where an item stands now, in words."""
    profile = queries.profile(finding.inspection)
    if finding.review == Review.CLOSED.value:
        return f"现已销号（{profile.grades[Grade(finding.grade)]}）"
    if finding.review == Review.STEP.value:
        closure = _open(finding)
        step = queries.step_now(closure, profile.steps(short=closure.short))
        return f"正在审核，下一步为“{step.label}”"
    if finding.review == Review.RETURNED.value:
        return f"申请已退回（累计退回 {finding.returns} 次）"
    return f"现为第 {finding.cycle} 轮整改、未申请销号" if finding.cycle > 1 else "现为未申请销号"


def _open(finding: Finding) -> Closure:
    found = Closure.objects.filter(finding=finding, state=ClosureState.OPEN.value).first()
    if found is None:
        raise rules.HandlingRefused(
            f"问题 {finding.number} 没有在审的销号申请，不能办理这一步；请先由责任单位申请销号。"
        )
    return found


def _apply(finding: Finding, asked: Asked, by: Actor) -> None:
    closing.apply(
        finding=finding,
        grade=grade_of(asked.grade, queries.profile(finding.inspection)),
        text=asked.text,
        next_check_on=asked.next_check_on,
        short=asked.short,
        by=by,
    )


def _approve(finding: Finding, asked: Asked, by: Actor) -> None:
    closing.approve(closure=_open(finding), reason=asked.text, by=by)


def _return(finding: Finding, asked: Asked, by: Actor) -> None:
    closing.send_back(closure=_open(finding), reason=asked.text, by=by)


def _withdraw(finding: Finding, asked: Asked, by: Actor) -> None:
    closing.withdraw_application(closure=_open(finding), reason=asked.text, by=by)


def _relapse(finding: Finding, asked: Asked, by: Actor) -> None:
    closing.relapse(
        finding=finding, reason=asked.text, found_on=asked.found_on or timezone.localdate(), by=by
    )


_DOING: dict[Move, Callable[[Finding, Asked, Actor], None]] = {
    Move.APPLY: _apply,
    Move.APPROVE: _approve,
    Move.RETURN: _return,
    Move.WITHDRAW: _withdraw,
    Move.RELAPSE: _relapse,
}
