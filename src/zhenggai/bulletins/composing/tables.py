"""清单行: the rows of a list, cells parted by tabs."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from zhenggai.bulletins.composing.material import Duty, Item, Material, answers
from zhenggai.bulletins.composing.naming import day, quoted
from zhenggai.bulletins.composing.telling import of_item, status_sentence
from zhenggai.bulletins.composing.words import Said, Words, joined
from zhenggai.bulletins.kinds import Part
from zhenggai.ledger.handling.states import Completion, Horizon

_NONE = "—"


def rows_of(
    part: Part, items: Sequence[Item], material: Material, facts: Mapping[str, Said]
) -> Iterator[tuple[Item, Words]]:
    """A row for each item, or for each of its tasks; an item without a task has one all the same."""
    serial = 0
    for item in items:
        own = of_item(item, material, facts)
        duties = [[duty] for duty in item.duties] if part.rows == "tasks" and item.duties else [item.duties]
        for chosen in duties:
            serial += 1
            cells = [
                Words(str(serial)) if code == "serial" else _cell(code, part, item, chosen, material, own)
                for code, _ in part.columns
            ]
            yield item, joined(_in_row(cells))


def _in_row(cells: Sequence[Words]) -> Iterator[Words]:
    """Cells parted by tabs; one without content is marked, so that the columns stay where they are."""
    for number, cell in enumerate(cells):
        if number:
            yield Words("\t")
        yield cell.in_one() or Words(_NONE)


def _cell(
    code: str, part: Part, item: Item, duties: Sequence[Duty], material: Material, facts: Mapping[str, Said]
) -> Words:
    if code == "status":
        return status_sentence(part.tables["status"], item, material, facts).bare()
    if code == "measures":
        return _steps([step.words for duty in duties for step in duty.steps])
    if code == "title":
        return Words(item.row.title.strip().rstrip("。；"))
    if code in _OF_DUTY:
        return Words(answers(_OF_DUTY[code](duty, material) for duty in duties))
    given = facts.get(code, "")
    return Words(given) if isinstance(given, str) else given


def _steps(steps: Sequence[Words]) -> Words:
    """（1）…；（2）…."""
    numbered = (Words(f"（{number}）") + step for number, step in enumerate(steps, 1))
    return joined(numbered, "；")


def _horizon(duty: Duty, material: Material) -> str:
    label = material.profile.horizons[Horizon(duty.row.horizon)].label if duty.row.horizon else ""
    return "，".join(part for part in (label, "长期坚持" if duty.row.standing else "") if part)


_OF_DUTY: Mapping[str, Callable[[Duty, Material], str]] = {
    "task": lambda duty, _: quoted(duty.row.title),
    "target": lambda duty, _: duty.row.target.rstrip("。；"),
    "due": lambda duty, _: day(duty.row.due_on) or duty.row.due_wording,
    "horizon": _horizon,
    "completion": lambda duty, material: material.profile.completion[Completion(duty.row.completion)],
    "official": lambda duty, _: duty.official,
    "lead": lambda duty, _: duty.lead,
    "responsible": lambda duty, _: "、".join(duty.responsible),
    "supporting": lambda duty, _: "、".join(duty.supporting),
}
