"""销号关口: what must be true before an item is closed. One function for every door; each missing condition is a refusal with its own sentence.

1. ``unmet`` lists everything that is missing, so that a page can say it beforehand; ``check`` raises the first.
2. ``check_reviewer`` holds the second person: neither the applicant nor anybody of his unit, nor one who took an earlier step.
3. ``check_unchanged`` holds an approval to the digest of what was applied for.

Source: domain notes, section 4 (销号) and 5 (纸面整改、虚假整改).
"""

from collections.abc import Collection, Iterator
from datetime import date

from zhenggai.core.errors import Refusal
from zhenggai.ledger.handling.facts import Application, ItemFacts, TaskFacts, digest_of
from zhenggai.ledger.handling.rules import HandlingRefused
from zhenggai.ledger.handling.states import (
    SATISFIES,
    EvidenceState,
    Grade,
    ReportState,
    Review,
    WaiverKind,
)
from zhenggai.parties.states import Capacity


class GateRefused(Refusal):
    """不能销号: a condition of the gate is not met."""

    code = "gate_refused"


class NotAnItem(GateRefused):
    """不是可以销号的问题: an area, or a problem taken back."""

    code = "not_an_item"


class NotOpenForClosing(GateRefused):
    """已在审核或已销号."""

    code = "not_open_for_closing"


class ChildrenOpen(GateRefused):
    """具体表现尚未全部销号."""

    code = "children_open"


class NoTask(GateRefused):
    """没有整改任务."""

    code = "no_task"


class NobodyAnswers(GateRefused):
    """没有落实责任单位."""

    code = "nobody_answers"


class TaskNotDone(GateRefused):
    """任务没有完成."""

    code = "task_not_done"


class NotReported(GateRefused):
    """没有经主要负责人签发的进展."""

    code = "not_reported"


class EvidenceMissing(GateRefused):
    """缺少采信的佐证材料."""

    code = "evidence_missing"


class NextCheckMissing(GateRefused):
    """没有下次复查日期."""

    code = "next_check_missing"


class TextMissing(GateRefused):
    """没有申请说明."""

    code = "text_missing"


class ShortChainRefused(GateRefused):
    """不能走立行立改程序."""

    code = "short_chain_refused"


class NobodyReviews(GateRefused):
    """审核链上没有其他单位."""

    code = "nobody_reviews"


class SamePerson(GateRefused):
    """本人不能审核本人."""

    code = "same_person"


class SameUnit(GateRefused):
    """同一单位不能审核."""

    code = "same_unit"


class ContentChanged(GateRefused):
    """申请之后内容有变动."""

    code = "content_changed"


def check(item: ItemFacts, asked: Application, today: date) -> None:
    """Raise the first condition that is not met; return if the item may be closed so."""
    for refusal in unmet(item, asked, today):
        raise refusal


def unmet(item: ItemFacts, asked: Application, today: date) -> Iterator[GateRefused]:
    """Everything that is missing for the closure that is asked for, in the order in which people would put it right.

    Among the facts of a refusal that is about a task or a measure stand their keys, so that a page can lead there.
    """
    name = f"问题 {item.number}“{item.title[:30]}”"
    if item.is_area or item.withdrawn:
        yield NotAnItem(f"{name}是方面标题或已撤回，不能销号；请选择其下的具体问题。")
        return
    if item.open_children:
        yield ChildrenOpen(f"{name}下还有具体表现没有销号，请先逐项销号，再销本问题。")
    if not item.tasks:
        yield NoTask(f"{name}没有整改任务，请整改办先分解任务。")
    for task in item.tasks:
        yield from _unmet_of_task(item, asked, task, today)
    yield from _unmet_of_application(asked, item, name, today)


def _unmet_of_task(
    item: ItemFacts, asked: Application, task: TaskFacts, today: date
) -> Iterator[GateRefused]:
    name = f"任务 {item.number}.{task.number}“{task.title[:24]}”"
    if not any(unit for _, _, unit in task.answers):
        yield NobodyAnswers(f"{name}没有落实责任单位，请整改办先落实责任。", task=task.key)
    if (
        asked.grade is not Grade.INFEASIBLE
        and task.completion not in SATISFIES[asked.grade]
        and not _waived(item, WaiverKind.TASK, task.key, None, today)
    ):
        wanted = "或".join(f"“{completion.label}”" for completion in SATISFIES[asked.grade])
        yield TaskNotDone(
            f"{name}的完成情况为“{task.completion.label}”，按“{asked.grade.label}”销号须为{wanted}；"
            "请责任单位据实填报并由主要负责人签发，或改按其他等次申请。",
            task=task.key,
        )
    if not any(report.task == task.key and report.state is ReportState.SIGNED for report in item.reports):
        yield NotReported(f"{name}还没有经责任单位主要负责人签发的进展填报，请先填报并签发。", task=task.key)
    yield from _unmet_evidence(item, asked, task, name, today)


def _unmet_evidence(
    item: ItemFacts, asked: Application, task: TaskFacts, name: str, today: date
) -> Iterator[GateRefused]:
    if not task.measures or asked.grade is Grade.INFEASIBLE:
        whole = [each for each in item.evidence if each.task == task.key]
        if not any(each.state is EvidenceState.ACCEPTED for each in whole) and not _waived(
            item, WaiverKind.EVIDENCE, task.key, None, today
        ):
            what = "说明客观原因的依据" if asked.grade is Grade.INFEASIBLE else "佐证材料"
            yield EvidenceMissing(f"{name}没有经审核采信的{what}{_pending(whole)}。", task=task.key)
        return
    for measure in task.measures:
        own = [each for each in item.evidence if each.measure == measure.key]
        if any(each.state is EvidenceState.ACCEPTED for each in own):
            continue
        if not _waived(item, WaiverKind.EVIDENCE, task.key, measure.key, today):
            yield EvidenceMissing(
                f"{name}的措施 {measure.number}“{measure.text[:24]}”没有经审核采信的佐证材料{_pending(own)}。",
                task=task.key,
                measure=measure.key,
            )


def _pending(evidence: Collection[object]) -> str:
    return "：已上传的尚待审核或未被采信，请审核人先审核" if evidence else "，请责任单位上传后由其他单位审核"


def _waived(item: ItemFacts, kind: WaiverKind, task: int, measure: int | None, today: date) -> bool:
    """Whether a waiver stands in; one for a whole task's evidence covers each of its measures."""
    return any(
        waiver.kind is kind
        and waiver.task == task
        and waiver.measure in (None, measure)
        and waiver.expires_on >= today
        for waiver in item.waivers
    )


def _unmet_of_application(
    asked: Application, item: ItemFacts, name: str, today: date
) -> Iterator[GateRefused]:
    if not asked.text.strip():
        what = "客观原因和后续安排" if asked.grade is Grade.INFEASIBLE else "整改结果"
        yield TextMissing(f"{name}的申请没有写明{what}，请补充申请说明。")
    if asked.grade is Grade.PHASED and (asked.next_check_on is None or asked.next_check_on <= today):
        yield NextCheckMissing(f"{name}按“{asked.grade.label}”销号，须填写今天以后的下次复查日期。")
    if asked.short and (not item.is_immediate or asked.grade is not Grade.DONE):
        yield ShortChainRefused(
            f"{name}不能走立行立改程序：其任务须全部为立行立改，且按“完成整改”销号。请按常规程序申请。"
        )
    if not asked.chain:
        yield NobodyReviews(
            f"{name}的审核链上没有申请单位以外的审核人，请整改办调整牵头单位或在检查角色中明确监督机构。"
        )


def check_can_apply(item: ItemFacts) -> None:
    """Raise NotOpenForClosing while an application is under review, and once the item is closed."""
    if item.review in (Review.STEP, Review.CLOSED):
        what = "正在审核" if item.review is Review.STEP else "已经销号"
        raise NotOpenForClosing(f"问题 {item.number}{what}，不能再次申请销号。")


def check_turn(by: Capacity, label: str, held: Collection[Capacity], title: str) -> None:
    """Raise HandlingRefused unless the step whose turn it is (``label``, taken in the capacity ``by``) is the asker's."""
    if by not in held:
        raise HandlingRefused(f"现在轮到“{label}”（由{by.label}办理），“{title}”不能越过这一步。")


def check_reviewer(
    *, person: int, unit: int, applicant: int, applied_unit: int, earlier: Collection[int] = ()
) -> None:
    """Raise SamePerson or SameUnit unless the reviewer is a second person of another unit who took no earlier step."""
    if person == applicant:
        raise SamePerson("申请人本人不能审核自己的申请，请由其他单位的审核人办理。")
    if unit == applied_unit:
        raise SameUnit("您与申请人同属一个单位，不能审核本单位的申请，请由其他单位的审核人办理。")
    if person in earlier:
        raise SamePerson("您已在前面的步骤审核过本申请，这一步须由另一人办理。")


def check_unchanged(item: ItemFacts, asked: Application, digest: str) -> None:
    """Raise ContentChanged if what is to be approved is no longer what was applied for."""
    if digest_of(item, asked) != digest:
        raise ContentChanged(
            f"问题 {item.number} 的任务、措施、进展或佐证在申请之后有变动，原申请及已作的审核失效，请重新申请销号。"
        )
