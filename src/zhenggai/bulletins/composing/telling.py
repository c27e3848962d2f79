"""陈述: the facts of a document, and what may be said of one item: never more than its state."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from zhenggai.bulletins.composing.filling import Facts, fill, gap
from zhenggai.bulletins.composing.material import Item, Material, answers
from zhenggai.bulletins.composing.naming import committee, day, inspection_name, period, quoted
from zhenggai.bulletins.composing.numbering import enumerated
from zhenggai.bulletins.composing.words import Said, Words, joined
from zhenggai.bulletins.kinds import Kind, Part
from zhenggai.bulletins.kinds.sentences import Sentence
from zhenggai.bulletins.kinds.shapes import SETTINGS
from zhenggai.ledger.handling.states import Completion, Grade, ParticipantRole, Review

_NAMED_POLICIES = 5
_YES = "是"


def general(kind: Kind, material: Material) -> dict[str, Said]:
    """Facts of the document as a whole. What is not known has no value; a setting that is not given is a gap."""
    row, words = material.inspection, material.profile.words
    group = {role: "、".join(material.group.get(role, ())) for role in ParticipantRole}
    kind_of_inspection = row.kind if row.kind != "其他" else "检查"
    own = kind.settings["issuer"] or committee(row.party, row.kind)
    days = int(kind.settings["notice_days"] or 0)
    named = material.policies[: min(_NAMED_POLICIES, _count(material, "ledger.results"))]
    return {
        **{name: kind.settings[name] or gap(label) for name, label in SETTINGS.items()},
        "party": row.party,
        "committee": own or gap("发文机关"),
        "issuer": own or gap("发文机关"),
        "authority": row.authority,
        "team": row.team or row.authority,
        "kind": kind_of_inspection,
        "inspection": inspection_name(row.round, row.authority, row.team, kind_of_inspection),
        "period": period(row.started_on, row.ended_on),
        "feedback_on": day(row.feedback_on),
        "today": day(material.today),
        "leader": group[ParticipantRole.LEADER],
        "deputies": group[ParticipantRole.DEPUTY],
        "members": group[ParticipantRole.MEMBER],
        "task_force": group[ParticipantRole.TASK_FORCE],
        "supervisors": group[ParticipantRole.SUPERVISOR],
        "policies": "".join(f"《{title}》" for title in named),
        "more_policies": _yes(condition=len(named) < _count(material, "ledger.results")),
        "has_items": _yes(condition=bool(material.items)),
        "all_assigned": _yes(condition=_all_assigned(material)),
        "withheld": _yes(condition=material.withheld),
        "waived": _yes(condition=any(item.waivers for item in material.items)),
        "standing": _yes(condition=any(is_standing(item) for item in material.items)),
        "finding_word": words["finding"],
        "task_word": words["task"],
        "closure_word": words["closure"],
        "notice_from": day(material.today + timedelta(days=1)) if days else gap("公示起始日期"),
        "notice_to": day(material.today + timedelta(days=days)) if days else gap("公示截止日期"),
    }


def _yes(*, condition: bool) -> str:
    return _YES if condition else ""


def _count(material: Material, code: str) -> int:
    row = material.figures.get(code)
    return int(row.value) if row is not None else 0


def _all_assigned(material: Material) -> bool:
    """Whether each task has a lead official, a lead unit, a responsible unit and a time limit."""
    duties = [duty for item in material.items for duty in item.duties]
    return bool(duties) and all(d.official and d.lead and d.responsible and d.row.due_on for d in duties)


def is_standing(item: Item) -> bool:
    """Whether an item is kept up beyond its time limit."""
    return item.row.grade == Grade.PHASED.value or (
        not item.is_closed and any(duty.row.standing for duty in item.duties)
    )


def is_overdue(item: Item, material: Material) -> bool:
    """Whether an item that is not closed has a task that is late: not done, and its time limit passed."""
    return late_on(item, material) is not None


def late_on(item: Item, material: Material) -> date | None:
    """The first time limit that an item missed; none of one that is closed."""
    undone = [duty.row for duty in item.duties if duty.row.completion != Completion.DONE.value]
    missed = [row.due_on for row in undone if row.due_on is not None and row.due_on < material.today]
    return None if item.is_closed else min(missed, default=None)


def chosen(of: str, material: Material) -> list[Item]:
    """The items of which a part speaks."""
    items = material.items
    if of == "fresh":
        return [item for item in items if item.is_closed and not _is_announced(item, material)]
    if of == "overdue":
        return [item for item in items if is_overdue(item, material)]
    return [item for item in items if _CHOSEN[of](item)]


def _is_announced(item: Item, material: Material) -> bool:
    """Whether a notice published since its closure names it."""
    announced = material.announced.get(item.row.pk)
    return announced is not None and item.row.closed_on is not None and announced >= item.row.closed_on


_CHOSEN: Mapping[str, Callable[[Item], bool]] = {
    "all": bool,
    "closed": lambda item: item.is_closed,
    "open": lambda item: not item.is_closed,
    "done": lambda item: item.row.grade == Grade.DONE.value,
    "phased": lambda item: item.row.grade == Grade.PHASED.value,
    "infeasible": lambda item: item.row.grade == Grade.INFEASIBLE.value,
    "standing": is_standing,
    "waived": lambda item: bool(item.waivers),
}
"""Choice of a template → whether an item is of it, where the item alone tells."""


def status_of(item: Item, material: Material) -> str:
    """Which of a template's status sentences an item deserves. Only a closure is told as one."""
    row = item.row
    if item.is_closed:
        return row.grade
    if row.review == Review.STEP.value:
        return "reviewing"
    if row.cycle > 1:
        return "relapsed"
    if row.review == Review.RETURNED.value:
        return "returned"
    if is_overdue(item, material):
        return "overdue"
    if item.due_on is not None:
        return "due"
    begun = any(duty.answered for duty in item.duties) or any(step.settled for step in item.steps)
    return "undated" if begun else "unassigned"


def of_item(item: Item, material: Material, facts: Mapping[str, Said]) -> dict[str, Said]:
    """Facts of one item beside the general ones."""
    row, grade = item.row, item.row.grade
    return {
        **facts,
        "number": str(row.number),
        "title": quoted(row.title),
        "area": item.area,
        "due": day(late_on(item, material) or item.due_on),
        "grade": material.profile.grades[Grade(grade)] if grade else "",
        "closed_on": day(row.closed_on),
        "next_check": day(row.next_check_on),
        "units": "、".join(item.units),
        "lead": answers(duty.lead for duty in item.duties),
        "official": answers(duty.official for duty in item.duties),
        "target": answers(duty.row.target for duty in item.duties),
        "cycle": str(row.cycle) if row.cycle > 1 else "",
        "waiver": answers(granted.what for granted in item.waivers),
        "reason": "；".join(granted.reason.rstrip("。；") for granted in item.waivers),
        "until": day(max((granted.until for granted in item.waivers), default=None)),
    }


def status_sentence(table: Mapping[str, Sentence], item: Item, material: Material, facts: Facts) -> Words:
    """The sentence of a status table for an item; that for no date where the one chosen cannot be filled."""
    said = fill(table[status_of(item, material)], facts, material.figures)
    return said or fill(table["undated"], facts, material.figures)


def told(part: Part, item: Item, material: Material, facts: Facts) -> dict[str, Said]:
    """The facts of an item that is told at length: its status, effects and measures as sentences."""
    found = dict(facts)
    found["status"] = status_sentence(part.tables["status"], item, material, facts).ended()
    closed = "closed" if item.is_closed else "open"
    found["effects"] = _effects(part.words[f"effects_{closed}"], item, material, facts)
    found["measures"] = _measures(part, item, material, facts)
    empty = not found["effects"] and not found["measures"]
    found["nothing"] = fill(part.words["nothing"], facts, material.figures).ended() if empty else ""
    return found


def _effects(said: Sentence, item: Item, material: Material, facts: Facts) -> Words:
    """What the units signed for, led in as the template has it; a text that has those words itself (目前) is not led in twice."""
    texts = item.effects
    if not texts:
        return Words()
    text = joined(texts)
    around = fill(said, {**facts, "text": "\x00"}, material.figures).text
    before = around.partition("\x00")[0].rstrip("，：")
    if before and before in text.text:
        return text.closed()
    return fill(said, {**facts, "text": text}, material.figures).ended()


def _measures(part: Part, item: Item, material: Material, facts: Facts) -> Words:
    """一是…。二是…。; one alone is （1）, as in a list. Of an item not closed, those not carried out are marked where others were."""
    steps = item.steps
    if not steps:
        return Words()
    some = any(step.settled for step in steps)
    mark = fill(part.words["pending"], facts, material.figures).text if some and not item.is_closed else ""
    texts = [step.words + ("" if step.settled else mark) for step in steps]
    dropped = item.row.grade == Grade.INFEASIBLE.value
    if len(texts) == 1:
        name, listed = "alone", Words("（1）") + texts[0]
    else:
        name = "measures_closed" if item.is_closed or some else "measures_open"
        listed = joined(Words(enumerated(number)) + text.closed() for number, text in enumerate(texts, 1))
    return fill(
        part.words["dropped" if dropped else name], {**facts, "text": listed}, material.figures
    ).ended()
